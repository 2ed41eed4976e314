// The employee's chat: what is written is shown at once, kept until the server has it, and sent when there is a way.
"use strict";
(() => {
  const { byId, announce, feedback, follow, freshKey, toEnd } = Firstline;
  const form = byId("compose");
  const log = byId("log");
  if (!form || !log) return;
  const words = form.dataset;
  const place = `firstline.chat.${form.elements.conversation?.value || ""}`;
  const field = () => byId("text");

  // --- What survives a reload --------------------------------------------------------------------------------------

  let kept = {};
  try { kept = JSON.parse(sessionStorage.getItem(place)) || {}; } catch { /* none, or not ours */ }
  const unsent = kept.unsent || []; // messages that the server may not have, oldest first, each with its own client_id

  function keep() {
    try { sessionStorage.setItem(place, JSON.stringify({ draft: field().value, unsent })); } catch { /* no room */ }
  }
  if (kept.draft && !field().value) field().value = kept.draft;
  form.addEventListener("input", keep);

  // --- Messages on their way ---------------------------------------------------------------------------------------

  const pending = () => [...log.querySelectorAll(".pending")];
  const lineOf = (message) => pending().find((line) => line.dataset.client === message.client_id);

  function show(message) {
    const line = document.createElement("div");
    line.className = "line employee pending";
    line.dataset.client = message.client_id;
    line.setAttribute("aria-hidden", "true");
    const part = (className, textContent) => Object.assign(document.createElement("p"), { className, textContent });
    line.append(part("said", message.text), part("who unsent", ""));
    log.append(line);
    toEnd();
  }

  function mark(message, text) {
    const line = lineOf(message);
    const label = line?.querySelector(".unsent");
    if (!label || label.textContent === text) return;
    label.textContent = text;
    line.toggleAttribute("aria-hidden", !text);
    if (text) announce(text);
  }

  // The server's own line takes the place of the one that was shown meanwhile.
  document.addEventListener("firstline:line", ({ detail: line }) => {
    begun();
    if (!line.classList.contains("employee")) return;
    const said = line.querySelector(".said")?.textContent.trim();
    const lines = pending();
    (lines.find((one) => one.firstChild.textContent.trim() === said) || lines[0])?.remove();
  });

  // The page of a first question becomes that of a conversation.
  function begun() {
    for (const id of ["welcome", "examples", "suggestions"]) byId(id)?.remove();
    for (const element of form.querySelectorAll("[data-once]")) element.remove();
    form.classList.remove("first");
    byId("anew")?.removeAttribute("hidden");
    const line = field();
    if (line.localName === "textarea") return;
    const area = Object.assign(document.createElement("textarea"), { id: "text", name: "text", rows: 2, required: true });
    area.className = line.className;
    area.maxLength = line.maxLength;
    Object.assign(area.dataset, { enterSends: "", pasteTo: "file-form" });
    area.setAttribute("aria-describedby", "keys");
    area.value = line.value;
    byId("keys").textContent = words.keys;
    const focused = document.activeElement === line;
    line.replaceWith(area);
    if (focused) area.focus();
  }

  // --- Sending -----------------------------------------------------------------------------------------------------

  let busy = false;
  let wait = 1000;
  let later = 0;

  // Whether the server has the message or refuses it; what is neither is tried again.
  async function post(message) {
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(message), headers: { Accept: "application/json" }, signal: AbortSignal.timeout(25000),
      });
      return answer.status < 500 ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async function flush() {
    clearTimeout(later);
    if (busy || !unsent.length) return;
    const message = unsent[0];
    busy = true;
    const slow = setTimeout(() => { byId("working").hidden = false; }, 400);
    const answer = navigator.onLine === false ? null : await post(message);
    clearTimeout(slow);
    byId("working").hidden = true;
    busy = false;
    if (!answer) {
      for (const one of unsent) mark(one, words.unsent);
      later = setTimeout(flush, wait);
      wait = Math.min(wait * 2, 30000);
      return;
    }
    wait = 1000;
    unsent.shift();
    settle(message, answer);
    flush();
  }

  function settle(message, answer) {
    const line = lineOf(message);
    mark(message, "");
    if (!answer.ok) {
      line?.remove();
      if (!field().value) field().value = message.text;
    } else {
      setTimeout(() => line?.remove(), 5000); // its own line came before, with a word taken out
    }
    feedback(answer.message, !answer.ok);
    follow(answer.events);
    keep();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const example = event.submitter?.name === "example" && event.submitter.value;
    const text = (example || field().value).trim();
    if (!text) return;
    const message = { ...Object.fromEntries(new FormData(form)), text };
    form.elements.client_id.value = freshKey();
    if (!example) field().value = "";
    feedback("");
    unsent.push(message);
    keep();
    begun();
    show(message);
    if (busy || wait > 1000) mark(message, words.unsent);
    field().focus();
    flush();
  });

  addEventListener("online", () => { wait = 1000; flush(); });
  addEventListener("offline", () => { for (const message of unsent) mark(message, words.unsent); });
  if (unsent.length) {
    begun();
    unsent.forEach(show);
    flush();
  }
})();
