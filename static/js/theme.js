/* Light or dark. The server renders data-theme from the same cookie, so nothing flashes. */
(() => {
  "use strict";
  const root = document.documentElement;
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme || (prefersDark.matches ? "dark" : "light");
  const other = () => (current() === "dark" ? "light" : "dark");
  const nameButton = () => {
    button.textContent = other() === "dark" ? "Dark" : "Light";
    button.setAttribute("aria-label", `${button.textContent} theme`);
  };
  button.hidden = false;
  nameButton();
  prefersDark.addEventListener("change", nameButton);
  button.addEventListener("click", () => {
    root.dataset.theme = other();
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
    nameButton();
  });
})();
