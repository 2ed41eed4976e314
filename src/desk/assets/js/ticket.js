// The ticket as an operator works on it: texts put into the reply, drafts kept, lists searched while one types.
"use strict";
(() => {
  const { byId, announce, replaceRegion } = Firstline;
  const panelOf = (element) => element.closest("[data-ticket]") || document;

  // Puts a suggested text where the cursor is in the reply of the same ticket; what is left to fill in is marked.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    const area = button && panelOf(button).querySelector("textarea[data-draft=reply]");
    if (!area || area.disabled) return;
    event.preventDefault();
    const [from, text] = [area.selectionStart, button.dataset.insert];
    const gap = area.value.slice(0, from).match(/[^\n]$/) ? "\n" : "";
    area.setRangeText(gap + text, from, area.selectionEnd, "end");
    const blank = text.match(/\{[^{}\n]+\}/);
    if (blank) area.setSelectionRange(from + gap.length + blank.index, from + gap.length + blank.index + blank[0].length);
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // --- Drafts ------------------------------------------------------------------------------------------------------

  const waiting = new Map(); // by the field's id, since news may put a newer field in its place
  const fields = (area) => new URLSearchParams({ kind: area.dataset.draft, form: area.form.elements.client_id.value, text: area.value });

  async function keep(id) {
    waiting.delete(id);
    const area = byId(id);
    if (!area) return;
    const told = byId(id + "-told");
    try {
      const answer = await fetch(area.dataset.keep, { method: "POST", body: fields(area), headers: { Accept: "application/json" } });
      const { message } = await answer.json();
      if (told && byId(id)?.value) told.textContent = message || "";
    } catch { /* it is still in the field, and is kept with the next words */ }
  }

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea[data-keep]")) return;
    clearTimeout(waiting.get(target.id));
    waiting.set(target.id, setTimeout(() => keep(target.id), 1000));
  });
  const forget = (form) => {
    for (const area of form.querySelectorAll("textarea[data-keep]")) {
      clearTimeout(waiting.get(area.id));
      waiting.delete(area.id);
      const told = byId(area.id + "-told");
      if (told) told.textContent = "";
    }
  };
  document.addEventListener("firstline:sent", ({ target }) => forget(target));
  addEventListener("pagehide", () => {
    for (const id of waiting.keys()) {
      const area = byId(id);
      if (area) navigator.sendBeacon(area.dataset.keep, fields(area));
    }
  });

  // --- Lists that are searched while one types ---------------------------------------------------------------------

  const timers = new WeakMap();
  async function search(form) {
    const answer = await fetch(form.dataset.search + "?" + new URLSearchParams(new FormData(form)));
    if (!answer.ok) return;
    replaceRegion(await answer.text());
    announce(byId(form.getAttribute("aria-controls"))?.dataset.count || "");
  }
  const soon = (form, wait) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => search(form).catch(() => {}), wait));
  };
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-search]");
    if (form) soon(form, 250);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-search]")) return;
    event.preventDefault();
    soon(event.target, 0);
  });

  // A conversation that scrolls by itself begins at its end, and goes on there for whoever has not scrolled up.
  for (const log of document.querySelectorAll(".desk-log")) {
    const toEnd = () => { log.scrollTop = log.scrollHeight; };
    toEnd();
    new MutationObserver(() => {
      if (log.scrollHeight - log.scrollTop - log.clientHeight < log.clientHeight) toEnd();
    }).observe(log, { childList: true });
  }
})();
