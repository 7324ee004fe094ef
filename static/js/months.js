/* The chart of months: dragging across bars sets both dates. Every bar is a link without this file, too. */
(() => {
  "use strict";
  const chart = document.querySelector(".chart[data-range]");
  if (!chart) return;
  const bars = [...chart.querySelectorAll("a[data-first]")];
  const said = document.querySelector("[data-dragged]");
  const before = said ? [...said.childNodes] : [];
  let from = -1;
  let to = -1;
  let dragged = false;

  const at = (x) => {
    const box = chart.getBoundingClientRect();
    const place = Math.floor(((x - box.left) / box.width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, place));
  };
  const ends = () => [bars[Math.min(from, to)], bars[Math.max(from, to)]];
  function light() {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    bars.forEach((bar, place) => bar.classList.toggle("in-range", dragged && place >= low && place <= high));
    if (!said) return;
    if (!dragged) { said.replaceChildren(...before); return; }
    const [first, last] = ends();
    said.textContent = `${first.dataset.first} to ${last.dataset.last}`;
  }
  function stop() { from = -1; dragged = false; light(); }

  chart.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return; /* a finger scrolls the page */
    from = to = at(event.clientX);
    dragged = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (from < 0) return;
    const here = at(event.clientX);
    if (here !== to) { to = here; dragged = dragged || here !== from; light(); }
  });
  window.addEventListener("pointerup", () => {
    if (from < 0) return;
    if (!dragged) { from = -1; return; } /* a click: the link opens */
    const [first, last] = ends();
    const address = new URL(chart.dataset.range, location.href);
    address.searchParams.set("from", first.dataset.first);
    address.searchParams.set("to", last.dataset.last);
    location.href = address;
  });
  chart.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  window.addEventListener("keydown", (event) => { if (event.key === "Escape" && dragged) stop(); });
})();
