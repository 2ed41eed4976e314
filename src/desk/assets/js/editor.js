// The editor of articles: what is written shows at once, is kept when the page goes, and Ctrl+S saves.
"use strict";
(() => {
  const { byId, feedback, replaceRegion } = Firstline;
  const form = byId("editor-form");
  if (!form) return;
  const editable = "editable" in form.dataset;
  const key = "article " + form.dataset.article;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "submit");
  const value = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const state = () => JSON.stringify(Object.fromEntries(fields().map((field) => [field.name, value(field)])));
  const first = state();

  // --- What is not saved yet is kept in this tab -------------------------------------------------------------------

  function keep() {
    try {
      if (state() === first && form.dataset.drafted !== "shown") sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, state());
    } catch { /* the tab keeps nothing; the form still has it */ }
  }

  function restore() {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(key)); } catch { /* as if there were none */ }
    if (!kept) return;
    const older = kept.base !== form.elements.base.value;
    for (const field of fields()) {
      if (!(field.name in kept)) continue;
      if (field.type === "checkbox") field.checked = kept[field.name];
      else field.value = kept[field.name];
    }
    feedback(older ? form.dataset.keptBefore : form.dataset.restored);
  }

  if (!editable || form.dataset.drafted === "saved") try { sessionStorage.removeItem(key); } catch { /* nothing was kept */ }
  else if (form.dataset.drafted === "shown") keep();
  else restore();

  // --- What the server makes of it -------------------------------------------------------------------------------------

  let asking = 0;

  async function ask(address, body) {
    const number = (asking += 1);
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!told.regions) feedback(told.message || document.body.dataset.failed, true);
      else if (body === undefined || number === asking) told.regions.forEach(replaceRegion);
      return told;
    } catch {
      return null; // the next change tries again; the text is kept
    }
  }

  const written = () => new URLSearchParams(new FormData(form));
  const address = (verb) => form.action.replace(/save$/, verb);
  const look = () => ask(address("preview"), written());

  let later = 0;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => { keep(); look(); }, 400);
  });
  addEventListener("pagehide", () => { if (editable && !form.dataset.sent) keep(); });
  setInterval(() => { if (!document.hidden) look(); }, 20000);
  if (state() !== first) look();

  // --- Trying out: begun here, followed until it is done ---------------------------------------------------------------

  async function tryOut(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    let told = await ask(address("try"), written());
    byId("trial-title")?.focus();
    while (told?.poll) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      told = await ask(told.poll);
    }
    button.removeAttribute("aria-disabled");
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.id === "try") {
      event.preventDefault();
      tryOut(button);
    } else if (button && button.id !== "save") {
      event.preventDefault();
      look().then(() => byId("preview")?.focus());
    } else if (form.dataset.sent) {
      event.preventDefault(); // it is on its way
    } else {
      keep();
      form.dataset.sent = "yes";
    }
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (editable) form.requestSubmit(byId("save"));
  });

  // A fault in the text leads to its line.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#faults a[data-line]");
    const area = link && byId(link.hash.slice(1));
    if (area?.localName !== "textarea") return;
    event.preventDefault();
    const lines = area.value.split("\n");
    const at = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, Math.max(at, 0)).join("\n").length + (at > 0 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[Math.max(at, 0)] || "").length);
  });
})();
