"""The option `--actors` of commands that resolve: users' own actors, with what is wrong in their files on stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

#: Problems that a run names; `whowhom actors --actors FILE` names all.
_MOST = 20

Actors = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="Your own actors: CSV with the columns name, aliases, country, sector, from, to, id, or a PETRARCH dictionary. May be given several times.",
    ),
]


def own(files: list[Path] | None) -> tuple[str, ...]:
    """The paths as settings hold them. Raises InputError for a file that cannot be used; single lines are warned of."""
    if not files:
        return ()
    from whowhom.knowledge.dictionaries import problems

    paths = tuple(str(f) for f in files)
    found = problems(paths)
    for problem in found[:_MOST]:
        sys.stderr.write(f"whowhom: {problem}\n")
    if len(found) > _MOST:
        sys.stderr.write(f"whowhom: {len(found) - _MOST} more lines of this kind; all of them: whowhom actors --actors {' --actors '.join(paths)}\n")
    return paths
