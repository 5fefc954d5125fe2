// Suggestions while typing: the browser's own list, filled from our own site. Optional.
"use strict";
for (const box of document.querySelectorAll("[data-suggest]")) {
  let wait, asked;
  box.addEventListener("input", () => {
    clearTimeout(wait);
    const words = box.value.trim();
    if (words.length < 2 || words === asked) return;
    wait = setTimeout(async () => {
      asked = words;
      try {
        const answer = await fetch(box.dataset.suggest + "?q=" + encodeURIComponent(words));
        const found = (await answer.json()).words;
        if (asked !== words) return;
        box.list.replaceChildren(...found.map((word) => new Option(word, word)));
      } catch { /* Without suggestions the search works all the same. */ }
    }, 200);
  });
}
