// Attached files: sent as soon as they are chosen, or pasted into the text.
"use strict";
(() => {
  const { byId, freshKey } = Firstline;
  const tried = new WeakMap(); // the file that a form's key stands for
  const waiting = []; // forms with files that were chosen while another was on its way

  async function upload(form, file) {
    const state = form.querySelector(".attach-state");
    if (!file) return;
    if (form.dataset.busy) {
      waiting.push([form, file]);
      return;
    }
    form.dataset.busy = "yes";
    if (tried.get(form) !== file) form.elements.client_id.value = freshKey();
    tried.set(form, file);
    state.textContent = state.dataset.sending;
    const fields = new FormData(form);
    fields.set("file", file, file.name || "bilde.png");
    let told = null;
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      told = await answer.json();
    } catch { /* said below */ }
    delete form.dataset.busy;
    state.textContent = told?.message || document.body.dataset.failed;
    if (told?.ok) form.elements.file.value = ""; // otherwise the same file may be sent again under the same key
    const next = waiting.findIndex(([one]) => one === form);
    if (next >= 0) upload(...waiting.splice(next, 1)[0]);
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-upload]");
    if (form && event.target.type === "file") upload(form, event.target.files[0]);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-upload]")) return;
    event.preventDefault();
    upload(event.target, event.target.elements.file.files[0]);
  });
  // A picture pasted into a text goes with the form that the text names.
  document.addEventListener("paste", (event) => {
    const form = byId(event.target.dataset?.pasteTo || "");
    const file = form && [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    upload(form, file);
  });
})();
