"""Counts for statistics: countries by month, directed dyads by month, and a bilateral index with its uncertainty.

An event counts in the month of its own date, not of the report's. Reports are events of documents; a story counts
once, as the event that stands for it. Rows are filled with zeros over the states that existed in the month (those
with a Gleditsch-Ward code); other actors (organisations, territories) have rows where something was reported.

The index of a pair of states and month is the log ratio of cooperation (quads 1 and 2) to conflict (3 and 4), both
directions together, each count plus one half:

    index = ln((c + 1/2) / (k + 1/2)),    se = sqrt(1/(c + 1/2) + 1/(k + 1/2))

It is 0 with a wide interval where nothing was reported and grows surer with the number of stories. Lowe, Benoit,
Mikhaylov and Laver, "Scaling Policy Preferences from Coded Political Texts", Legislative Studies Quarterly 36(1),
2011, pp. 123-155, give this logit scale and its interval for counts of opposed statements. `low` and `high` are
index -/+ 1.96 se.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from whowhom.errors import InputError, OutputError
from whowhom.knowledge import ontology
from whowhom.store.commit import replace
from whowhom.store.export import check_statuses
from whowhom.store.store import Store

if TYPE_CHECKING:
    import duckdb

TABLES = ("country_month", "dyad_month", "pair_month")


@dataclass(frozen=True, slots=True)
class Aggregated:
    """What was written: rows by table, first and last month, and events left out since no month is known."""

    rows: dict[str, int]
    first: str
    last: str
    undated: int


def aggregate(
    store: Store, output: Path, status: Sequence[str] = ("asserted",), format: str = "csv", first: str = "", last: str = "", active: bool = False
) -> Aggregated:
    """Write the tables into a folder as CSV or Parquet, with ``columns.tsv``, which says what each column holds.

    `first` and `last` are months (YYYY-MM), by default those of the data. `active` leaves out pairs of states
    between which nothing was reported in any month: all pairs of the world are 40,000 rows a month. Raises
    InputError for a wrong month, status or format, OutputError where nothing can be written.
    """
    if format not in ("csv", "parquet"):
        raise InputError(f"no format {format!r}", remedy="choose csv or parquet")
    con = store.connection().cursor()
    statuses = check_statuses(status)
    con.execute(f"CREATE OR REPLACE TEMP TABLE told AS {_TOLD}", [list(statuses)])
    undated = _one(con, "SELECT count(DISTINCT event_id) FROM told WHERE month = ''")
    first = _month(first) or str(_one(con, "SELECT coalesce(min(month), '') FROM told WHERE month <> ''"))
    last = _month(last) or str(_one(con, "SELECT coalesce(max(month), '') FROM told WHERE month <> ''"))
    if not first or not last or first > last:
        raise InputError("no dated events to count" if not first else f"no months between {first} and {last}", where=str(store.root))
    if int(last[:4]) - int(first[:4]) > 300:
        raise InputError(f"months from {first} to {last}", where=str(store.root), remedy="give --from and --to")
    _frame(con, first, last)
    queries = {"country_month": _country_month(), "dyad_month": _dyad_month(active), "pair_month": _pair_month(active)}
    rows = {}
    try:
        output.mkdir(parents=True, exist_ok=True)
        for table, query in queries.items():
            rows[table] = _copy(con, query, output / f"{table}.{format}")
        (output / "columns.tsv").write_text(_columns(), encoding="utf8")
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror or error}", where=str(output), remedy="choose another folder with -o") from error
    return Aggregated(rows, first, last, int(undated))


#: Dyads that count: month by the event's date, '' where only a year is known.
_TOLD = (
    "SELECT *, CASE WHEN length(coalesce(nullif(date, ''), published)) >= 7 THEN coalesce(nullif(date, ''), published)[1:7] ELSE '' END AS month "
    "FROM dyads WHERE list_contains(?, status)"
)


def _frame(con: duckdb.DuckDBPyConnection, first: str, last: str) -> None:
    """States that existed by month, as a table to be filled."""
    from whowhom.knowledge.states import states

    months = []
    year, month = int(first[:4]), int(first[5:7])
    while (now := f"{year:04d}-{month:02d}") <= last:
        months.append(now)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    con.execute("CREATE OR REPLACE TEMP TABLE codes (country VARCHAR, cow VARCHAR, gw VARCHAR, name VARCHAR)")
    con.executemany("INSERT INTO codes VALUES (?, ?, ?, ?)", [[s.iso3, s.cow, s.gw, s.name] for s in states().values()])
    con.execute("CREATE OR REPLACE TEMP TABLE frame (country VARCHAR, month VARCHAR)")
    rows = [(s.iso3, m) for s in states().values() if s.gw for m in months if s.existed(m)]
    for at in range(0, len(rows), 5000):
        marks = ", ".join(["(?, ?)"] * len(rows[at : at + 5000]))
        con.execute(f"INSERT INTO frame VALUES {marks}", [x for r in rows[at : at + 5000] for x in r])
    con.execute("CREATE OR REPLACE TEMP TABLE span AS SELECT ? AS first, ? AS last", [first, last])


def _counts() -> str:
    """Columns of counts and means over rows `t` of distinct events."""
    types = ontology.load().types
    parts = ["count(t.event_id) AS reports", "count(t.event_id) FILTER (t.head) AS stories"]
    for unit, which in (("reports", ""), ("stories", " AND t.head")):
        parts += [f"count(t.event_id) FILTER (t.quad = {q}{which}) AS quad{q}_{unit}" for q in (1, 2, 3, 4)]
    for unit, which in (("reports", ""), ("stories", " AND t.head")):
        parts += [f"count(t.event_id) FILTER (t.event = '{kind}'{which}) AS {kind.lower()}_{unit}" for kind in types]
    parts += ["avg(t.score_plover) FILTER (t.head) AS plover_mean", "avg(t.score_goldstein) FILTER (t.head) AS goldstein_mean"]
    return ", ".join(parts)


def _country_month() -> str:
    sides = " UNION ALL ".join(
        f"SELECT DISTINCT '{side}' AS role, {side}_country AS country, month, event_id, head, event, quad, score_plover, score_goldstein "
        f"FROM told, span WHERE month BETWEEN first AND last AND {side}_country <> ''"
        for side in ("actor", "recipient")
    )
    return (
        f"WITH t AS ({sides}), f AS (SELECT role, country, month FROM frame, (VALUES ('actor'), ('recipient')) r(role) "
        "UNION SELECT role, country, month FROM t) "
        f"SELECT f.country, c.cow, c.gw, c.name, f.month, f.role, {_counts()} FROM f LEFT JOIN t USING (role, country, month) "
        "LEFT JOIN codes c ON c.country = f.country GROUP BY ALL ORDER BY f.country, f.month, f.role"
    )


def _dyads(active: bool) -> str:
    """Rows t of distinct events by directed dyad, and the frame f to fill."""
    fill = "SELECT a.country AS actor, r.country AS recipient, a.month FROM frame a JOIN frame r ON r.month = a.month"
    if active:
        fill = (
            "SELECT k.actor, k.recipient, a.month FROM (SELECT DISTINCT actor, recipient FROM t) k JOIN frame a ON a.country = k.actor "
            "JOIN frame r ON r.country = k.recipient AND r.month = a.month"
        )
    return (
        "WITH t AS (SELECT DISTINCT actor_country AS actor, recipient_country AS recipient, month, event_id, head, event, quad, score_plover, "
        "score_goldstein FROM told, span WHERE month BETWEEN first AND last AND actor_country <> '' AND recipient_country <> ''), "
        f"f AS ({fill} UNION SELECT actor, recipient, month FROM t)"
    )


def _dyad_month(active: bool) -> str:
    return (
        f"{_dyads(active)} SELECT f.actor, a.cow AS actor_cow, a.gw AS actor_gw, f.recipient, r.cow AS recipient_cow, r.gw AS recipient_gw, f.month, "
        f"{_counts()} FROM f LEFT JOIN t USING (actor, recipient, month) LEFT JOIN codes a ON a.country = f.actor "
        "LEFT JOIN codes r ON r.country = f.recipient GROUP BY ALL ORDER BY f.actor, f.recipient, f.month"
    )


def _pair_month(active: bool) -> str:
    return (
        f"{_dyads(active)}, p AS (SELECT DISTINCT least(actor, recipient) AS a, greatest(actor, recipient) AS b, month "
        "FROM f WHERE actor <> recipient), "
        "u AS (SELECT DISTINCT least(actor, recipient) AS a, greatest(actor, recipient) AS b, month, event_id, quad, score_goldstein FROM t "
        "WHERE head AND actor <> recipient), "
        "n AS (SELECT a, b, month, count(u.quad) FILTER (u.quad <= 2) AS cooperation, count(u.quad) FILTER (u.quad >= 3) AS conflict, "
        "avg(u.score_goldstein) AS goldstein_mean, stddev_samp(u.score_goldstein) / sqrt(count(u.quad)) AS goldstein_se "
        "FROM p LEFT JOIN u USING (a, b, month) GROUP BY ALL), "
        "i AS (SELECT *, ln((cooperation + 0.5) / (conflict + 0.5)) AS index, sqrt(1 / (cooperation + 0.5) + 1 / (conflict + 0.5)) AS se FROM n) "
        "SELECT i.a AS country_a, x.cow AS cow_a, x.gw AS gw_a, i.b AS country_b, y.cow AS cow_b, y.gw AS gw_b, month, "
        "cooperation, conflict, index, se, "
        "index - 1.96 * se AS low, index + 1.96 * se AS high, goldstein_mean, goldstein_se FROM i "
        "LEFT JOIN codes x ON x.country = i.a LEFT JOIN codes y ON y.country = i.b ORDER BY i.a, i.b, month"
    )


def _copy(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    """Write a query's rows to a file that is there in full or not at all; their number."""
    import duckdb

    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    quoted = str(temporary).replace("'", "''")
    how = "FORMAT csv, HEADER" if target.suffix == ".csv" else "FORMAT parquet, COMPRESSION zstd"
    try:
        done = con.execute(f"COPY ({query}) TO '{quoted}' ({how})").fetchone()
        replace(temporary, target)
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return int(done[0]) if done else 0


