"""The questions that pages ask of the index: numbers, lists, and the data of charts. SQL lives here and nowhere else."""

from __future__ import annotations

from typing import Any

from whowhom.explore.look import country_name, names
from whowhom.explore.web.filters import STEP, Filter
from whowhom.explore.web.index import Index

#: Columns of an event in lists, the JSON API and downloads.
COLUMNS = (
    "id", "document", "event", "mode", "quad", "status", "date", "date_end", "confidence", "score_plover", "score_goldstein", "cameo", "context",
    "text", "story", "published", "publisher", "url", "title", "place", "place_country", "latitude", "longitude", "planned", "against",
)  # fmt: skip
#: Rows that one download or API answer may have.
MOST_ROWS = 50_000
NODES = 30
#: Up to here documents, stories and publishers are counted one by one; beyond, the estimate is off by a percent or two.
COUNTED = 200_000


def events(index: Index, chosen: Filter, page: int = 0, step: int = STEP) -> list[dict[str, Any]]:
    """A page of events, newest first, each with `actors`, `recipients` ([label, country, sector]) and `said`."""
    where, values = chosen.where()
    # Narrow first, fetch wide after: only the page's rows are read in full.
    inner = f"SELECT n FROM ev WHERE {where} ORDER BY n LIMIT ? OFFSET ?"
    found = index.dicts(f"SELECT n, {', '.join(COLUMNS)} FROM ev WHERE n IN ({inner}) ORDER BY n", [*values, step, page * step], ("n", *COLUMNS))
    return with_parties(index, found)


