// The list of tickets: what it remembers for the other pages, and the alerts about new ones.
"use strict";
(() => {
  const { byId } = Firstline;
  const news = byId("news-place");
  if (!news) return;
  const stored = (name) => localStorage.getItem(`firstline.${name}`);
  const keep = (name, value) => localStorage.setItem(`firstline.${name}`, value);

  // The ticket's page goes to the next one of this list, and back to it.
  const rows = () => [...document.querySelectorAll("[data-row]")];
  function remember() {
    sessionStorage.setItem("firstline.list", JSON.stringify(rows().map((row) => Number(row.dataset.row))));
  }
  remember();
  sessionStorage.setItem("firstline.queue", location.pathname + location.search);

  // What is not filled in does not stand in the address.
  byId("filters")?.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });

  // --- Alerts: what they say holds nothing that an employee wrote -----------------------------------------------------

  const sound = byId("alert-sound"), notify = byId("alert-notify"), refused = byId("alert-refused");
  const title = document.title;
  let audio = null;

  function wake() {
    audio ||= new AudioContext();
    return audio.resume().catch(() => {});
  }

  function ring() {
    wake();
    for (const [after, pitch] of [[0.02, 660], [0.2, 880]]) {
      const tone = audio.createOscillator(), loudness = audio.createGain(), at = audio.currentTime + after;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.0001, at);
      loudness.gain.exponentialRampToValueAtTime(0.2, at + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.4);
    }
  }

  const mayNotify = () => globalThis.Notification?.permission === "granted";

  function show(text, tag) {
    const notice = new Notification("Firstline", { body: text, tag, lang: document.documentElement.lang });
    notice.addEventListener("click", () => { window.focus(); notice.close(); });
  }

  // Of several windows with the list, the first that hears of a ticket tells of it.
  function alertOf(strip) {
    const { latest, notice, count } = strip.dataset;
    document.title = `(${count}) ${title}`;
    if (!latest || Number(stored("told") || 0) >= Number(latest)) return;
    keep("told", latest);
    if (sound.checked) ring();
    if (notify.checked && mayNotify()) show(notice, `firstline-${latest}`);
  }

  new MutationObserver(() => {
    const strip = news.querySelector("[data-latest]");
    remember();
    if (strip) alertOf(strip);
    else document.title = title;
  }).observe(news, { childList: true });

  sound.checked = stored("sound") === "on";
  sound.addEventListener("change", () => {
    keep("sound", sound.checked ? "on" : "off");
    if (sound.checked) ring(); // so that one knows it
  });
  notify.checked = stored("notify") === "on" && mayNotify();
  notify.addEventListener("change", async () => {
    if (notify.checked && globalThis.Notification && !mayNotify()) await Notification.requestPermission();
    if (notify.checked && !mayNotify()) notify.checked = false, refused.hidden = false;
    else refused.hidden = true;
    keep("notify", notify.checked ? "on" : "off");
  });
  // A browser lets a page sound only after somebody has touched it.
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => sound.checked && wake(), { once: true });

  // --- New tickets come in when one asks for them ---------------------------------------------------------------------

  news.addEventListener("click", (event) => {
    const strip = event.target.closest("a") && news.querySelector("[data-latest]");
    if (strip) sessionStorage.setItem("firstline.new", strip.dataset.numbers);
  });
  const fresh = (sessionStorage.getItem("firstline.new") || "").split(" ").filter(Boolean);
  sessionStorage.removeItem("firstline.new");
  const marked = rows().filter((row) => fresh.includes(row.dataset.row));
  for (const row of marked) row.classList.add("fresh");
  marked[0]?.querySelector("a")?.focus();
})();
