// Makes the pages live. Everything works without it: forms post and redirect, links load.
// What other scripts may use stands in Firstline, at the end.
"use strict";
(() => {
  const words = document.body.dataset;
  const byId = (id) => document.getElementById(id);
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

  // --- Lines and regions, as the server renders them -------------------------------------------------------------

  const parse = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };
  const nearEnd = () => window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 240;
  const toEnd = () => window.scrollTo({ top: document.documentElement.scrollHeight });
  const chatLog = () => document.querySelector("[role=log][data-follow]");

  function addLine(log, html) {
    const line = parse(html);
    if (!log || !line || byId(line.id)) return;
    const follow = nearEnd();
    line.classList.add("fresh");
    document.dispatchEvent(new CustomEvent("firstline:line", { detail: line }));
    log.append(line);
    if (!follow || log !== chatLog()) return;
    if (line.offsetHeight > window.innerHeight * 0.6) line.scrollIntoView({ block: "start" }); // read from its beginning
    else toEnd();
  }

  // Replaces an element by its newer self; what is being written in it, what stands open and where the focus is, stay.
  function replaceRegion(html) {
    const fresh = parse(html);
    const old = fresh && byId(fresh.id);
    if (!old || old.outerHTML === fresh.outerHTML) return;
    const focus = old.contains(document.activeElement) ? document.activeElement : null;
    const at = focus && "selectionStart" in focus ? [focus.selectionStart, focus.selectionEnd] : null;
    for (const field of old.querySelectorAll("textarea[id], input[id], select[id]")) {
      const next = fresh.querySelector("#" + CSS.escape(field.id));
      if (next) next.value = field.value;
    }
    for (const told of old.querySelectorAll("[data-told][id]")) {
      const next = fresh.querySelector("#" + CSS.escape(told.id));
      if (next) next.textContent = told.textContent;
    }
    for (const details of old.querySelectorAll("details[id][open]")) {
      fresh.querySelector("#" + CSS.escape(details.id))?.setAttribute("open", "");
    }
    for (const element of fresh.querySelectorAll("[data-needs-script]")) element.hidden = false;
    const follow = nearEnd() && chatLog();
    old.replaceWith(fresh);
    if (follow) toEnd();
    if (!focus) return;
    const summary = focus.matches("summary") && byId(focus.parentElement.id)?.querySelector("summary");
    const target = (focus.id && byId(focus.id)) || summary || byId("text") || fresh.querySelector("a[href]") || byId("main");
    target?.focus({ preventScroll: true });
    if (at && target && target.id === focus.id && "setSelectionRange" in target) target.setSelectionRange(...at);
  }

  function announce(text) {
    const region = byId("announce");
    if (region) region.textContent = text;
  }

  // --- The streams of news: each conversation on the page has its own ------------------------------------------------

  function hear(root) {
    let [address, last, source] = [root.dataset.events || "", "", null];
    function listen(wait) {
      source?.close();
      if (!address || !window.EventSource) return;
      const url = new URL(address, location.href);
      if (last) url.searchParams.set("after", last);
      source = new EventSource(url);
      source.addEventListener("open", () => { wait = 1000; });
      source.addEventListener("line", (event) => { last = event.lastEventId; addLine(root.querySelector("[role=log]"), event.data); });
      source.addEventListener("region", (event) => replaceRegion(event.data));
      source.addEventListener("announce", (event) => announce(event.data));
      source.addEventListener("error", () => {
        if (source.readyState !== EventSource.CLOSED) return; // the browser itself tries again
        setTimeout(() => listen(Math.min(wait * 2, 30000)), wait);
      });
    }
    listen(1000);
    addEventListener("online", () => listen(1000)); // the browser itself may take long to notice
    addEventListener("pagehide", () => source?.close());
    addEventListener("pageshow", (event) => { if (event.persisted) listen(1000); });
    const turn = (to) => {
      if (to === address) return;
      [address, last] = [to, ""];
      listen(1000);
    };
    return { root, turn };
  }

  const roots = document.querySelectorAll("[data-events]");
  const followed = [...(roots.length ? roots : [byId("main")])].map(hear);
  const follow = (address) => address && followed[0].turn(address);

  // --- Forms -------------------------------------------------------------------------------------------------------

  // Beside the form in whose conversation it stands, where there are several.
  function feedback(text, refused, form) {
    const region = form?.closest("[data-events]")?.querySelector(".said-back") || byId("said-back");
    if (!region) return;
    region.textContent = text || "";
    region.classList.toggle("refused", Boolean(refused));
    if (text) region.scrollIntoView({ block: "nearest" });
  }

  function freshKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The same form with the same client_id may be sent again: the server takes it for one.
  async function post(form, fields) {
    const headers = { Accept: "application/json" };
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers });
        if (answer.headers.get("content-type")?.startsWith("application/json")) return await answer.json();
        return { ok: false, message: words.failed };
      } catch {
        if (attempt >= 2 || !fields.has("client_id")) return { ok: false, message: words.failed };
        await new Promise((resolve) => setTimeout(resolve, 800 * (attempt + 1)));
      }
    }
  }

  function done(form, answer, fields) {
    if (answer.go) {
      location.assign(answer.go);
      return;
    }
    follow(answer.events);
    feedback(answer.message, !answer.ok, form);
    if (!answer.ok) return;
    const shown = byId(form.id) || form; // news may have put a newer one in its place
    // What was typed while the form was on its way stays.
    for (const area of shown.querySelectorAll("textarea")) {
      if (!area.value || area.value === fields.get(area.name)) area.value = "";
    }
    if (shown.elements.client_id) shown.elements.client_id.value = freshKey();
    const details = shown.closest("details");
    if (details?.contains(document.activeElement)) details.querySelector("summary").focus(); // not to be lost in what closes
    details?.removeAttribute("open");
    shown.dispatchEvent(new CustomEvent("firstline:sent", { bubbles: true }));
  }

  async function send(form, pressed) {
    if (form.dataset.busy) return;
    const fields = new FormData(form);
    if (pressed?.name) fields.set(pressed.name, pressed.value);
    form.dataset.busy = "yes";
    form.setAttribute("aria-busy", "true");
    feedback("", false, form);
    const answer = await post(form, fields);
    delete form.dataset.busy;
    form.removeAttribute("aria-busy");
    done(form, answer, fields);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-live]")) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  // Enter sends, Shift+Enter begins a new line; not while an input method is composing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!event.target.matches?.("textarea[data-enter-sends]")) return;
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  });

  if (chatLog()?.children.length) toEnd();
  globalThis.Firstline = { byId, parse, announce, feedback, post, send, freshKey, replaceRegion, follow, toEnd };
})();
