// The explorer's pages: draw each figure from the data that stands in it; again after a filter has changed the page.
"use strict";
(() => {
  let world = null;
  const geography = () => (world ||= fetch("/static/world.json").then((r) => r.json()));
  /** Links of a chart's marks: to the events behind them; to the page of an actor or a pair where nothing else is filtered. */
  function links(base) {
    const here = new URL(base, location.origin), filtered = [...here.searchParams.keys()].length > 0;
    const events = (changes) => { const to = new URL(here); to.pathname = "/events"; for (const [k, v] of Object.entries(changes)) to.searchParams.set(k, v); return to.pathname + to.search; };
    const page = (path, values) => `${path}?${new URLSearchParams(values)}`;
    return (kind, key) => kind === "time" ? events({ time: key }) : kind === "place" ? events({ place: key }) : kind === "dyad" ? (filtered ? events({ a: key[0], b: key[1] }) : page("/dyad", { a: key[0], b: key[1] })) : filtered ? events({ actor: key }) : page("/actor", { name: key });
  }
  async function draw(figure) {
    const kind = figure.dataset.chart, box = figure.querySelector(".chart"), data = JSON.parse(figure.querySelector("script").textContent), options = { href: links(figure.dataset.base) };
    if (kind === "map") { const shapes = await geography(); Charts.follow(box, () => Charts.map(box, data, shapes, options)); }
    else Charts.follow(box, () => Charts[kind](box, data, options));
    Charts.tools(figure, figure.dataset.name, () => Charts.TABLES[kind](data));
  }
  const all = (within) => { for (const figure of within.querySelectorAll("figure[data-chart]")) if (!figure.dataset.drawn) { figure.dataset.drawn = "1"; draw(figure); } };
  Page.start();
  all(document);
  document.body.addEventListener("htmx:afterSettle", () => {
    all(document);
    // What a filter found is said aloud, too: a status that is swapped in with the page would not be.
    const found = document.querySelector("#view [data-found]");
    document.getElementById("spoken").textContent = found ? found.dataset.found : "The page has changed.";
  });
  // A filter that failed says so where its answer would stand; the page before stays below.
  const failed = (words) => {
    const view = document.getElementById("view");
    if (!view) return;
    view.querySelector(":scope > .notice.failed")?.remove();
    view.prepend(Charts.html("p", { class: "notice failed" }, words));
    document.getElementById("spoken").textContent = words;
  };
  document.body.addEventListener("htmx:responseError", (e) => failed(new DOMParser().parseFromString(e.detail.xhr.responseText, "text/html").querySelector(".notice")?.textContent || "This did not work."));
  document.body.addEventListener("htmx:sendError", () => failed("The explorer does not answer; is it still running?"));
  // On narrow screens most filters wait behind a word, unless one of them is in use.
  const narrow = matchMedia("(max-width: 40rem)"), more = document.querySelector("details.more");
  const fold = () => { if (more) more.open = !narrow.matches || [...more.querySelectorAll("input, select")].some((f) => f.value); };
  fold(); narrow.addEventListener("change", fold);
  // What would be right: the values that fit the verdict.
  const judge = document.getElementById("judge");
  if (judge) {
    const LISTS = { wrong_type: "right-type", wrong_status: "right-status", wrong_actor: "known-actors", wrong_recipient: "known-actors", wrong_speaker: "known-speakers", wrong_place: "right-place" };
    const HINTS = { wrong_type: "ASSAULT.aerial", wrong_date: "2023-01-31", wrong_place: "begin a name, pick a place", same_story: "the other event's id", different_story: "the other event's id", right: "", not_event: "" };
    const value = judge.elements.value, verdict = judge.elements.verdict;
    const fit = () => {
      const v = verdict.value;
      if (LISTS[v]) value.setAttribute("list", LISTS[v]); else value.removeAttribute("list");
      value.placeholder = HINTS[v] ?? ""; value.disabled = v === "right" || v === "not_event"; value.required = v.endsWith("_story");
    };
    verdict.addEventListener("change", fit); fit();
    // Places of the table whose name begins so; the one that is picked brings its id.
    const places = document.getElementById("right-place");
    let typed = 0;
    value.addEventListener("input", () => {
      clearTimeout(typed);
      if (verdict.value !== "wrong_place" || value.value.trim().length < 2 || value.value.includes("[")) return;
      typed = setTimeout(async () => {
        const asked = value.value, answer = await fetch(`/api/places?${new URLSearchParams({ q: asked })}`).catch(() => null);
        if (!answer?.ok || asked !== value.value) return;
        // A browser shows what holds the typed words only: under another name they stand in the label.
        places.replaceChildren(...(await answer.json()).map((p) => Charts.html("option", { value: p.value, label: p.value.toLowerCase().startsWith(asked.trim().toLowerCase()) ? p.level : `${asked}: ${p.level}` })));
      }, 200);
    });
    // A name once given is kept for the next judgement of this person in this browser.
    const by = judge.elements.by;
    try { by.value ||= localStorage.getItem("whowhom-by") || ""; judge.addEventListener("submit", () => localStorage.setItem("whowhom-by", by.value)); } catch { /* no storage in this browser */ }
    for (const form of document.querySelectorAll("form.pair")) form.addEventListener("submit", () => form.append(Charts.html("input", { type: "hidden", name: "by", value: by.value })));
  }
  // A form sends what is empty, too; an address to share is shorter without.
  for (const form of document.querySelectorAll("form.span")) form.addEventListener("submit", () => { for (const f of form.elements) if (f.name && f.value === "") f.disabled = true; });
  document.body.addEventListener("htmx:configRequest", (e) => { for (const [k, v] of [...e.detail.formData.entries()]) if (v === "") e.detail.formData.delete(k); });
})();
