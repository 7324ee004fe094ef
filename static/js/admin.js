// Boxes that suggest while one types are built by a library that forgets their labels: give them their names.
"use strict";

(() => {
  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    return label ? label.textContent.trim().replace(/:$/, "") : "";
  };

  const nameBox = (select) => {
    const box = select.nextElementSibling;
    if (!box || !box.classList.contains("select2")) return;
    for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
      part.setAttribute("aria-label", nameOf(select));
    }
  };

  const $ = window.django && window.django.jQuery;
  if (!$) return;
  // Queued behind the library's own start, which waits in the same queue.
  $(() => document.querySelectorAll("select.admin-autocomplete").forEach((select) => nameBox(select)));
  $(document).on("select2:open", (event) => {
    nameBox(event.target);
    const field = document.querySelector(".select2-container--open .select2-search__field");
    if (field) field.setAttribute("aria-label", nameOf(event.target));
  });
})();
