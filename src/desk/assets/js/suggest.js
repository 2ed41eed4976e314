// Suggestions under the field of a first question, as a combobox with a list: the arrows choose, Enter opens what is chosen and
// sends the question where nothing is, Escape closes.
"use strict";
(() => {
  const { byId, announce, parse } = Firstline;
  const field = document.querySelector("input[data-suggest]");
  if (!field) return;
  const answers = new Map();
  let list = parse('<ul id="suggestions" class="suggestions" role="listbox" hidden></ul>');
  let active = -1;
  let timer = 0;
  let asking = null;

  list.setAttribute("aria-label", field.dataset.label);
  field.after(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions", autocomplete: "off" };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);

  const isOpen = () => !list.hidden;

  function choose(number) {
    const options = [...list.children];
    active = number;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options[number].id);
    options[number]?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function show(html) {
    const fresh = parse(html);
    fresh.hidden = !fresh.children.length;
    list.replaceWith(fresh);
    list = fresh;
    field.setAttribute("aria-expanded", String(isOpen()));
    choose(-1);
    announce(list.dataset.said);
  }

  async function ask() {
    const typed = field.value.trim();
    asking?.abort();
    if (typed.length < 2) return close();
    if (!answers.has(typed)) {
      asking = new AbortController();
      try {
        const answer = await fetch(field.dataset.suggest + encodeURIComponent(typed), { signal: asking.signal });
        if (!answer.ok) return close();
        answers.set(typed, await answer.text());
      } catch {
        return; // overtaken, or no way to the server
      }
    }
    if (field.isConnected && document.activeElement === field && field.value.trim() === typed) show(answers.get(typed));
  }

  function open(option) {
    const address = option.dataset.href;
    if (window.parent === window) location.assign(address);
    else window.open(address, "_blank", "noopener");
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = isOpen() ? list.children.length : 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((active + 1 + step + count + 1) % (count + 1) - 1); // after the last comes the field itself
    } else if (event.key === "Enter" && count && active >= 0) {
      event.preventDefault();
      open(list.children[active]);
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    }
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  field.parentElement.addEventListener("mousedown", (event) => { if (list.contains(event.target)) event.preventDefault(); });
  field.parentElement.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
  if (document.activeElement === field && field.value) ask();
})();
