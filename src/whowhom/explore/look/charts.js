// Charts of the report and the explorer: timeline and map (the network has its own file), as SVG. No library, nothing loaded, no code from data:
// text goes in as text nodes, colours as classes. Every mark is a real link, so keys and screen readers follow it.
"use strict";
const Charts = (() => {
  const NS = "http://www.w3.org/2000/svg";
  const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
  const el = (name, attributes = {}, ...children) => {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) node.setAttribute(key, value);
    for (const child of children) node.append(child);
    return node;
  };
  const html = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
    for (const child of children) if (child !== null && child !== undefined) node.append(child);
    return node;
  };
  const many = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  const width = (box) => Math.max(280, Math.round(box.clientWidth || 640));
  const nothing = (box, words) => { box.replaceChildren(html("p", { class: "empty" }, words)); };
  const tone = (coop, conf) => (conf > coop * 2 ? 4 : conf > coop ? 3 : coop > conf * 2 ? 2 : coop > 0 ? 1 : 0);

  // ---- time -------------------------------------------------------------------------------------------------------
  const DAY = 86400000;
  const parse = (t) => Date.UTC(+t.slice(0, 4), t.length > 4 ? +t.slice(5, 7) - 1 : 0, t.length > 7 ? +t.slice(8, 10) : 1);
  const SIZE = { day: 10, month: 7, year: 4 };
  function next(t, unit) {
    const d = new Date(parse(t));
    if (unit === "day") d.setUTCDate(d.getUTCDate() + 1);
    else if (unit === "month") d.setUTCMonth(d.getUTCMonth() + 1);
    else d.setUTCFullYear(d.getUTCFullYear() + 1);
    return d.toISOString().slice(0, SIZE[unit]);
  }
  /** Unit that gives a readable number of steps between two dates. */
  function unitFor(first, last) {
    const days = (parse(last) - parse(first)) / DAY;
    return days <= 100 ? "day" : days <= 366 * 14 ? "month" : "year";
  }
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const label = (t) => (t.length === 4 ? t : t.length === 7 ? `${MONTHS[+t.slice(5) - 1]} ${t.slice(0, 4)}` : `${+t.slice(8)} ${MONTHS[+t.slice(5, 7) - 1]} ${t.slice(0, 4)}`);
  const short = (t) => (t.length === 4 ? t : t.length === 7 ? (t.endsWith("-01") ? t.slice(0, 4) : MONTHS[+t.slice(5) - 1]) : `${+t.slice(8)} ${MONTHS[+t.slice(5, 7) - 1]}`);

  /** Bars per step of time: cooperation above the line, conflict below. data: {unit, rows: [[t, q1, q2, q3, q4]], turns: [t]} */
  function timeline(box, data, options) {
    const given = data.rows.filter((r) => r[1] + r[2] + r[3] + r[4] > 0).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    if (!given.length) return nothing(box, "No event here has a date that can be drawn.");
    const known = new Map(given.map((r) => [r[0], r]));
    let rows = [], gaps = new Set();
    const steps = (parse(given.at(-1)[0]) - parse(given[0][0])) / (data.unit === "day" ? DAY : data.unit === "month" ? DAY * 30.4 : DAY * 365.25);
    if (steps > 420 || (given.length <= 14 && steps > given.length * 2.5)) {
      given.forEach((r, i) => { if (i && next(given[i - 1][0], data.unit) !== r[0]) gaps.add(i); });
      rows = given.slice(-420);
    } else for (let t = given[0][0]; t <= given.at(-1)[0]; t = next(t, data.unit)) rows.push(known.get(t) || [t, 0, 0, 0, 0]);
    const w = width(box), h = options.height || 220, left = 34, bottom = 24, top = 8;
    const up = Math.max(...rows.map((r) => r[1] + r[2]), 1), down = Math.max(...rows.map((r) => r[3] + r[4]), 1);
    const scale = (h - top - bottom) / (up + down), zero = top + up * scale;
    const pitch = Math.min(rows.length > 8 ? 140 : 96, (w - left - 4) / rows.length), thick = Math.max(1, pitch > 4 ? pitch - Math.max(1, Math.min(24, pitch * .25)) : pitch);
    const svg = el("svg", { viewBox: `0 0 ${w} ${h}`, width: w, height: h, role: "group", "aria-label": options.label || "Events over time: cooperation above the line, conflict below" });
    const tick = (n, y) => svg.append(el("line", { class: "axis", x1: left, x2: w, y1: y, y2: y }), el("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, n.toLocaleString("en")));
    tick(up, zero - up * scale); tick(down, zero + down * scale);
    const every = Math.max(1, Math.ceil(58 / pitch));
    // Many months in a row: years alone, each where it begins.
    const years = data.unit === "month" && every > 4 && !gaps.size && rows.length > 24;
    let labelled = -99, year = "";
    rows.forEach((r, i) => {
      const x = left + i * pitch, sum = r[1] + r[2] + r[3] + r[4];
      if (years ? r[0].endsWith("-01") && i - labelled >= every && x + 17 < w : i - labelled >= every && x + 34 < w) {
        const words = years ? r[0].slice(0, 4) : i === 0 || gaps.has(i) ? label(r[0]) : r[0].slice(0, 4) !== year && r[0].length === 7 ? r[0].slice(0, 4) : short(r[0]);
        const middle = i > 0 || pitch >= 58;
        svg.append(el("text", { x: middle ? x + thick / 2 : x, y: h - 8, "text-anchor": middle ? "middle" : "start" }, middle && !i && !data.unit.startsWith("d") ? label(r[0]) : words));
        labelled = i || years || middle ? i : Math.ceil(34 / pitch); year = r[0].slice(0, 4);
      }
      if (gaps.has(i)) svg.append(el("text", { x: x - pitch * .12, y: zero - 3, "text-anchor": "middle" }, "⋯"));
      if (!sum) return;
      const words = `${label(r[0])}: ${QUADS.map((q, k) => (r[k + 1] ? `${r[k + 1]} ${q}` : "")).filter(Boolean).join(", ")}`;
      const mark = el("a", { href: options.href("time", r[0]), "aria-label": words }, el("title", {}, words));
      const bar = (k, y, n) => { if (n) mark.append(el("rect", { class: `shape f${k}`, x, y, width: thick, height: Math.max(n * scale, 1) })); };
      bar(2, zero - r[2] * scale, r[2]); bar(1, zero - (r[1] + r[2]) * scale, r[1]);
      bar(4, zero, r[4]); bar(3, zero + r[4] * scale, r[3]);
      mark.append(el("rect", { class: "hit", x, y: top, width: pitch, height: h - top - bottom }));
      svg.append(mark);
      if ((data.turns || []).includes(r[0])) svg.append(el("text", { class: "name", x: x + thick / 2, y: top + 10, "text-anchor": "middle" }, "◆", el("title", {}, "turning point")));
    });
    svg.append(el("line", { class: "zero", x1: left, x2: w, y1: zero, y2: zero }));
    box.replaceChildren(svg);
  }

  // ---- map --------------------------------------------------------------------------------------------------------
  function project(lon, lat, w) {
    const t = Math.asin(Math.sqrt(3) / 2 * Math.sin(lat * Math.PI / 180)), t2 = t * t, t6 = t2 ** 3;
    const k = w / (2 * 2.7066297);
    const x = 2 * Math.sqrt(3) * (lon * Math.PI / 180) * Math.cos(t) / (3 * (9 * .003796 * t6 * t2 + 7 * .000893 * t6 - 3 * .081106 * t2 + 1.340264));
    return [w / 2 + x * k, k * 1.3173628 - t * (.003796 * t6 * t2 + .000893 * t6 - .081106 * t2 + 1.340264) * k];
  }
  /** Countries shaded by tone and number, places as circles. data: {countries: {code: [coop, conf]}, spots: [[name, lat, lon, coop, conf]]} */
  function map(box, data, world, options) {
    const has = Object.keys(data.countries).length + data.spots.length;
    if (!has) return nothing(box, "No event here has a country or a place that can be drawn.");
    const most = Math.max(1, ...Object.values(data.countries).map((c) => c[0] + c[1]));
    const svg = el("svg", { role: "group", "aria-label": options.label || "Map of the countries that take part, and of the places" });
    const land = el("g"), lit = el("g"), spots = el("g"), reach = [];
    for (const [code, name, path, x, y] of world.countries) {
      const c = code && data.countries[code];
      if (!c) { if (path) land.append(el("path", { class: "land", d: path })); continue; }
      const n = c[0] + c[1], words = `${name}: ${many(n, "event")}, ${c[0]} cooperation, ${c[1]} conflict`;
      const strength = (.3 + .7 * Math.log1p(n) / Math.log1p(most)).toFixed(2);
      const shape = path ? el("path", { class: `shape f${tone(c[0], c[1])}`, d: path, "fill-opacity": strength, stroke: "none" }) : el("circle", { class: `shape f${tone(c[0], c[1])}`, cx: x, cy: y, r: 2.4 });
      lit.append(el("a", { href: options.href("country", code), "aria-label": words }, el("title", {}, words), shape));
      if (path) land.append(el("path", { class: "land", d: path }));
      reach.push([x, y]);
    }
    const top = Math.max(1, ...data.spots.map((s) => s[3] + s[4]));
    for (const [name, lat, lon, coop, conf] of [...data.spots].sort((a, b) => b[3] + b[4] - a[3] - a[4]).slice(0, 400)) {
      const [x, y] = project(lon, lat, world.width), n = coop + conf, words = `${name}: ${many(n, "event")}`;
      spots.append(el("a", { href: options.href("place", name), "aria-label": words }, el("title", {}, words), el("circle", { class: "shape spot", cx: x.toFixed(1), cy: y.toFixed(1), "data-r": 2.5 + 6 * Math.sqrt(n / top), r: 4 })));
      reach.push([x, y]);
    }
    svg.append(land, lit, spots);
    const xs = reach.map((p) => p[0]), ys = reach.map((p) => p[1]);
    const aspect = world.width / world.height, spread = Math.max(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) * aspect) + 160;
    const home = spread > world.width * .7 ? [0, 0, world.width] : (() => {
      const v = Math.max(spread, 260);
      return [Math.min(Math.max((Math.min(...xs) + Math.max(...xs)) / 2 - v / 2, 0), world.width - v), Math.min(Math.max((Math.min(...ys) + Math.max(...ys)) / 2 - v / aspect / 2, 0), world.height - v / aspect), v];
    })();
    let view = [...home];
    const show = () => {
      svg.setAttribute("viewBox", `${view[0]} ${view[1]} ${view[2]} ${view[2] / aspect}`);
      const wide = Math.max(320, width(box)), k = view[2] / wide * Math.min(1, Math.max(.6, wide / 800)); // smaller circles on a small map
      for (const c of spots.querySelectorAll("circle")) c.setAttribute("r", (c.dataset.r * k).toFixed(2));
    };
    const zoom = (f) => { const v = Math.min(world.width * 1.02, Math.max(60, view[2] * f)); view = [view[0] + (view[2] - v) / 2, view[1] + (view[2] - v) / aspect / 2, v]; show(); };
    let grip = null;
    svg.addEventListener("pointerdown", (e) => { grip = [e.clientX, e.clientY]; });
    svg.addEventListener("pointermove", (e) => {
      if (!grip || e.buttons !== 1 || e.pointerType === "touch") return;
      const k = view[2] / svg.clientWidth;
      view[0] -= (e.clientX - grip[0]) * k; view[1] -= (e.clientY - grip[1]) * k; grip = [e.clientX, e.clientY]; show();
    });
    const key = (sign, words, f) => { const b = html("button", { type: "button", "aria-label": words }, sign); b.addEventListener("click", f); return b; };
    box.replaceChildren(svg, html("div", { class: "mapkeys" }, key("+", "Zoom in", () => zoom(.6)), key("−", "Zoom out", () => zoom(1 / .6)), key("○", "Whole map", () => { view = view[2] === home[2] ? [0, 0, world.width] : [...home]; show(); })));
    show();
  }

  // ---- take it with you -------------------------------------------------------------------------------------------
  function save(name, type, text) {
    const a = html("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(a); a.click(); a.remove(); setTimeout(() => URL.revokeObjectURL(a.href), 2000);
  }
  /** A cell of a CSV file; one that a spreadsheet would run as a formula gets an apostrophe before it. */
  const cell = (v) => { let s = String(v ?? ""); if (/^[\s]*[=+\-@\t\r]/.test(s) && !/^-?\d+(\.\d+)?$/.test(s)) s = "'" + s; return /[",\n\r;]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s; };
  const csv = (head, rows) => [head, ...rows].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
  const KEPT = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "font-family", "font-size", "paint-order"];
  /** The chart as a file of its own: styles written out, links taken out. {text, w, h} in pixels. */
  function picture(box) {
    const svg = box.querySelector("svg");
    const copy = svg.cloneNode(true), from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((node, i) => {
      const style = getComputedStyle(node);
      for (const key of KEPT) if (style.getPropertyValue(key)) to[i].setAttribute(key, style.getPropertyValue(key));
      if (node.tagName === "a") to[i].removeAttribute("href");
    });
    const [x, y, w, h] = svg.getAttribute("viewBox").split(" ");
    copy.prepend(el("rect", { x, y, width: w, height: h, fill: getComputedStyle(box.closest("figure") || document.body).backgroundColor }));
    copy.setAttribute("xmlns", NS); copy.setAttribute("width", svg.clientWidth); copy.setAttribute("height", svg.clientHeight);
    return { text: new XMLSerializer().serializeToString(copy), w: svg.clientWidth, h: svg.clientHeight };
  }
  /** The picture as PNG, twice as fine as the screen. */
  function raster(picture, name) {
    const image = new Image(), canvas = html("canvas", { width: picture.w * 2, height: picture.h * 2 }), from = URL.createObjectURL(new Blob([picture.text], { type: "image/svg+xml" }));
    image.addEventListener("load", () => { canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height); URL.revokeObjectURL(from); canvas.toBlob((blob) => save(`${name}.png`, "image/png", blob)); });
    image.src = from;
  }
  /** Buttons under a chart: data as CSV and JSON, the picture as SVG. `table` gives [head, rows]. */
  function tools(figure, name, table) {
    const bar = figure.querySelector(".tools") || figure.appendChild(html("div", { class: "tools" }));
    const button = (words, act) => { const b = html("button", { type: "button", "aria-label": `${words}: ${name}` }, words); b.addEventListener("click", act); return b; };
    if (!figure.querySelector(".chart svg")) { bar.replaceChildren(); return; } // an empty chart is nothing to take away
    bar.replaceChildren(button("CSV", () => save(`${name}.csv`, "text/csv;charset=utf-8", csv(...table()))), button("JSON", () => { const [head, rows] = table(); save(`${name}.json`, "application/json", JSON.stringify(rows.map((r) => Object.fromEntries(head.map((k, i) => [k, r[i]]))), null, 1)); }), button("Picture (SVG)", () => { const p = picture(figure.querySelector(".chart")); save(`${name}.svg`, "image/svg+xml", p.text); }), button("Picture (PNG)", () => raster(picture(figure.querySelector(".chart")), name)));
  }
  /** Draw again when the width changes. */
  function follow(box, draw) {
    let last = box.clientWidth;
    draw();
    if (!box.followed) { box.followed = true; new ResizeObserver(() => { if (Math.abs(box.clientWidth - last) > 8) { last = box.clientWidth; box.redraw(); } }).observe(box); }
    box.redraw = draw;
  }
  const TABLES = {
    timeline: (d) => [["time", ...QUADS.map((q) => q.replace(" ", "_"))], d.rows],
    map: (d) => [["kind", "name", "latitude", "longitude", "cooperation", "conflict"], [...Object.entries(d.countries).map(([c, v]) => ["country", c, "", "", ...v]), ...d.spots.map((s) => ["place", ...s])]],
    network: (d) => [["actor", "recipient", "cooperation", "conflict"], d.links.map((l) => [d.nodes[l[0]][1], d.nodes[l[1]][1], l[2], l[3]])],
  };
  return { timeline, map, tools, follow, el, width, nothing, tone, unitFor, save, csv, html, many, label, QUADS, SIZE, TABLES };
})();
