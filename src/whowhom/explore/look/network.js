// The network of who acted on whom, as SVG. Every party is a disc with its name under it; the two are laid out as one box,
// so that no name lies on another name or disc and none leaves the picture. The same data give the same picture.
"use strict";
Charts.network = (() => {
  const { el, many, nothing, tone, width } = Charts;
  const LINE = 13, SIDE = 5, LONGEST = 17, ROUNDS = 260, SETTLE = 400;
  const pen = document.createElement("canvas").getContext("2d");
  const measure = (words) => { pen.font = `12px ${getComputedStyle(document.body).fontFamily}`; return pen.measureText(words).width; };
  /** A name in at most two lines; what is longer ends in an ellipsis, the whole stands in the title. */
  function wrap(name) {
    const words = name.split(/\s+/), lines = [""];
    for (const word of words) {
      const now = lines.at(-1);
      if (!now) lines[lines.length - 1] = word;
      else if (now.length + word.length < LONGEST) lines[lines.length - 1] = `${now} ${word}`;
      else lines.push(word);
    }
    const cut = (line, more) => (line.length > LONGEST + 3 ? `${line.slice(0, LONGEST + 2)}…` : more ? `${line.slice(0, LONGEST + 2)} …` : line);
    return lines.length > 2 ? [cut(lines[0]), cut(lines[1], true)] : lines.map((line) => cut(line));
  }
  /** Nodes with their boxes: `bw` half the width, `up` and `down` from the centre of the disc. */
  function boxes(nodes) {
    const most = Math.max(...nodes.map((n) => n[2]), 1);
    return nodes.map(([key, name, n], i) => {
      const r = 4 + 9 * Math.sqrt(n / most), lines = wrap(name), half = Math.max(...lines.map(measure)) / 2;
      return { key, name, n, i, r, lines, half, bw: Math.max(r, half) + SIDE, up: r + 6, down: r + 3 + LINE * lines.length + 3, x: 0, y: 0 };
    });
  }
  /** Parties that hang together, the largest group first: each is laid out around a place of its own. */
  function groups(nodes, links) {
    const home = nodes.map((_, i) => i);
    const top = (i) => { while (home[i] !== i) i = home[i]; return i; };
    for (const [a, b] of links) home[top(a)] = top(b);
    const found = new Map();
    nodes.forEach((n) => { const k = top(n.i); if (!found.has(k)) found.set(k, []); found.get(k).push(n); });
    return [...found.values()].sort((a, b) => b.length - a.length || a[0].i - b[0].i);
  }
  /** Push boxes apart that lie over one another, a little in each call; returns whether any did. */
  function part(nodes, bounds, share) {
    let any = false;
    for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
      const a = nodes[i], b = nodes[j];
      const ox = a.bw + b.bw - Math.abs(a.x - b.x);
      if (ox <= 0) continue;
      const above = a.y <= b.y ? [a, b] : [b, a], oy = above[0].y + above[0].down - (above[1].y - above[1].up);
      if (oy <= 0) continue;
      any = true;
      if (ox < oy * 1.6) { const s = (a.x < b.x || (a.x === b.x && i < j) ? -1 : 1) * (ox * share + .3); a.x += s; b.x -= s; }
      else { const s = oy * share + .3; above[0].y -= s; above[1].y += s; }
    }
    for (const n of nodes) bounds(n);
    return any;
  }
  /** Lay one group out in a box of its own, springs along ties and repulsion between all; returns what it takes up. */
  function spread(group, links, w) {
    const inside = new Set(group.map((n) => n.i)), crowd = links.filter((l) => inside.has(l[0])).length / group.length;
    // Ties need room, too: the more there are to a party, the wider the picture.
    const roomy = group.length > 2 ? 2.4 + Math.min(2.6, crowd) : 1.5;
    const area = group.reduce((sum, n) => sum + 2 * n.bw * (n.up + n.down), 0) * roomy, widest = Math.max(...group.map((n) => 2 * n.bw));
    if (group.length === 2 && w > 500) {
      const [a, b] = group, middle = Math.max(a.up, b.up);
      a.x = a.bw; a.y = b.y = middle; b.x = 2 * a.bw + b.bw + Math.max(0, 46 - (a.bw - a.r) - (b.bw - b.r));
      return { group, w: b.x + b.bw, h: middle + Math.max(a.down, b.down), x: 0, y: 0 };
    }
    const gw = Math.min(w, Math.max(widest, Math.sqrt(area * (w > 500 ? 2.2 : 1)))), at = new Map(group.map((n, i) => [n.i, i]));
    const ties = links.filter((l) => at.has(l[0]) && l[0] !== l[1]).map((l) => [at.get(l[0]), at.get(l[1])]);
    let gh = Math.max(area / gw, ...group.map((n) => n.up + n.down));
    // Where names have no room to part, the box grows.
    for (let tries = 0; tries < 6; tries++, gh *= 1.25) {
      const bounds = (n) => { n.x = Math.min(Math.max(gw - n.bw, n.bw), Math.max(n.bw, n.x)); n.y = Math.min(gh - n.down, Math.max(n.up, n.y)); };
      group.forEach((n, k) => { n.x = gw / 2 + Math.cos(k * 2.4) * Math.sqrt(k + .3) * gw * .12; n.y = gh / 2 + Math.sin(k * 2.4) * Math.sqrt(k + .3) * gh * .12; bounds(n); });
      const ideal = .62 * Math.sqrt((gw * gh) / group.length);
      for (let round = 0; round < ROUNDS; round++) {
        const cool = 1 - round / ROUNDS, move = group.map((n) => [(gw / 2 - n.x) * .04, (gh / 2 - n.y) * .04]);
        for (let i = 0; i < group.length; i++) for (let j = i + 1; j < group.length; j++) {
          const dx = group[i].x - group[j].x || .1 * (j - i), dy = group[i].y - group[j].y || .1, d2 = dx * dx + dy * dy + 1, f = (ideal * ideal) / d2 * .35;
          move[i][0] += dx * f; move[i][1] += dy * f; move[j][0] -= dx * f; move[j][1] -= dy * f;
        }
        for (const [a, b] of ties) {
          const dx = group[b].x - group[a].x, dy = group[b].y - group[a].y, f = Math.hypot(dx, dy) / ideal * .25;
          move[a][0] += dx * f; move[a][1] += dy * f; move[b][0] -= dx * f; move[b][1] -= dy * f;
        }
        group.forEach((n, i) => { const step = Math.hypot(...move[i]) || 1, k = Math.min(step, 1 + ideal * .3 * cool) / step; n.x += move[i][0] * k; n.y += move[i][1] * k; bounds(n); });
        if (cool < .5) part(group, bounds, .25);
      }
      let rounds = 0;
      while (rounds < SETTLE && part(group, bounds, .3)) rounds++;
      if (rounds < SETTLE) break;
    }
    const left = Math.min(...group.map((n) => n.x - n.bw)), top = Math.min(...group.map((n) => n.y - n.up));
    for (const n of group) { n.x -= left; n.y -= top; }
    return { group, w: Math.max(...group.map((n) => n.x + n.bw)), h: Math.max(...group.map((n) => n.y + n.down)), x: 0, y: 0 };
  }
  /** Put the boxes of the groups beside and under one another, each as high up as there is room; returns the height. */
  function pack(placed, w) {
    const done = [], free = (b, x, y) => x + b.w <= w + .5 && done.every((o) => x >= o.x + o.w || x + b.w <= o.x || y >= o.y + o.h || y + b.h <= o.y);
    for (const b of placed.sort((p, q) => q.h * q.w - p.h * p.w)) {
      const places = [[0, 0], ...done.flatMap((o) => done.map((u) => [o.x + o.w, u.y]).concat(done.map((u) => [u.x, o.y + o.h]), [[o.x + o.w, 0], [0, o.y + o.h]]))];
      [b.x, b.y] = places.filter(([x, y]) => free(b, x, y)).sort((p, q) => p[1] + b.h - q[1] - b.h || p[0] - q[0])[0] || [0, Math.max(0, ...done.map((o) => o.y + o.h))];
      done.push(b);
    }
    // What is left free on the right is shared out between the boxes of a row.
    for (const b of done) {
      const beside = (o) => o !== b && o.y < b.y + b.h && b.y < o.y + o.h;
      if (done.some((o) => beside(o) && o.x >= b.x + b.w)) continue;
      b.slack = w - b.x - b.w;
    }
    for (const b of done) if (b.slack > 0) b.x += b.slack / 2;
    for (const b of done) for (const n of b.group) { n.x += b.x; n.y += b.y; }
    return Math.max(...done.map((b) => b.y + b.h));
  }
  /** A curve from disc to disc, bent to the left of its way so that two directions lie side by side. */
  function curve(from, to, w) {
    if (from === to) {
      const r = from.r, out = from.x > w - from.bw - 6 ? -1 : 1;
      return `M${from.x + out * r * .6} ${from.y - r * .7}c${out * 26} ${-18} ${out * 26} ${r * 1.4 + 18} ${out * .4 * r} ${r * 1.4}`;
    }
    const dx = to.x - from.x, dy = to.y - from.y;
    const mx = (from.x + to.x) / 2 - dy * .12, my = (from.y + to.y) / 2 + dx * .12;
    // The arrow ends before the disc, and before the name where it comes from below.
    const end = Math.hypot(to.x - mx, to.y - my) || 1, sx = (mx - to.x) / end, sy = (my - to.y) / end;
    let gap = to.r + 3;
    while (gap < end - 12 && Math.abs(sx * gap) < to.half + 3 && sy * gap > to.r - 3 && sy * gap < to.down - 1) gap += 2;
    return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${(to.x + sx * gap).toFixed(1)} ${(to.y + sy * gap).toFixed(1)}`;
  }
  /** data: {nodes: [[key, name, n]], links: [[from, to, coop, conf]] with positions of nodes}. */
  return function network(box, data, options) {
    if (!data.links.length) return nothing(box, "No event here has both an actor and a recipient.");
    const w = width(box), nodes = boxes(data.nodes);
    // A party that acts on itself needs room for the loop.
    for (const [a, b] of data.links) if (a === b) { nodes[a].bw = Math.max(nodes[a].bw, nodes[a].r + 24); nodes[a].up = nodes[a].r + 12; }
    const tall = pack(groups(nodes, data.links).map((group) => spread(group, data.links, w)), w) + 4;
    const heavy = Math.max(...data.links.map((l) => l[2] + l[3]), 1);
    const svg = el("svg", { viewBox: `0 0 ${w} ${tall.toFixed(1)}`, width: w, height: tall.toFixed(1), role: "group", "aria-label": options.label || "Network of who acted on whom" });
    const heads = el("defs");
    for (const k of [0, 1, 2, 3, 4]) heads.append(el("marker", { id: `head${k}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: "userSpaceOnUse", orient: "auto" }, el("path", { class: `f${k}`, d: "M0 0 8 4 0 8z" })));
    svg.append(heads);
    const discs = [], ties = [];
    for (const [a, b, coop, conf] of [...data.links].sort((x, y) => x[2] + x[3] - y[2] - y[3])) {
      const from = nodes[a], to = nodes[b], k = tone(coop, conf), n = coop + conf;
      const words = `${from.name} → ${to.name}: ${coop} cooperation, ${conf} conflict`, size = Math.max(1.2, (data.links.length > 40 ? 3.5 : 5.5) * Math.sqrt(n / heavy)).toFixed(1);
      const tie = el("a", { href: options.href("dyad", [from.key, to.key]), "aria-label": words }, el("title", {}, words), el("path", { class: "reach", d: curve(from, to, w) }), el("path", { class: `shape link s${k}`, d: curve(from, to, w), "stroke-width": size, "marker-end": `url(#head${k})` }));
      ties.push([a, b, tie]); svg.append(tie);
    }
    for (const n of nodes) {
      // Who speaks to the page says what stands there, so what is read aloud begins with it.
      const words = `${n.name}: ${many(n.n, "event")}`, shown = n.lines.join(" "), aloud = n.name.startsWith(shown.replace(/ ?…$/, "")) ? words : `${shown}, ${words}`;
      const name = el("text", { class: "name", "text-anchor": "middle" }, ...n.lines.map((line, k) => el("tspan", { x: n.x.toFixed(1), y: (n.y + n.r + LINE * (k + 1)).toFixed(1) }, k ? ` ${line}` : line)));
      const disc = el("a", { href: options.href("actor", n.key), "aria-label": aloud }, el("title", {}, words), el("circle", { class: "shape node fn", cx: n.x.toFixed(1), cy: n.y.toFixed(1), r: n.r.toFixed(1) }), name);
      // Under the pointer or the focus of keys a party stands out with its ties.
      const light = (on) => {
        svg.classList.toggle("picking", on);
        for (const [a, b, tie] of ties) if (a === n.i || b === n.i) { tie.classList.toggle("on", on); discs[a].classList.toggle("on", on); discs[b].classList.toggle("on", on); }
        disc.classList.toggle("on", on);
      };
      for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) disc.addEventListener(event, () => light(on));
      discs.push(disc); svg.append(disc);
    }
    box.replaceChildren(svg);
  };
})();
