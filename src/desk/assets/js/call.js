// Registering a phone call: what helps comes up while one types, and nothing that was typed is lost.
"use strict";
(() => {
  const { byId, announce, feedback, parse, replaceRegion } = Firstline;
  const form = byId("call");
  if (!form) return;
  const WAIT = 350; // milliseconds without a key, before what helps is looked up
  let timer = 0;
  let asked = null;

  const fields = () => new URLSearchParams(new FormData(form));
  const heard = () => [byId("text").value.trim(), byId("lang").value].join("\n");
  let last = heard();

  async function lookUp() {
    if (heard() === last) return;
    last = heard();
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.help, { method: "POST", body: fields(), signal: asked.signal });
      if (!answer.ok) return;
      const region = await answer.text();
      replaceRegion(region);
      announce(parse(region)?.dataset.found || "");
    } catch { /* the next key asks again */ }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(lookUp, WAIT);
  }
  byId("text").addEventListener("input", later);
  byId("lang").addEventListener("change", later);

  // What helped: its title and link go into the field, after what stands there.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-helped]");
    const area = button && byId("helped");
    if (!area) return;
    area.value = [area.value.trimEnd(), button.dataset.helped].filter(Boolean).join("\n");
    area.focus();
  });

  // The same form may be sent again: it carries an identifier, and the server takes it for one.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.value === "look") {
      event.preventDefault();
      last = null;
      return lookUp();
    }
    event.preventDefault();
    if (form.dataset.busy) return;
    const body = fields();
    if (button?.name) body.set(button.name, button.value);
    form.dataset.busy = "yes";
    feedback("");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (answer.redirected) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const filled = page.getElementById("call-fields");
      if (!filled) throw new Error("no form");
      replaceRegion(filled.outerHTML);
      feedback(page.getElementById("said-back")?.textContent, true);
      form.querySelector("[aria-invalid=true]")?.focus();
    } catch {
      feedback(document.body.dataset.failed, true);
    } finally {
      delete form.dataset.busy;
    }
  });
})();
