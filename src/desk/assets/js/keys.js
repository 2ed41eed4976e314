// The keyboard: single letters, the palette, and the list of all commands. Which commands there are, their keys and names
// stand in the page (#palette-list); what a command works on is marked with data-key="take|reply|…".
"use strict";
(() => {
  const { byId, announce } = Firstline;
  const [help, palette, input, list] = ["keys", "palette", "palette-text", "palette-list"].map(byId);
  if (!help || !palette) return;
  const words = palette.dataset;
  const options = () => [...list.children];
  const known = options();
  const jump = byId("palette-jump");
  const lettersOff = () => localStorage.getItem("firstline.keys") === "off";

  // --- What commands work on ---------------------------------------------------------------------------------------

  const row = () => document.activeElement?.closest?.("[data-row]");
  const usable = (element) => !element.disabled && element.ariaDisabled !== "true" && !element.closest("[hidden], dialog:not([open])");
  const within = (scope, name) => [...scope.querySelectorAll(`[data-key~="${CSS.escape(name)}"]`)].find(usable);

  // In the list only the row with the focus is meant; among conversations side by side, first the one with the focus.
  function target(name) {
    const scope = document.activeElement?.closest?.("[data-row], [data-ticket]");
    const found = scope && within(scope, name);
    if (found || scope?.matches("[data-row]")) return found;
    return [...document.querySelectorAll(`[data-key~="${CSS.escape(name)}"]`)].find((one) => usable(one) && !one.closest("[data-row]"));
  }

  function actOn(element) {
    const holder = element.matches("details, summary, form") ? element.closest("details, form") : null;
    for (let outer = element.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    const field = "input:not([type=hidden], [type=submit], [type=button]), textarea, select";
    const goal = element.matches(field) ? element : holder?.querySelector(field);
    if (goal) goal.focus();
    else element.click();
  }

  function numbers() {
    try { return JSON.parse(sessionStorage.getItem("firstline.list")) || []; } catch { return []; }
  }

  // Up and down the list; on a ticket's page, to its neighbour in the list that was looked at last.
  function step(by) {
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.indexOf(row());
    const link = rows[at < 0 && by < 0 ? rows.length - 1 : at + by]?.querySelector("a");
    const here = numbers().indexOf(Number(location.pathname.match(/^\/desk\/tickets\/(\d+)/)?.[1]));
    const next = here < 0 ? undefined : numbers()[here + by];
    if (link) link.focus();
    else if (!rows.length && next) location.assign(`/desk/tickets/${next}`);
    else announce(words.noMore);
  }

  function run(option) {
    const name = option.dataset.do;
    if (name === "next") step(1);
    else if (name === "previous") step(-1);
    else if (name === "help") help.showModal();
    else if (name === "palette") openPalette();
    else if (name === "queue") location.assign(sessionStorage.getItem("firstline.queue") || option.dataset.go);
    else {
      const found = name === "open" ? row()?.querySelector("a") : target(name);
      if (found) actOn(found);
      else if (option.dataset.go) location.assign(option.dataset.go);
      else announce(words.notHere);
    }
  }

  // --- The palette -------------------------------------------------------------------------------------------------

  let chosen = null;

  function choose(option) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  const possible = (option) => !("acts" in option.dataset) || Boolean(target(option.dataset.do));

  // Commands that only this page has carry their name themselves.
  function addOwn() {
    for (const option of options()) if (!known.includes(option)) option.remove();
    const names = new Set(known.map((option) => option.dataset.do));
    for (const element of document.querySelectorAll("[data-key]")) {
      const name = element.dataset.key;
      const title = element.dataset.keyName || (element.matches("button, a, summary") && element.textContent.trim());
      if (!title || names.has(name) || !usable(element)) continue;
      names.add(name);
      const option = Object.assign(document.createElement("li"), { id: `do-${name}`, textContent: title });
      option.setAttribute("role", "option");
      Object.assign(option.dataset, { do: name, acts: "" });
      list.append(option);
    }
  }

  function narrow() {
    const text = input.value.trim().toLowerCase();
    const number = /^#?\d+$/.test(text) ? text.replace("#", "") : "";
    jump.dataset.go = `/desk/tickets/${number}`;
    jump.textContent = words.jump.replace("#", number);
    for (const option of options()) {
      const fits = option === jump ? Boolean(number) : option.textContent.toLowerCase().includes(text);
      option.hidden = !fits || option.dataset.able === "no";
    }
    const first = options().find((option) => !option.hidden);
    choose(first || null);
    byId("palette-none").hidden = Boolean(first);
  }

  function openPalette() {
    if (help.open) help.close();
    addOwn();
    for (const option of options()) option.dataset.able = possible(option) ? "yes" : "no"; // before the focus moves
    input.value = "";
    palette.showModal();
    narrow();
  }

  function carryOut(option) {
    palette.close(); // the focus goes back to where it was
    if (option) run(option);
  }

  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    const shown = options().filter((option) => !option.hidden);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && !event.isComposing) carryOut(chosen);
    else if (by && shown.length) choose(shown[(shown.indexOf(chosen) + by + shown.length) % shown.length]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => carryOut(event.target.closest("[data-do]")));

  // --- Keys --------------------------------------------------------------------------------------------------------

  const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable], [role=textbox]";
  let before = { key: "", at: 0 };

  function withControl(event, field) {
    if (event.key.toLowerCase() === "k" && !event.shiftKey) {
      if (palette.open) palette.close();
      else openPalette();
    } else if (event.key === "Enter" && field?.form) {
      const { form } = field;
      form.requestSubmit(form.querySelector("button[data-variant=primary]") || form.querySelector("button:not([type=button])"));
    } else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat && event.key.length > 1) return;
    const field = event.target.closest?.(FIELDS);
    if (event.ctrlKey || event.metaKey) return withControl(event, field);
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && field) return field.blur();
    if (field || lettersOff() || event.key.length > 1) return;
    const key = event.shiftKey ? event.key : event.key.toLowerCase();
    const pair = event.timeStamp - before.at < 1500 ? `${before.key} ${key}` : key;
    const option = known.find((one) => one.dataset.keys === pair) || known.find((one) => one.dataset.keys === key);
    before = { key, at: event.timeStamp };
    if (!option) return;
    event.preventDefault();
    run(option);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-shows=keys]")) help.showModal();
  });
  const letters = byId("keys-on");
  letters.checked = !lettersOff();
  letters.addEventListener("change", () => localStorage.setItem("firstline.keys", letters.checked ? "on" : "off"));
  if (location.hash === "#q") byId("q")?.focus();
})();
