// Files may be dropped on the page's frame for files; without script they are chosen.
"use strict";

(() => {
  const place = document.querySelector("[data-drop]");
  const field = place && place.querySelector("input[type=file]");
  const told = document.querySelector("[data-dropped]");
  if (!field) return;

  const tell = () => {
    const files = [...field.files];
    told.textContent = files.length > 1 ? files.map((file) => file.name).join(", ") : "";
  };

  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      tell();
    }
  });
  field.addEventListener("change", tell);
})();
