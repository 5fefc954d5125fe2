// "Is it one of these?" while a name is typed, asked of our own site. Optional.
"use strict";
(() => {
  const box = document.querySelector("[data-alike]");
  if (!box) return;
  box.setAttribute("role", "status");
  let wait, asked;
  const show = ({ question, found }) => {
    box.hidden = !found.length;
    if (!found.length) return;
    const title = document.createElement("p");
    const list = document.createElement("ul");
    title.textContent = question;
    list.append(...found.map(({ name, url, lang }) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.lang = lang;
      link.dir = "auto";
      link.textContent = name;
      row.append(link);
      return row;
    }));
    box.replaceChildren(title, list);
  };
  for (const input of document.querySelectorAll("[name=name_en], [name=name_fr]")) {
    input.addEventListener("input", () => {
      clearTimeout(wait);
      const name = input.value.trim();
      if (name.length < 4 || name === asked) return;
      wait = setTimeout(async () => {
        asked = name;
        try {
          const answer = await fetch(`${box.dataset.alike}?name=${encodeURIComponent(name.slice(0, 160))}`);
          if (asked === name && answer.ok) show(await answer.json());
        } catch { /* The next page shows them too. */ }
      }, 300);
    });
  }
})();