def _one(con: duckdb.DuckDBPyConnection, query: str) -> int | str:
    row = con.execute(query).fetchone()
    value: int | str = row[0] if row else 0
    return value


def _month(given: str) -> str:
    if not given:
        return ""
    head, _, tail = given.partition("-")
    if len(head) != 4 or len(tail) < 2 or not (head + tail[:2]).isdigit() or not 1 <= int(tail[:2]) <= 12:
        raise InputError(f"{given!r} is no month", remedy="write it as YYYY-MM")
    return f"{head}-{tail[:2]}"


def _columns() -> str:
    lines = [
        "column\tmeaning",
        "country, actor, recipient, country_a, country_b\tISO 3166 alpha-3 code (KOS for Kosovo), or PLOVER's code for what is no state",
        "cow, gw\tCorrelates of War and Gleditsch-Ward numbers; empty for what is no state",
        "month\tof the event's own date; of its publication where the text gives none",
        "role\twhether the country acts or receives",
        "reports\tevents of documents",
        "stories\thappenings: reports of one counted once (all reports, before `whowhom stories` was run)",
        "quadN_reports, quadN_stories\t1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
        "TYPE_reports, TYPE_stories\tby PLOVER type",
        "plover_mean, goldstein_mean\tmean score over stories; empty where there is none",
        "cooperation, conflict\tstories of quads 1 and 2, 3 and 4, in both directions",
        "index, se, low, high\tln((cooperation + 1/2) / (conflict + 1/2)), its standard error and 95 % interval (Lowe et al. 2011)",
        "goldstein_se\tstandard error of the mean",
    ]
    return "\n".join(lines) + "\n"
