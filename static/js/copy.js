// A button that copies a text, shown only where the browser can. Optional.
"use strict";
for (const button of document.querySelectorAll("[data-copied]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("details").querySelector("pre").textContent);
    button.textContent = button.dataset.copied;
  });
}
