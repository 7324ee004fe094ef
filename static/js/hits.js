/* Words searched, marked in an article: Next and Previous, n and p. The numbers are links without this file, too. */
(() => {
  "use strict";
  const bar = document.querySelector(".steps[data-hits]");
  const hits = [...document.querySelectorAll('mark[id^="hit-"]')];
  if (!bar || !hits.length) return;
  const steps = [...bar.querySelectorAll("[data-step]")];
  const numbers = [...bar.querySelectorAll(".places a")];
  let here = Math.max(-1, hits.findIndex((hit) => `#${hit.id}` === location.hash));

  function show(place) {
    here = (place + hits.length) % hits.length;
    numbers.forEach((link, number) => number === here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
    numbers[here]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    history.replaceState(null, "", `#${hits[here].id}`);
    hits.forEach((hit, number) => hit.classList.toggle("here", number === here));
    hits[here].tabIndex = -1;
    hits[here].focus({ preventScroll: true });
    hits[here].scrollIntoView({ block: "center" });
  }
  for (const step of steps) {
    step.hidden = false;
    step.addEventListener("click", (event) => { event.preventDefault(); show(here < 0 && step.dataset.step === "-1" ? -1 : here + Number(step.dataset.step)); });
  }
  numbers.forEach((link, number) => link.addEventListener("click", (event) => { event.preventDefault(); show(number); }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "n") { show(here + 1); event.preventDefault(); }
    else if (event.key === "p") { show(here < 0 ? -1 : here - 1); event.preventDefault(); }
  });
  if (here >= 0) show(here);
})();
