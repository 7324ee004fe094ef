/* The parallel edition. Every state is in the address and rendered by the server; this only saves the reload. */
(() => {
  "use strict";
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const parallel = one(".parallel");
  if (!parallel) return;
  const rows = all(".rows > .row");

  const kindOf = { quotations: "quotation", figures: "figures" };
  const ofBands = { only: true, unsaid: false }; /* whether they show what is marked as without counterpart */
  function showOnly(what) {
    for (const row of rows) {
      const alone = row.classList.contains("only");
      const kind = kindOf[what];
      const passages = alone ? all(".cell p", row) : [];
      const asked = (p) => (what in ofBands ? p.classList.contains("alone") === ofBands[what] : !kind || p.dataset.kinds.includes(kind));
      for (const p of passages) p.hidden = !asked(p);
      if (alone) row.hidden = what === "shared" || passages.every((p) => p.hidden);
      else row.hidden = what in ofBands || (Boolean(kind) && !row.dataset.kinds.includes(kind));
    }
  }
  function applyState() {
    const state = new URLSearchParams(location.search);
    for (const key of ["show", "cols", "base"]) {
      const fallback = { show: "all", cols: "12", base: "1" }[key]; /* as the server has it */
      const value = state.get(key) || fallback;
      parallel.dataset[key] = value;
      for (const link of all(`[data-set^="${key}="]`)) {
        if (link.dataset.set === `${key}=${value}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
    if (rows.length) showOnly(parallel.dataset.show);
    keepState(state);
  }
  /* Links that were rendered before a switch was set lead on with it. */
  function keepState(state) {
    for (const link of all("[data-keep], .heads a[href*='?articles=']")) {
      const address = new URL(link.href);
      for (const key of ["show", "cols", "base"]) {
        if (state.has(key)) address.searchParams.set(key, state.get(key));
        else address.searchParams.delete(key);
      }
      link.href = address.pathname + address.search.replaceAll("%2C", ",");
    }
  }
  addEventListener("popstate", applyState);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-set]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!rows.length && link.dataset.set.startsWith("show=")) return; /* flowing text: the server leaves out */
    if (link.dataset.set.startsWith("base=") && one(".texts :target")) return; /* a text opened by its address goes with it */
    event.preventDefault();
    const state = new URLSearchParams(location.search);
    state.set(...link.dataset.set.split("="));
    history.pushState(null, "", `?${state.toString().replaceAll("%2C", ",")}`);
    applyState();
  });

  /* What leads to a passage that a switch has hidden shows everything again. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#p']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target || !target.closest("[hidden]") || parallel.dataset.show === "all") return;
    const state = new URLSearchParams(location.search);
    state.delete("show");
    history.pushState(null, "", `?${state.toString().replaceAll("%2C", ",")}`);
    applyState();
  });

  /* The sticky heads show the headline once the full heads have scrolled away. */
  const stick = one("[data-stick]");
  const heads = one(".heads");
  if (stick && heads) {
    /* What is still below the window counts as within it, so that a jump past the heads is noticed too. */
    new IntersectionObserver(([entry]) => stick.classList.toggle("is-stuck", !entry.isIntersecting), {
      rootMargin: "0px 0px 1000000px 0px",
    }).observe(heads);
  }

  /* A sentence lights its counterparts, on hover and on focus of anything in its passage. */
  const holderOf = (node) => node.closest(".cell p[id], .cell p > span[id]");
  const visible = (node) => node.getClientRects().length > 0;
  const light = (event) => {
    const link = event.target.closest(".map a");
    const holder = holderOf(event.target);
    const tie = link ? link.getAttribute("href").split("#")[1] : holder && one(".s", holder)?.dataset.tie;
    for (const s of all(".s.lit")) if (s.dataset.tie !== tie) s.classList.remove("lit");
    if (tie) for (const s of all(`.s[data-tie="${tie}"]`)) s.classList.add("lit");
  };
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);

  /* The link of a passage goes to its next counterpart that is on the page at this width. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".go");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const here = holderOf(link);
    const tie = one(".s", here)?.dataset.tie;
    const cell = here.closest(".cell");
    const others = all(`.s[data-tie="${tie}"]`).filter((s) => visible(s) && s.closest(".cell") !== cell);
    if (!others.length) return;
    event.preventDefault();
    const next = others.find((s) => cell.compareDocumentPosition(s) & Node.DOCUMENT_POSITION_FOLLOWING) || others[0];
    const target = holderOf(next);
    target.tabIndex = -1;
    location.hash = target.id;
    target.focus();
  });

  /* j and k go from row to row; never while typing, never with a modifier. */
  for (const hint of all("[data-keys]")) hint.hidden = rows.length === 0;
  const step = (by) => {
    const shown = rows.filter((row) => row.getClientRects().length);
    if (!shown.length) return;
    const at = shown.indexOf(document.activeElement.closest(".row"));
    const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", `#${next.id}`);
    for (const s of all(".s.lit")) s.classList.remove("lit");
    for (const s of all(".s", next)) s.classList.add("lit");
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
})();
