// The report: the address after # is the state, so a view can be kept as a bookmark; lists come by the page.
"use strict";
(() => {
  const { html, many } = Charts;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data"), world = read("world");
  const ACTORS = data.actors.map(([label, country, sector, members]) => ({ label, country, sector, members, place: data.names[country] || label }));
  const EVENTS = data.events.map(([id, doc, type, mode, quad, status, date, end, who, whom, place, confidence, said, text]) => ({ id, doc, type, mode, quad, status, date, end, who: who.map((i) => ACTORS[i]), whom: whom.map((i) => ACTORS[i]), place: place < 0 ? null : data.places[place], confidence, said, text }));
  const DOCS = data.documents, single = DOCS.length === 1, STEP = 25;
  const $ = (id) => document.getElementById(id);
  const now = () => new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");
  const to = (changes, page) => { const s = now(); s.delete("read"); s.delete("event"); if (!page) { s.delete("page"); s.delete("docpage"); } for (const [k, v] of Object.entries(changes)) (v === "" || v === null ? s.delete(k) : s.set(k, v)); return "#?" + s; };
  const by = (s) => s.get("by") || (single ? "name" : "country");
  const key = (a, level) => (level === "country" ? a.country || a.label : a.label);
  const name = (a, level) => (level === "country" ? a.place : a.label);
  const TESTS = {
    q: (v) => { const w = v.toLowerCase(); return (e) => e.text.toLowerCase().includes(w) || [...e.who, ...e.whom].some((a) => a.label.toLowerCase().includes(w)) || e.said.some((x) => x.toLowerCase().includes(w)); },
    type: (v) => (e) => e.type === v, quad: (v) => (e) => e.quad === +v, status: (v) => (e) => e.status === v, time: (v) => (e) => e.date.startsWith(v), doc: (v) => (e) => e.doc === +v,
    actor: (v) => (e) => [...e.who, ...e.whom].some((a) => a.label === v || a.country === v || a.members.includes(v)),
    from: (v) => (e) => e.who.some((a) => a.label === v || a.country === v), onto: (v) => (e) => e.whom.some((a) => a.label === v || a.country === v),
    place: (v) => (e) => !!e.place && e.place[0] === v, said: (v) => (e) => e.said.includes(v),
  };
  const WORDS = { q: "words", type: "type", quad: "", status: "status", time: "when", doc: "document", actor: "takes part", from: "by", onto: "on", place: "in", said: "said by" };
  const chosen = (s, without = []) => { const tests = Object.keys(TESTS).filter((k) => s.get(k) && !without.includes(k)).map((k) => TESTS[k](s.get(k))); return EVENTS.filter((e) => tests.every((t) => t(e))); };
  const counted = (events, s) => (s.get("status") ? events : events.filter((e) => e.status === "asserted"));
  const side = (e) => (e.quad < 3 ? 0 : 1);

  function overTime(events) {
    const dated = events.filter((e) => e.date);
    if (!dated.length) return { unit: "day", rows: [] };
    const days = dated.map((e) => e.date).sort();
    const cut = (q) => days[Math.min(days.length - 1, Math.floor(days.length * q))];
    const unit = Charts.unitFor(days.length > 30 ? cut(.02) : days[0], days.length > 30 ? cut(.98) : days.at(-1)), size = Charts.SIZE[unit], rows = new Map();
    for (const e of dated) {
      if (e.date.length < size) continue;
      const t = e.date.slice(0, size);
      if (!rows.has(t)) rows.set(t, [t, 0, 0, 0, 0]);
      rows.get(t)[e.quad]++;
    }
    const kept = [...rows.values()].filter((r) => days.length <= 30 || (r[0] >= cut(.003).slice(0, size) && r[0] <= cut(.997).slice(0, size)));
    return { unit, rows: kept, left: events.length - kept.reduce((n, r) => n + r[1] + r[2] + r[3] + r[4], 0) };
  }
  function onMap(events) {
    const countries = {}, spots = new Map(), known = new Set(world.countries.map((c) => c[0]));
    for (const e of events) {
      const codes = new Set([...e.who, ...e.whom].flatMap((a) => (a.country ? [a.country] : a.members)));
      for (const c of codes) if (known.has(c)) (countries[c] ||= [0, 0])[side(e)]++;
      if (e.place && e.place[1] !== null) { const k = e.place[0]; if (!spots.has(k)) spots.set(k, [...e.place, 0, 0]); spots.get(k)[3 + side(e)]++; }
    }
    return { countries, spots: [...spots.values()] };
  }
  function asNetwork(events, level, most) {
    const total = new Map(), names = new Map(), links = new Map(), known = new Set();
    for (const e of events) {
      for (const a of [...e.who, ...e.whom]) if (a.country || a.members.length) known.add(key(a, level));
      const who = new Set(e.who.map((a) => (names.set(key(a, level), name(a, level)), key(a, level)))), whom = new Set(e.whom.map((a) => (names.set(key(a, level), name(a, level)), key(a, level))));
      for (const k of new Set([...who, ...whom])) total.set(k, (total.get(k) || 0) + 1);
      for (const a of who) for (const b of whom) { const k = JSON.stringify([a, b]); if (!links.has(k)) links.set(k, [a, b, 0, 0]); links.get(k)[2 + side(e)]++; }
    }
    // Of equally strong ties those between parties that are known come first: "43 people" says less than a country.
    const rank = (l) => known.has(l[0]) + known.has(l[1]);
    const strong = [...links.values()].sort((x, y) => y[2] + y[3] - x[2] - x[3] || rank(y) - rank(x)).slice(0, most * 2);
    const keep = new Set();
    for (const l of strong) { if (keep.size < most || (keep.has(l[0]) && keep.has(l[1]))) { keep.add(l[0]); keep.add(l[1]); } }
    const order = [...keep].sort((a, b) => total.get(b) - total.get(a)), at = new Map(order.map((k, i) => [k, i]));
    return { nodes: order.map((k) => [k, names.get(k), total.get(k)]), links: strong.filter((l) => at.has(l[0]) && at.has(l[1])).map((l) => [at.get(l[0]), at.get(l[1]), l[2], l[3]]), actors: total.size };
  }
  const mix = (parts) => html("span", { class: "mix", title: parts.map((n, i) => `${n} ${Charts.QUADS[i]}`).join(", ") }, ...parts.map((n, i) => { if (!n) return null; const bar = html("i", { class: `b${i + 1}` }); bar.style.flexGrow = n; return bar; }));
  function dyads(events, level) {
    const rows = new Map();
    for (const e of events) for (const a of e.who) for (const b of e.whom) {
      const k = JSON.stringify([key(a, level), key(b, level)]);
      if (!rows.has(k)) rows.set(k, { a, b, n: 0, parts: [0, 0, 0, 0] });
      const r = rows.get(k); r.n++; r.parts[e.quad - 1]++;
    }
    return [...rows.values()].sort((x, y) => y.n - x.n);
  }
  const HREF = { time: (t) => to({ time: t }), country: (c) => to({ actor: c }), place: (p) => to({ place: p }), actor: (k) => to({ actor: k }), dyad: ([a, b]) => to({ from: a, onto: b }) };
  const href = (kind, k) => HREF[kind](k) + "&at=events";

  function charts(s) {
    const here = chosen(s), events = counted(here, s), level = by(s), rest = here.length - events.length;
    const note = (id, words) => { $(id).querySelector("figcaption").textContent = words; };
    const basis = s.get("status") ? `${many(events.length, s.get("status") + " event")}` : `${many(events.length, "asserted event")}${rest ? `; ${rest.toLocaleString("en")} planned, denied, hypothetical, negated or historical not counted` : ""}`;
    const time = overTime(counted(chosen(s, ["time"]), s)), geo = onMap(events), net = asNetwork(events, level, single ? 24 : 30);
    note("f-time", `Cooperation above the line, conflict below. ${basis}.${time.left ? ` ${time.left} without a date as exact as the bars, or far outside, are not drawn.` : ""}`);
    note("f-map", "Countries shaded by how much they take part: blue cooperation, orange and red conflict; circles are places. No position on borders.");
    note("f-net", net.actors > net.nodes.length ? `The ${net.nodes.length} with the strongest ties, of ${net.actors}. Arrows run from actor to recipient.` : "Arrows run from actor to recipient; colour says cooperation (blue) or conflict (orange, red).");
    for (const [id, data, draw] of [["f-time", time, () => Charts.timeline($("f-time").querySelector(".chart"), time, { href })], ["f-map", geo, () => Charts.map($("f-map").querySelector(".chart"), geo, world, { href })], ["f-net", net, () => Charts.network($("f-net").querySelector(".chart"), net, { href })]]) {
      Charts.follow($(id).querySelector(".chart"), draw);
      Charts.tools($(id), id.slice(2) === "net" ? "network" : id.slice(2) === "time" ? "timeline" : "map", () => Charts.TABLES[{ "f-time": "timeline", "f-map": "map", "f-net": "network" }[id]](data));
    }
    const pairs = dyads(events, level);
    $("pairs").replaceChildren(...(pairs.length ? [html("table", {}, html("caption", {}, pairs.length > 12 ? `The first 12 of ${pairs.length} pairs` : many(pairs.length, "pair")), html("thead", {}, html("tr", {}, ...["actor", "recipient", "events", "cooperation to conflict"].map((t, i) => html("th", { scope: "col", class: i === 2 ? "n" : false }, t)))), html("tbody", {}, ...pairs.slice(0, 12).map((r) => html("tr", {}, html("td", {}, name(r.a, level)), html("td", {}, name(r.b, level)), html("td", { class: "n" }, html("a", { href: href("dyad", [key(r.a, level), key(r.b, level)]), "aria-label": `${r.n} events of ${name(r.a, level)} on ${name(r.b, level)}` }, String(r.n))), html("td", {}, mix(r.parts))))))] : [html("p", { class: "empty" }, "No pair of actor and recipient here.")]));
    $("by-country").setAttribute("aria-pressed", level === "country"); $("by-name").setAttribute("aria-pressed", level === "name");
  }
  const party = (a) => html("span", {}, html("span", { class: "who" }, a.label), a.country || a.sector ? html("span", { class: "code", title: data.names[a.country] || "" }, ` ${[a.country, a.sector].filter(Boolean).join(" ")}`) : null);
  const list = (parties) => parties.flatMap((a, i) => (i ? [", ", party(a)] : [party(a)]));
  function row(e) {
    const line = html("p", { class: "line" }, ...(e.who.length ? list(e.who) : [html("span", { class: "soft" }, "somebody")]), " ", html("span", { class: "arrow", "aria-hidden": "true" }, "→"), " ", html("span", { class: `type t${e.quad}` }, [e.type, e.mode].filter(Boolean).join(" ")), ...(e.whom.length ? [" ", html("span", { class: "arrow", "aria-hidden": "true" }, "→"), " ", ...list(e.whom)] : []));
    const facts = html("p", { class: "facts" }, [e.date + (e.end && e.end !== e.date ? ` to ${e.end}` : ""), e.place && e.place[0], e.said.length ? `says ${e.said.join(" ← ")}` : ""].filter(Boolean).join(" · "), ...(e.status === "asserted" ? [] : [" · ", html("span", { class: `status ${e.status}` }, e.status)]), ` · ${Math.round(e.confidence * 100)}%`);
    const where = single ? null : html("p", { class: "facts" }, html("a", { href: `#?read=${e.doc}&event=${e.id}` }, DOCS[e.doc][0]), ` · ${[DOCS[e.doc][1], DOCS[e.doc][2]].filter(Boolean).join(", ")}`);
    return html("li", { class: `card k${e.quad}` }, line, html("blockquote", {}, e.text), facts, where);
  }
  const pager = (box, n, at, step, field) => box.replaceChildren(...(n <= step ? [] : [at > 0 ? html("a", { href: to({ [field]: at - 1 || "" }, true) }, "← before") : html("span", {}, "← before"), html("span", {}, `${at * step + 1}–${Math.min(n, (at + 1) * step)} of ${n.toLocaleString("en")}`), (at + 1) * step < n ? html("a", { href: to({ [field]: at + 1 }, true) }, "after →") : html("span", {}, "after →")]));
  function lists(s) {
    const events = chosen(s), at = Math.min(Math.max(0, parseInt(s.get("page") || 0) || 0), Math.max(0, Math.ceil(events.length / STEP) - 1));
    $("found").textContent = `${many(events.length, "event")}${events.length === EVENTS.length ? "" : ` of ${EVENTS.length.toLocaleString("en")}`}`;
    const chips = Object.keys(TESTS).filter((k) => s.get(k)).map((k) => { const v = s.get(k), shown = k === "quad" ? Charts.QUADS[v - 1] : k === "time" ? Charts.label(v) : k === "doc" ? (DOCS[v] || [""])[0] : data.names[v] || v; return html("li", {}, html("a", { href: to({ [k]: "" }), "aria-label": `Remove the filter ${WORDS[k]} ${shown}` }, `${WORDS[k]} ${shown} ×`)); });
    for (const id of ["chips", "chips-list"]) $(id).replaceChildren(...chips.map((c) => c.cloneNode(true)), ...(chips.length > 1 ? [html("li", {}, html("a", { href: "#?" }, "all events"))] : []));
    $("list").replaceChildren(...(events.length ? events.slice(at * STEP, (at + 1) * STEP).map(row) : [html("li", { class: "empty" }, EVENTS.length ? "No event fits all these filters; take one away above." : "No event was found in these pages.")]));
    for (const id of ["pager-top", "pager"]) pager($(id), events.length, at, STEP, "page");
    for (const f of ["q", "type", "quad", "status"]) if ($("x-" + f) !== document.activeElement) $("x-" + f).value = s.get(f) || "";
    if (single) return;
    const count = new Map();
    for (const e of events) count.set(e.doc, (count.get(e.doc) || 0) + 1);
    const filtered = chips.length > 0, docs = DOCS.map((d, i) => [i, ...d]).filter((d) => !filtered || count.has(d[0]));
    const page = Math.min(Math.max(0, parseInt(s.get("docpage") || 0) || 0), Math.max(0, Math.ceil(docs.length / STEP) - 1));
    $("docs").replaceChildren(html("table", { class: "rows" }, html("caption", {}, filtered ? `${many(docs.length, "document")} with events that fit the filters` : many(docs.length, "document")), html("thead", {}, html("tr", {}, ...["date", "title", "publisher", "events"].map((t, i) => html("th", { scope: "col", class: i === 3 ? "n" : false }, t)))), html("tbody", {}, ...docs.slice(page * STEP, (page + 1) * STEP).map(([i, title, publisher, date]) => html("tr", {}, html("td", {}, date), html("td", {}, html("a", { href: `#?read=${i}` }, title)), html("td", {}, publisher), html("td", { class: "n" }, String(count.get(i) || 0)))))));
    pager($("doc-pager"), docs.length, page, STEP, "docpage");
  }
  async function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }
  let shown = 0, asked = 0;
  async function open(i, event) {
    const box = $("document"), mine = ++asked;
    if (i !== shown) {
      const packed = document.querySelector(`script[data-doc="${i}"]`);
      if (!packed) return;
      try {
        const markup = await unpack(packed.textContent.trim());
        if (mine !== asked) return;
        box.replaceChildren(...new DOMParser().parseFromString(markup, "text/html").body.childNodes);
        Page.reading(box.querySelector(".doc"));
        shown = i;
      } catch { box.replaceChildren(html("p", { class: "notice" }, "This browser cannot unpack the text (it needs one of 2023 or later).")); shown = -1; }
    }
    $("read").classList.remove("hidden");
    const card = event && document.getElementById("e-" + event);
    (card || $("read")).scrollIntoView();
    if (card) { const button = card.querySelector(".find"); if (button && !card.classList.contains("on")) button.click(); }
  }
  let drawn = null;
  function render() {
    const s = now(), at = s.get("at"), reading = s.get("read");
    if (location.hash && !location.hash.startsWith("#?")) return;
    if (reading !== null) { if (drawn === null) { charts(new URLSearchParams()); lists(new URLSearchParams()); drawn = ""; } open(Math.min(DOCS.length - 1, Math.max(0, parseInt(reading) || 0)), s.get("event")); return; }
    const filters = new URLSearchParams([...s].filter(([k]) => k !== "at" && k !== "page" && k !== "docpage")).toString();
    if (filters !== drawn) { charts(s); drawn = filters; }
    lists(s);
    if (at) { $("events").scrollIntoView(); s.delete("at"); history.replaceState(null, "", "#?" + s); }
  }
  for (const f of ["q", "type", "quad", "status"]) {
    let wait;
    $("x-" + f).addEventListener(f === "q" ? "input" : "change", (e) => { clearTimeout(wait); wait = setTimeout(() => { history.replaceState(null, "", to({ [f]: e.target.value.trim() })); render(); }, f === "q" ? 180 : 0); });
  }
  $("filters").addEventListener("submit", (e) => e.preventDefault());
  $("by-country").addEventListener("click", () => { location.hash = to({ by: "country" }, true).slice(1); });
  $("by-name").addEventListener("click", () => { location.hash = to({ by: "name" }, true).slice(1); });
  const HEAD = ["id", "document", "event", "mode", "quad", "status", "date", "date_end", "actors", "recipients", "place", "probability", "said_by", "text"];
  const flat = () => chosen(now()).map((e) => [e.id, DOCS[e.doc][0], e.type, e.mode, e.quad, e.status, e.date, e.end, e.who.map((a) => a.label).join("; "), e.whom.map((a) => a.label).join("; "), e.place ? e.place[0] : "", e.confidence, e.said.join("; "), e.text]);
  $("csv").addEventListener("click", () => Charts.save("events.csv", "text/csv;charset=utf-8", Charts.csv(HEAD, flat())));
  $("json").addEventListener("click", () => Charts.save("events.json", "application/json", JSON.stringify(flat().map((r) => Object.fromEntries(HEAD.map((k, i) => [k, r[i]]))), null, 1)));
  addEventListener("hashchange", render);
  Page.start();
  render();
})();
