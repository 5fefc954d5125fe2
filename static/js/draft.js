// Keeps what is typed into a long form on this device, says so, and puts it back. Optional.
"use strict";
(() => {
  const PREFIX = "draft:";
  const NOT_KEPT = new Set(["csrfmiddlewaretoken", "go", "screen", "account", "website2", "opened_at"]);
  const WAIT_FOR_SERVER = 6000;

  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, draft) => { try { localStorage.setItem(key, JSON.stringify(draft)); return true; } catch { return false; } };
  const forget = (key) => { try { localStorage.removeItem(key); } catch { /* There was none. */ } };

  // What was sent is no longer a draft.
  const sent = document.querySelector("[data-sent]");
  if (sent) {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && read(key)?.fields?.token?.[0] === sent.dataset.sent) forget(key);
    }
  }

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = PREFIX + form.dataset.draft;
  const controls = () => [...form.elements].filter((each) => each.name && each.type !== "submit" && each.type !== "file" && !NOT_KEPT.has(each.name));
  const isChoice = (each) => each.type === "checkbox" || each.type === "radio";

  // Whoever hides their name may sit at a desk that others use.
  const identity = () => form.querySelector("[name=visibility][value=hidden]:checked") ? ["authors", "organization", "agency", "email"] : [];

  const collect = () => {
    const fields = {};
    for (const each of controls()) {
      fields[each.name] ??= [];
      if (!isChoice(each) || each.checked) fields[each.name].push(each.value);
    }
    return fields;
  };

  const putBack = (fields) => {
    const used = {};
    for (const each of controls()) {
      const values = fields[each.name];
      if (!values) continue;
      if (isChoice(each)) { each.checked = values.includes(each.value); continue; }
      const place = (used[each.name] = (used[each.name] ?? -1) + 1);
      if (place < values.length) each.value = values[place];
    }
    for (const [name, place] of Object.entries(used)) {
      for (const value of fields[name].slice(place + 1)) {
        const last = [...form.querySelectorAll(`input[name="${name}"]:not([type=hidden])`)].pop();
        if (!last) break;
        const more = last.cloneNode();
        more.removeAttribute("id");
        more.value = value;
        last.after(more);
      }
    }
  };

  const bar = document.createElement("p");
  bar.className = "kept";
  bar.hidden = true;
  bar.setAttribute("role", "status");
  const words = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = form.dataset.forget;
  bar.append(words, button);
  form.append(bar);
  const say = (text) => { words.textContent = text; bar.hidden = false; };

  let stopped = false, changed = false, later;
  const keep = () => {
    if (stopped || !changed) return;
    const draft = { at: Date.now(), fields: { ...read(key)?.fields, ...collect() } };
    for (const name of identity()) delete draft.fields[name];
    if (write(key, draft)) say(form.dataset.kept);
  };
  const keepThere = async () => {
    const data = new FormData(form);
    data.set("go", "save");
    try { await fetch(location.href, { method: "POST", body: data, headers: { "X-Quiet": "1" } }); } catch { /* It is on this device. */ }
  };

  const kept = read(key);
  const isThisOne = kept?.fields?.token?.[0] === form.dataset.token;
  if (kept?.fields && "fresh" in form.dataset) putBack(kept.fields);
  if (kept?.fields && isThisOne) say(form.dataset.kept);
  else if (kept?.fields && "fresh" in form.dataset) say(form.dataset.restored);

  form.addEventListener("input", () => {
    changed = true;
    keep();
    if ("save" in form.dataset && !stopped) {
      clearTimeout(later);
      later = setTimeout(keepThere, WAIT_FOR_SERVER);
    }
  });
  button.addEventListener("click", () => {
    stopped = true;
    clearTimeout(later);
    forget(key);
    bar.hidden = true;
  });
  form.addEventListener("submit", keep);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());

  document.getElementById("problems")?.focus();
})();
