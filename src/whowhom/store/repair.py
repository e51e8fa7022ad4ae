"""After damage: unreadable parts go to ``damaged/``, and pages that lost rows go with them to be coded anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from whowhom.store import layout, parts
from whowhom.store.change import Change
from whowhom.store.commit import Commit, replace


def repair(root: Path, bad: Sequence[parts.DamagedPart], number: int) -> int:
    """Move damaged parts out of the way and drop what is left of the pages that had rows in them, so that the
    same `whowhom code` codes these pages anew. Under the store's lock; gives the number of the last shard."""
    import pyarrow as pa

    days: set[str] = set()
    for error in bad:
        path = Path(error.where)
        name = path.relative_to(root)
        if name.parts[0] in layout.DAILY:
            days.add(path.parent.name)
        target = root / "damaged" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(path, target)
    change, gone = Change(root), []
    for day in sorted(days):
        lost = _incomplete(root, day)
        for table in layout.DAILY:
            column = "id" if table == "documents" else "document"
            out = change.take_out(table, day, lambda t, c=column, ids=lost: pa.array([i in ids for i in t.column(c).to_pylist()], pa.bool_()))  # type: ignore[misc]
            if table == "documents":
                gone += out.column("key").to_pylist()
    if not change.contents:
        return number
    commit = Commit(root, number + 1, {"forget": gone})
    change.carry_out(commit)
    return commit.number


def _incomplete(root: Path, day: str) -> set[str]:
    """Documents of a day whose rows are not all there, and documents that other tables know and documents lacks."""
    wanted: dict[str, dict[str, int]] = {}
    for path in sorted((root / "documents" / day).glob("part-*.parquet")):
        for one in parts.read(path, ["id", *(f"n_{t}" for t in layout.DAILY[:-1])]).to_pylist():
            wanted[one["id"]] = one
    lost: set[str] = set()
    for table in layout.DAILY[:-1]:
        there: Counter[str] = Counter()
        for path in sorted((root / table / day).glob("part-*.parquet")):
            there.update(parts.read(path, ["document"]).column("document").to_pylist())
        lost |= {d for d in {*wanted, *there} if d not in wanted or there[d] != wanted[d][f"n_{table}"]}
    return lost
