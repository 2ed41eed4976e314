// The chat in another site's frame: it speaks with the page around it, if that is one of those that the server names.
"use strict";
(() => {
  const { byId } = Firstline;
  const frame = byId("frame");
  if (!frame || window.parent === window) return;
  const origins = frame.dataset.origins.split(" ");
  let around = ""; // the origin of the page around us, once it has spoken
  let shown = true;
  let unread = 0;

  const tell = (what, value) => { if (around) window.parent.postMessage({ firstline: what, value }, around); };
  const height = () => tell("height", document.documentElement.scrollHeight);

  addEventListener("message", (event) => {
    if (event.source !== window.parent || !origins.includes(event.origin)) return;
    around = event.origin;
    shown = event.data?.firstline === "shown";
    height();
    if (!shown) return;
    unread = 0;
    byId("text")?.focus();
  });
  document.addEventListener("firstline:line", (event) => {
    if (shown || event.detail.classList.contains("employee")) return;
    unread += 1;
    tell("unread", unread);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell("close");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#close")) tell("close");
    const link = event.target.closest?.("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) Object.assign(link, { target: "_blank", rel: "noopener" });
  }, true);
  new ResizeObserver(height).observe(document.body);
})();
