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
  document.body.addEventListener("htmx:afterSettle", () => all(document));
  // A form sends what is empty, too; an address to share is shorter without.
  document.body.addEventListener("htmx:configRequest", (e) => { for (const [k, v] of [...e.detail.formData.entries()]) if (v === "") e.detail.formData.delete(k); });
})();
