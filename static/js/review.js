// Single keys that press the buttons of the review page. They can be switched off (WCAG 2.1.4), and never
// act while one types or with Control, Alt or Meta held down.
"use strict";

(() => {
  const KEPT = "parallax-review-keys";
  const place = document.querySelector("[data-keys-switch]");
  const box = document.querySelector("[data-keys]");
  if (!box) return;

  const show = () => document.querySelectorAll("[data-key] kbd, .undo kbd").forEach((key) => { key.hidden = !box.checked; });

  box.checked = localStorage.getItem(KEPT) !== "off";
  place.hidden = false;
  show();
  box.addEventListener("change", () => {
    localStorage.setItem(KEPT, box.checked ? "on" : "off");
    show();
  });

  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
