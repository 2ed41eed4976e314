// Tells the server that somebody types, now and then while they do; never what.
"use strict";
(() => {
  const EVERY = 4000; // milliseconds; the server takes it to be so for twice as long
  const told = new Map();
  document.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA" || !target.value.trim()) return;
    const employee = target.id === "text" && document.getElementById("typing"); // its conversation may have begun on this page
    const address = target.dataset.typing || (employee && employee.dataset.typing);
    const key = address + target.dataset.draft;
    if (!address || Date.now() - (told.get(key) || 0) < EVERY) return;
    told.set(key, Date.now());
    const body = new URLSearchParams({ kind: target.dataset.draft || "reply" });
    fetch(address, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => {});
  });
  document.addEventListener("firstline:sent", () => told.clear());
})();
