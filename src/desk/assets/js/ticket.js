// The ticket as an operator works on it.
"use strict";
(() => {
  const { byId } = Firstline;

  // Puts a suggested text where the cursor is in the reply.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    const area = button && byId("reply-text");
    if (!area || area.disabled) return;
    const before = area.value.slice(0, area.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n" : "";
    area.setRangeText(gap + button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    area.focus();
  });
})();
