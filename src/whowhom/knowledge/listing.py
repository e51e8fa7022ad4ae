"""Lists of states in running text: "Australia, India, Japan and the United States"."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.knowledge.lexicon import Match

#: What stands between the states of a list.
_BETWEEN = frozenset((",", "and", "the", "&", ""))


def state_lists(words: Sequence[str], matches: Sequence[Match], least: int = 3) -> list[tuple[int, int, tuple[str, ...]]]:
    """Lists of at least so many different states: begin and end in words, and the ISO3 codes in their order. `matches` are what
    the lexicon finds in the words."""
    out: list[tuple[int, int, tuple[str, ...]]] = []
    begin = end = 0
    codes: list[str] = []
    for match in matches:
        entry = next((e for e in match.entries if e.kind == "country" and e.sub in ("name", "people")), None)
        if codes:
            between = {w.lower() for w in words[end : match.begin]}
            if entry is None or entry.country in codes or not between or not between <= _BETWEEN:
                out.append((begin, end, tuple(codes)))
                codes = []
        if entry is not None:
            begin = begin if codes else match.begin
            end = match.end
            codes.append(entry.country)
    out.append((begin, end, tuple(codes)))
    return [x for x in out if len(x[2]) >= least]
