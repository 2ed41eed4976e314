// Attached files: sent as soon as they are chosen, or pasted into the text.
"use strict";
(() => {
  const { byId, freshKey } = Firstline;

  async function upload(form, file) {
    const state = form.querySelector(".attach-state");
    if (!file || form.dataset.busy) return;
    form.dataset.busy = "yes";
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
    if (!told?.ok) return; // the same key may be sent again
    form.elements.client_id.value = freshKey();
    form.elements.file.value = "";
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