def with_parties(index: Index, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with their parties and speakers."""
    by_number = {row["n"]: row for row in found}
    for row in found:
        row |= {"actors": [], "recipients": [], "said": []}
    for first in range(0, len(found), 2000):
        numbers = [row["n"] for row in found[first : first + 2000]]
        marks = ", ".join("?" * len(numbers))
        for n, side, label, country, sector in index.ask(f"SELECT n, side, label, country, sector FROM party WHERE n IN ({marks})", numbers):
            by_number[n]["recipients" if side else "actors"].append([label, country, sector])
        for n, label in index.ask(f"SELECT n, label FROM speaker WHERE n IN ({marks})", numbers):
            by_number[n]["said"].append(label)
    return found


def event(index: Index, id: str) -> dict[str, Any] | None:
    """One row, or None."""
    found = index.dicts(f"SELECT n, {', '.join(COLUMNS)} FROM ev WHERE id = ?", [id], ("n", *COLUMNS))
    return with_parties(index, found)[0] if found else None


def numbers(index: Index, chosen: Filter) -> dict[str, int]:
    """How many events, of them asserted, documents, stories, publishers."""
    where, values = chosen.where()
    sql = "SELECT count(*), count(*) FILTER (status = 'asserted'), {} FROM ev WHERE " + where
    columns = ("document", "nullif(story, '')", "nullif(publisher, '')")
    found = index.ask(sql.format(", ".join(f"approx_count_distinct({c})" for c in columns)), values)[0]
    if found[0] <= COUNTED:
        found = index.ask(sql.format(", ".join(f"count(DISTINCT {c})" for c in columns)), values)[0]
    return dict(zip(("events", "asserted", "documents", "stories", "publishers"), found, strict=True))


def timeline(index: Index, chosen: Filter) -> dict[str, Any]:
    """Events per day, month or year and quad: {unit, rows: [[time, q1, q2, q3, q4]], left} (`left`: not drawn)."""
    from datetime import date

    where, values = chosen.without("time").where(counted=True)
    total, low, high, first, last = index.ask(
        f"SELECT count(*), quantile_disc(date, 0.02), quantile_disc(date, 0.98), quantile_disc(date, 0.003), quantile_disc(date, 0.997) "
        f"FROM ev WHERE {where} AND date <> ''", values
    )[0]  # fmt: skip
    if not total:
        return {"unit": "day", "rows": [], "left": 0}
    days = (date.fromisoformat(_day(high)) - date.fromisoformat(_day(low))).days
    unit, size = ("day", 10) if days <= 100 else ("month", 7) if days <= 366 * 14 else ("year", 4)
    rows = index.ask(
        f"SELECT date[1:{size}] AS t, count(*) FILTER (quad = 1), count(*) FILTER (quad = 2), count(*) FILTER (quad = 3), "
        f"count(*) FILTER (quad = 4) FROM ev WHERE {where} AND length(date) >= {size} AND date[1:{size}] BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
        [*values, first[:size], last[:size]],
    )
    drawn = sum(sum(r[1:]) for r in rows)
    return {"unit": unit, "rows": [list(r) for r in rows], "left": total - drawn}


def _day(text: str) -> str:
    """The first day of a date that may be cut at its year or month."""
    return text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text[:10]


def map_data(index: Index, chosen: Filter) -> dict[str, Any]:
    """Cooperation and conflict per country that takes part, and per place."""
    where, values = chosen.where(counted=True)
    countries = index.ask(
        f"WITH hit AS (SELECT n, quad FROM ev WHERE {where}) "
        "SELECT country, count(DISTINCT n) FILTER (quad < 3), count(DISTINCT n) FILTER (quad > 2) "
        "FROM hit JOIN party USING (n) WHERE country <> '' GROUP BY 1", values
    )  # fmt: skip
    spots = index.ask(
        f"SELECT place, any_value(latitude), any_value(longitude), count(*) FILTER (quad < 3), count(*) FILTER (quad > 2) FROM ev "
        f"WHERE {where} AND latitude IS NOT NULL AND NOT isnan(latitude) AND longitude IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 300",
        values,
    )
    return {"countries": {c: [x, y] for c, x, y in countries}, "spots": [list(s) for s in spots]}


def network(index: Index, chosen: Filter, by: str = "country") -> dict[str, Any]:
    """The strongest ties as nodes [key, name, events] and links [from, to, cooperation, conflict]."""
    links = pairs(index, chosen, by, NODES * 2)  # more ties than that are a knot
    weight: dict[str, int] = {}
    kept: list[dict[str, Any]] = []
    for link in links:
        ends = {link["a"], link["b"]}
        if len(weight.keys() | ends) <= NODES:
            kept.append(link)
            for end in ends:
                weight[end] = weight.get(end, 0) + link["events"]
    order = sorted(weight, key=lambda k: -weight[k])
    at = {key: i for i, key in enumerate(order)}
    return {
        "nodes": [[k, country_name(k) if by == "country" else k, weight[k]] for k in order],
        "links": [[at[x["a"]], at[x["b"]], sum(x["quads"][:2]), sum(x["quads"][2:])] for x in kept],
    }


def pairs(index: Index, chosen: Filter, by: str = "country", most: int = 12) -> list[dict[str, Any]]:
    """Directed pairs by number of events: {a, b, events, quads}."""
    where, values = chosen.where(counted=True)
    kind = "key" if by == "country" else "label"
    rows = index.ask(
        f"WITH hit AS (SELECT n, quad FROM ev WHERE {where}) "
        f"SELECT a_{kind} AS a, b_{kind} AS b, count(DISTINCT n) AS k, count(*) FILTER (quad = 1), "
        "count(*) FILTER (quad = 2), count(*) FILTER (quad = 3), count(*) FILTER (quad = 4) FROM hit JOIN dyad USING (n) GROUP BY 1, 2 "
        # Of equally many those between countries first: "43 people" says less.
        "ORDER BY k DESC, (length(a) = 3)::INT + (length(b) = 3)::INT DESC, 1, 2 LIMIT ?", [*values, most]
    )  # fmt: skip
    return [{"a": a, "b": b, "events": k, "quads": q} for a, b, k, *q in rows]


def actors(index: Index, chosen: Filter, by: str = "label", most: int = 20) -> list[dict[str, Any]]:
    """Who takes part most: {name, events, acts, receives}; `by` is label or country."""
    where, values = chosen.where(counted=True)
    column = "country" if by == "country" else "label"
    rows = index.ask(
        f"WITH hit AS (SELECT n FROM ev WHERE {where}) SELECT {column}, count(DISTINCT n), count(*) FILTER (side = 0), count(*) FILTER (side = 1) "
        f"FROM hit JOIN party USING (n) WHERE {column} <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", [*values, most]
    )  # fmt: skip
    return [{"name": name, "events": n, "acts": acts, "receives": receives} for name, n, acts, receives in rows]


def speakers(index: Index, chosen: Filter, most: int = 12) -> list[tuple[str, int]]:
    """On whose word: [(name, events)]."""
    where, values = chosen.where()
    sql = f"WITH hit AS (SELECT n FROM ev WHERE {where}) SELECT label, count(*) FROM hit JOIN speaker USING (n) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
    return [(label, n) for label, n in index.ask(sql, [*values, most])]


def types(index: Index, chosen: Filter) -> list[tuple[str, int, int]]:
    """[(type, quad, events)], the most frequent first."""
    where, values = chosen.where(counted=True)
    return [(t, q, n) for t, q, n in index.ask(f"SELECT event, any_value(quad), count(*) FROM ev WHERE {where} GROUP BY 1 ORDER BY 3 DESC", values)]


def choices(index: Index) -> dict[str, list[str]]:
    """Values that a form suggests by kind (publisher, place, said, label, country), the most frequent first."""
    found: dict[str, list[str]] = {"publisher": [], "place": [], "said": [], "label": [], "country": []}
    for kind, value in index.ask("SELECT kind, value FROM choices ORDER BY n DESC, value"):
        found[kind].append(value)
    return found


def near(index: Index, chosen: Filter) -> list[tuple[str, str]]:
    """For filters that fit nothing: (condition, value) of parties, speakers and places whose name holds the words that were asked for."""
    tables = {"actor": ("label", "party"), "a": ("label", "party"), "b": ("label", "party"), "said": ("label", "speaker"), "place": ("place", "ev")}
    found: list[tuple[str, str]] = []
    for name, (column, table) in tables.items():
        asked = getattr(chosen, name)
        if not asked:
            continue
        if table == "party":
            found += [(name, code) for code, words in names()["country"].items() if asked.casefold() in (words.casefold(), code.casefold())]
        sql = f"SELECT {column} FROM {table} WHERE contains(lower({column}), lower(?)) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 6"
        found += [(name, value) for (value,) in index.ask(sql, [asked])]
    return [pair for pair in dict.fromkeys(found) if pair[1] != getattr(chosen, pair[0])]


def neighbours(index: Index, row: dict[str, Any], most: int = 6, days: int = 3) -> list[dict[str, Any]]:
    """Events of other documents that could tell of the same happening: cooperation or conflict alike, a party in common,
    at most `days` apart. Those of the same type first, then the nearest in time."""
    from datetime import date, timedelta

    if len(row["date"]) < 10:
        return []
    day = date.fromisoformat(row["date"][:10])
    sql = (
        "WITH own AS (SELECT label, country FROM party WHERE n = ?), close AS (SELECT n, event, date FROM ev "
        "WHERE length(date) >= 10 AND date >= ? AND date[1:10] <= ? AND document <> ? AND (quad < 3) = ?) "
        "SELECT n FROM close WHERE n IN (SELECT n FROM party WHERE label IN (SELECT label FROM own) "
        "OR (country <> '' AND country IN (SELECT country FROM own))) ORDER BY event = ? DESC, abs(datediff('day', TRY_CAST(date[1:10] AS DATE), ?::DATE)), n LIMIT ?"
    )
    first, last = ((day + timedelta(days=d)).isoformat() for d in (-days, days))
    numbers_ = [n for (n,) in index.ask(sql, [row["n"], first, last, row["document"], row["quad"] < 3, row["event"], day.isoformat(), most])]
    return by_numbers(index, numbers_)


def by_numbers(index: Index, wanted: list[int]) -> list[dict[str, Any]]:
    """Rows of these numbers, in this order."""
    marks = ", ".join("?" * len(wanted))
    found = index.dicts(f"SELECT n, {', '.join(COLUMNS)} FROM ev WHERE n IN ({marks})", wanted, ("n", *COLUMNS)) if wanted else []
    return sorted(with_parties(index, found), key=lambda r: wanted.index(r["n"]))


def by_ids(index: Index, wanted: list[str]) -> dict[str, dict[str, Any]]:
    """Rows of these events by id; one that the index lacks is left out."""
    marks = ", ".join("?" * len(wanted))
    found = index.dicts(f"SELECT n, {', '.join(COLUMNS)} FROM ev WHERE id IN ({marks})", wanted, ("n", *COLUMNS)) if wanted else []
    return {row["id"]: row for row in with_parties(index, found)}


def story_ids(index: Index, chosen: Filter, most: int, first: int) -> list[str]:
    """Stories with an event that fits, those of most documents (that fit) first."""
    where, values = chosen.where()
    sql = f"SELECT story FROM ev WHERE {where} AND story <> '' GROUP BY 1 ORDER BY count(DISTINCT document) DESC, max(date) DESC, 1 LIMIT ? OFFSET ?"
    return [story for (story,) in index.ask(sql, [*values, most, first])]
