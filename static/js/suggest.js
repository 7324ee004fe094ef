/* Suggestions under the search box: arrows choose, Enter opens, Escape closes.
   Without this file the form works alone: names that match are listed above the results. */
(() => {
  "use strict";
  const WAIT_MS = 120; /* about the pause between two keys of a quick typist: one request, not one a letter */
  const form = document.querySelector("form[data-suggest]");
  const box = form?.querySelector('input[name="q"]');
  if (!box) return;

  const list = document.createElement("div");
  list.className = "suggest";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People and organisations");
  list.hidden = true;
  form.append(list);
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  form.append(status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) box.setAttribute(name, value);

  let asked = 0;
  let timer = 0;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => list.querySelector('[aria-selected="true"]');
  const show = (yes) => {
    list.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(null);
  };
  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) { box.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else box.removeAttribute("aria-activedescendant");
  }
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  function nameWithMarks(parts) {
    const name = element("span", "name");
    for (const [text, matched] of parts) name.append(matched ? element("b", "", text) : text);
    return name;
  }
  function fill(groups) {
    list.replaceChildren();
    let number = 0;
    for (const group of groups) {
      const box = element("div");
      const heading = element("div", "group", group.label);
      heading.id = `suggestions-${group.kind}`;
      heading.setAttribute("role", "presentation");
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", heading.id);
      box.append(heading);
      for (const item of group.items) {
        const option = element("div");
        number += 1;
        option.id = `suggestion-${number}`;
        option.dataset.href = item.url;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(nameWithMarks(item.parts), element("small", "", item.note));
        box.append(option);
      }
      list.append(box);
    }
    status.textContent = number ? `${number} names; arrow keys choose` : "";
    show(number > 0);
  }
  async function ask() {
    const query = box.value.trim();
    const number = (asked += 1);
    if (!query) { fill([]); return; }
    try {
      const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: query })}`, { headers: { Accept: "application/json" } });
      const answer = response.ok ? await response.json() : { groups: [] };
      if (number === asked) fill(answer.groups);
    } catch {
      if (number === asked) fill([]); /* no answer: the form still searches */
    }
  }
  const open = (option) => { location.href = option.dataset.href; };

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  box.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "Escape" && !list.hidden) { show(false); event.preventDefault(); }
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      show(true);
      const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? all.length - 1 : at - 1;
      choose(all[(next + all.length) % all.length]);
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden && at >= 0) { open(all[at]); event.preventDefault(); }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) open(option);
  });
  form.addEventListener("submit", () => { asked += 1; clearTimeout(timer); });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) show(false); });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) show(false); });
})();
