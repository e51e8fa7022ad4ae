// What every page of the report and of the explorer does: light and dark, and reading a text beside its events.
"use strict";
const Page = (() => {
  const root = document.documentElement;
  function theme() {
    const button = document.getElementById("theme");
    if (!button) return;
    const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const say = () => { button.textContent = dark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Change to ${dark() ? "light" : "dark"} colours`); };
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; try { localStorage.setItem("whowhom-theme", root.dataset.theme); } catch { /* no storage in this browser */ } say(); });
    button.hidden = false;
    say();
  }
  try { const kept = localStorage.getItem("whowhom-theme"); if (kept === "light" || kept === "dark") root.dataset.theme = kept; } catch { /* no storage in this browser */ }
  /** One article with its cards: choosing an event shows its words alone; buttons show cuts and names. */
  function reading(doc) {
    let chosen = null;
    const cards = [...doc.querySelectorAll(".card")], words = [...doc.querySelectorAll("mark")];
    const light = (n) => {
      doc.classList.toggle("picking", n !== null);
      for (const m of words) m.classList.toggle("on", n !== null && m.dataset.e.split(" ").includes(n));
      for (const c of cards) c.classList.toggle("on", c.dataset.e === n);
    };
    const choose = (n) => { chosen = chosen === n ? null : n; light(chosen); };
    for (const card of cards) {
      const facts = card.querySelector(".facts"), button = Charts.html("button", { type: "button", class: "plain find", "aria-label": `Show in the text: ${card.querySelector(".line").textContent}` }, "Show in the text");
      card.addEventListener("pointerenter", (e) => { if (e.pointerType === "mouse") light(card.dataset.e); });
      card.addEventListener("pointerleave", () => light(chosen));
      button.addEventListener("click", () => {
        choose(card.dataset.e);
        const at = words.find((m) => m.dataset.act === card.dataset.e);
        if (chosen !== null && at) at.scrollIntoView({ block: "center" });
      });
      facts.append(" · ", button);
    }
    for (const mark of words) {
      if (mark.dataset.act === undefined) continue;
      mark.tabIndex = 0; mark.setAttribute("role", "button"); mark.setAttribute("aria-label", `${mark.textContent}: show this event`);
      const go = () => { choose(mark.dataset.act); const card = cards.find((c) => c.dataset.e === mark.dataset.act); if (card) card.scrollIntoView({ block: "nearest" }); };
      mark.addEventListener("click", go);
      mark.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); go(); } });
    }
    for (const button of doc.querySelectorAll("[data-show]")) button.addEventListener("click", () => button.setAttribute("aria-pressed", doc.classList.toggle(button.dataset.show)));
  }
  function start() { theme(); for (const doc of document.querySelectorAll(".doc")) reading(doc); }
  return { start, reading };
})();
