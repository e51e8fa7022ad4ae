"""The states on a side of an event."""

from __future__ import annotations

from collections.abc import Iterable

from whowhom.model import Actor


def countries(side: Iterable[Actor]) -> set[str]:
    """Country codes of parties, members of alliances included."""
    return {c for a in side for c in (a.country, *a.members) if c}
