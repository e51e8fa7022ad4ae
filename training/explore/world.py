"""Compile the world map of the report and the explorer: `python -m training.explore.world`.

Shapes: world-atlas 2.0.2 countries-50m (ISC; Natural Earth 4.1, public domain). Codes: i18n-iso-countries 7.14.0
(MIT). Both come from the npm registry with `npm pack` and are checked by hash. The result is
``src/whowhom/explore/look/world.json``: for each country the ISO alpha-3 code ('' for shapes without one), a name, an
SVG path in an Equal Earth projection of `WIDTH` units, and a point inside it. Arcs are simplified before they
are joined, so neighbours keep a common border.
"""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

WIDTH = 960
#: Simplification, in units of the drawing: what is nearer to the line than this is left out.
TOLERANCE = 0.35
#: Islands smaller than this many square units are left out where a country has a larger part.
SMALLEST = 0.6
#: Package, file in it, SHA-256 of the file.
SHAPES = ("world-atlas@2.0.2", "countries-50m.json", "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394")
CODES = ("i18n-iso-countries@7.14.0", "codes.json", "736d7666e943e0bca25c518e3903e2b328ce54b94662553a6472c379dbfb50aa")
#: Shapes that Natural Earth draws without a number: PLOVER's code for Kosovo; the others stay without a code.
NAMED = {"Kosovo": "KOS"}
OUT = Path(__file__).parents[2] / "src/whowhom/explore/look/world.json"

Point = tuple[float, float]


def fetch(package: str, member: str, sha256: str) -> bytes:
    """A file out of an npm package. Raises ValueError when it is not the file that was reviewed."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, capture_output=True, text=True, check=True)
        with tarfile.open(Path(folder) / done.stdout.strip().splitlines()[-1]) as archive:
            file = archive.extractfile(f"package/{member}")
            assert file is not None
            content = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{package} {member}: other content than expected")
    return content


def equal_earth(longitude: float, latitude: float) -> Point:
    """Equal Earth (Savric, Patterson and Jenny 2018), scaled to `WIDTH`; y grows downwards."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    y = t * (a4 * t**8 + a3 * t**6 + a2 * t**2 + a1)
    scale = WIDTH / (2 * 2.7066297)
    return WIDTH / 2 + x * scale, scale * 1.3173628 - y * scale


def simplify(points: list[Point]) -> list[Point]:
    """Douglas and Peucker, without recursion; ends stay."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = math.hypot(bx - ax, by - ay)
        far, at = 0.0, -1
        for i in range(first + 1, last):
            x, y = points[i]
            d = math.hypot(x - ax, y - ay) if length == 0 else abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            if d > far:
                far, at = d, i
        if far > TOLERANCE:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def join(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The ring that these arcs make; a negative index is an arc backwards."""
    ring: list[Point] = []
    for i in indexes:
        ring += (arcs[i] if i >= 0 else arcs[~i][::-1])[1 if ring else 0 :]
    return ring[:-1] if ring and ring[0] == ring[-1] else ring


def cut_at_date_line(ring: list[Point]) -> list[list[Point]]:
    """The two parts, in degrees, of a ring that runs over the date line (the atlas joins them)."""
    unwound = [ring[0]]
    for x, y in ring[1:]:
        unwound.append((x + 360 * round((unwound[-1][0] - x) / 360), y))
    line = 180.0 if max(x for x, _ in unwound) > 180 else -180.0
    halves = []
    for sign in (1, -1):
        half: list[Point] = []
        for (ax, ay), (bx, by) in zip(unwound, unwound[1:] + unwound[:1], strict=True):
            if sign * (ax - line) <= 0:
                half.append((ax, ay))
            if (ax - line) * (bx - line) < 0:
                half.append((line, ay + (by - ay) * (line - ax) / (bx - ax)))
        middle = sum(x for x, _ in half) / max(1, len(half))
        shift = -360 if middle > 180 else 360 if middle < -180 else 0
        if len(half) > 2:
            halves.append([(x + shift, y) for x, y in half])
    return halves


def area(ring: list[Point]) -> float:
    """Signed area."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def centre(ring: list[Point]) -> Point:
    """Centre of gravity."""
    total = area(ring) or 1e-9
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * total)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * total)
    return x, y


def path(ring: list[Point]) -> str:
    """A closed SVG path with relative steps, one decimal."""
    spots = [(round(x * 10), round(y * 10)) for x, y in ring]
    spots = [p for i, p in enumerate(spots) if i == 0 or p != spots[i - 1]]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(spots, spots[1:], strict=False)]
    return f"M{_short(spots[0][0])} {_short(spots[0][1])}l" + " ".join(f"{_short(x)} {_short(y)}" for x, y in steps) + "z"


def _short(tenths: int) -> str:
    text = f"{tenths / 10:g}"
    return text.replace("0.", ".") if text.startswith(("0.", "-0.")) else text


def main() -> None:
    """Write the map."""
    atlas: dict[str, Any] = json.loads(fetch(*SHAPES))
    codes = {row[2]: row[1] for row in json.loads(fetch(*CODES))}
    (kx, ky), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs: list[list[Point]] = []
    whole: list[list[Point]] = []
    degrees: list[list[Point]] = []
    for arc in atlas["arcs"]:
        x = y = 0
        spots = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            spots.append((x * kx + tx, y * ky + ty))
        points = [equal_earth(*spot) for spot in spots]
        degrees.append(spots)
        whole.append(points)
        arcs.append(simplify(points))
    out = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        rings, outers = [], []
        for polygon in polygons:
            for n, indexes in enumerate(polygon):
                round_world = join(indexes, degrees)
                if max(abs(a[0] - b[0]) for a, b in zip(round_world, round_world[1:], strict=False)) > 180:
                    halves = [[equal_earth(*spot) for spot in half] for half in cut_at_date_line(round_world)]
                    rings += [simplify(half) for half in halves]
                    outers += halves if n == 0 else []
                else:
                    rings.append(join(indexes, arcs))
                    outers += [join(indexes, whole)] if n == 0 else []
        big = max(outers, key=lambda r: abs(area(r)))
        largest = max(abs(area(r)) for r in rings)
        kept = [r for r in rings if len(r) > 2 and abs(area(r)) >= min(SMALLEST, largest)]
        x, y = centre(big)
        code = NAMED.get(name) or codes.get(str(shape.get("id", "")).zfill(3), "")
        out.append([code, name, "".join(path(r) for r in kept), round(x), round(y)])
    out.sort()
    note = "Shapes: Natural Earth 4.1 (public domain) by world-atlas 2.0.2 (ISC), Equal Earth projection, simplified."
    height = round(WIDTH / 2.7066297 * 1.3173628 * 0.9)  # without Antarctica
    whole_map = {"note": note, "width": WIDTH, "height": height, "countries": out}
    text = json.dumps(whole_map, ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text, encoding="utf8")
    print(len(out), "shapes", len(text.encode()) // 1024, "KiB", hashlib.sha256(text.encode()).hexdigest()[:16], [r[1] for r in out if not r[0]])


if __name__ == "__main__":
    main()
