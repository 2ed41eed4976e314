// Puts the chat on a page of another site: a button, and a frame that it opens. Everything is in a shadow tree, so that neither
// page's style reaches the other. Messages are taken only from our own frame at our own origin, and sent only to that origin.
(() => {
  const words = /*words*/;
  const own = document.currentScript;
  const origin = new URL(own.src).origin;
  const lang = (own.dataset.lang || document.documentElement.lang || "").toLowerCase().split("-")[0];
  const [open, unread] = words[lang] || words.nb;
  const make = (name) => document.createElement(name);
  const host = make("firstline-chat");
  const root = host.attachShadow({ mode: "closed" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000; font: 600 16px/1.4 system-ui, sans-serif; color-scheme: light dark }
    button { font: inherit; padding: .7rem 1.2rem; border: 2px solid #fff; border-radius: 2rem; background: #0b5a76; color: #fff; cursor: pointer; box-shadow: 0 2px 10px #0005 }
    button:focus-visible { outline: 3px solid #0b5a76; outline-offset: 3px }
    div { position: absolute; inset: auto 0 calc(100% + .75rem) auto; width: min(26rem, calc(100vw - 2rem)); height: min(var(--height, 34rem), calc(100vh - 6.5rem)); border-radius: .6rem; overflow: hidden; box-shadow: 0 4px 24px #0006; background: Canvas }
    iframe { border: 0; width: 100%; height: 100% } [hidden] { display: none }
    @media print { :host { display: none } }`);
  root.adoptedStyleSheets = [style];
  const button = make("button");
  const panel = make("div");
  button.type = "button";
  button.textContent = open;
  panel.hidden = true;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", open);
  button.setAttribute("aria-expanded", "false");
  root.append(button, panel);
  let frame;

  const tell = (what) => frame?.contentWindow?.postMessage({ firstline: what }, origin);

  function show(shown, back) {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    if (!shown) {
      tell("hidden");
      if (back) button.focus();
      return;
    }
    count(0);
    if (frame) {
      frame.focus();
      return tell("shown");
    }
    frame = make("iframe");
    frame.title = open;
    frame.src = `${origin}/embed?lang=${encodeURIComponent(lang)}`;
    frame.addEventListener("load", () => {
      if (!panel.hidden) frame.focus();
      tell(panel.hidden ? "hidden" : "shown");
    });
    panel.append(frame);
  }

  function count(number) {
    button.textContent = number ? `${open} (${unread.replace("{count}", number)})` : open;
  }

  button.addEventListener("click", () => show(panel.hidden, true));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) show(false, true);
  });
  addEventListener("message", (event) => {
    if (event.origin !== origin || !frame || event.source !== frame.contentWindow) return;
    const { firstline: what, value } = event.data || {};
    if (what === "close") show(false, true);
    if (what === "unread" && panel.hidden) count(Number(value) || 0);
    if (what === "height") panel.style.setProperty("--height", `${Math.max(320, Number(value) || 0)}px`);
  });
  document.body.append(host);
})();
