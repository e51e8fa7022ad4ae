"""The same happening: reports whose type, parties, day and place fit, and whose text does not say otherwise.

Reports are compared inside blocks only: days near one another, the same pair of states (or the same single state
where a report names one side), the same town or a name that sounds alike, types that can be told for one another.
Reports tied by a probability above the threshold form a component; inside it reports merge while the mean probability
between two groups stays above the threshold, so that no chain of weak ties makes one story of two. What people judged
stands above the model.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import combinations

from whowhom.config import threshold
from whowhom.knowledge.spelling import sound
from whowhom.model import content_id
from whowhom.stories import likeness
from whowhom.stories.likeness import Report
from whowhom.stories.records import Judgement, Story, StoryReport
from whowhom.stories.telling import tell

#: Days between which two reports are compared.
WINDOW_DAYS = 3
#: Reports of one block that a report is compared with, the nearest in time first; a bound for days on which one
#: dyad fills the papers.
BLOCK = 300
#: Names of a sentence under whose sound a report is looked up.
NAMES = 6
#: Reports of one component that are all compared with one another; larger components keep to their ties.
COMPONENT = 80
#: A pair that was judged different is written down when it was at least this likely.
CLOSE_CALL = 0.3


@lru_cache(maxsize=1)
def judge_name() -> str:
    """The model's name and version, as it stands in judgements."""
    state = hashlib.blake2b(digest_size=4)
    for name in ("model.tsv", "near_types.tsv", "markers.tsv"):
        state.update((resources.files("whowhom.stories") / name).read_bytes())
    return f"join {state.hexdigest()}"


@dataclass(frozen=True, slots=True)
class Joined:
    """A component's outcome."""

    stories: tuple[Story, ...]
    reports: tuple[StoryReport, ...]
    judgements: tuple[Judgement, ...]


@dataclass
class _Groups:
    """Union-find over event ids."""

    parent: dict[str, str] = field(default_factory=dict)

    def find(self, x: str) -> str:
        while (up := self.parent.get(x, x)) != x:
            self.parent[x] = self.parent.get(up, up)
            x = up
        return x

    def unite(self, x: str, y: str) -> None:
        x, y = self.find(x), self.find(y)
        if x != y:
            self.parent[max(x, y)] = min(x, y)


def join(read: Callable[[], Iterable[Report]], judged: Mapping[tuple[str, str], str] | None = None) -> Iterator[Joined]:
    """Join reports to stories; every report ends in exactly one.

    `read` gives the reports in the order of `Report.anchor`, and is called twice, so that only a window of days is
    held in memory. `judged` are people's verdicts (same or different) on pairs of event ids, the smaller first.
    """
    said = judged or {}
    groups = _Groups()
    size: dict[str, int] = defaultdict(lambda: 1)
    for a, b in _ties(read()):
        if said.get(_pair(a, b)) != "different":
            groups.unite(a, b)
    for (a, b), verdict in said.items():
        if verdict == "same":
            groups.unite(a, b)
    for x in list(groups.parent):
        size[groups.find(x)] += x != groups.find(x)
    waiting: dict[str, list[Report]] = defaultdict(list)
    for one in read():
        root = groups.find(one.event.id)
        waiting[root].append(one)
        if len(waiting[root]) == size[root]:
            yield _settle(waiting.pop(root), said)
    for rest in waiting.values():  # judged events that are no longer there
        yield _settle(rest, said)


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _ties(reports: Iterable[Report]) -> Iterator[tuple[str, str]]:
    """Pairs of events that the model holds for one happening."""
    floor = threshold("story")
    blocks: dict[str, deque[tuple[bool, Report]]] = defaultdict(deque)
    last = None
    for one in reports:
        if one.anchor < 0:
            continue
        if last is not None and one.anchor != last:
            _forget(blocks, one.anchor)
        last = one.anchor
        seen: set[str] = set()
        for key, whole in _keys(one):
            block = blocks[key]
            for other_whole, other in reversed(block):
                # Reports that name both sides meet in the block of their pair; in that of a single state they
                # meet those that lack a side.
                if (whole and other_whole and key.endswith("|*")) or other.event.id in seen or not _may(one, other):
                    continue
                seen.add(other.event.id)
                if likeness.probability(likeness.features(other, one)) >= floor:
                    yield other.event.id, one.event.id
            block.append((whole, one))
            if len(block) > BLOCK:
                block.popleft()


def _forget(blocks: dict[str, deque[tuple[bool, Report]]], today: int) -> None:
    for key in list(blocks):
        block = blocks[key]
        while block and block[0][1].anchor < today - WINDOW_DAYS:
            block.popleft()
        if not block:
            del blocks[key]


def _may(a: Report, b: Report) -> bool:
    """Whether comparing is worth its time."""
    return a.event.id != b.event.id and likeness.near_type(a.event.event, b.event.event) >= 0.3


def _keys(one: Report) -> Iterator[tuple[str, bool]]:
    """Blocks of a report, and whether it names both sides by state."""
    event = one.event
    left = {c for a in event.actor for c in (a.country, *a.members[:8]) if c}
    right = {c for a in event.recipient for c in (a.country, *a.members[:8]) if c}
    states = sorted(left | right)[:8]
    pairs = {_pair(x, y) for x in left for y in right} or set(combinations(states, 2))
    where = event.place.country if event.place is not None else ""
    whole = bool(pairs)
    for x, y in sorted(pairs)[:16]:
        yield f"{x}|{y}", whole
    for x in states or ([where] if where else []):
        yield f"{x}|*", whole
    if where and where not in states and states:
        yield f"{where}|*", False
    # Where a coder took one state for another the place or a name still brings reports together.
    if event.place is not None and event.place.level == "city" and event.place.id:
        yield f"at {event.place.id}", True
    for name in one.words.names[:NAMES]:
        if len(name) >= 4:
            yield f"of {sound(name)[:4]}", True


def _settle(members: list[Report], said: Mapping[tuple[str, str], str]) -> Joined:
    """Stories of one component."""
    if len(members) == 1:
        return _write([members], {}, {}, said)
    members = sorted(members, key=lambda r: r.event.id)
    chances: dict[tuple[str, str], float] = {}
    why: dict[tuple[str, str], tuple[str, ...]] = {}
    for i, a in enumerate(members):
        for b in members[i + 1 :]:
            pair = _pair(a.event.id, b.event.id)
            if pair in said:
                chances[pair], why[pair] = (1.0 if said[pair] == "same" else 0.0), ("a person said so",)
            elif len(members) <= COMPONENT or (abs(a.anchor - b.anchor) <= WINDOW_DAYS and _may(a, b)):
                found = likeness.features(a, b)
                chances[pair], why[pair] = likeness.probability(found), likeness.reasons(found)
    return _write(_merge(members, chances, said), chances, why, said)


def _merge(members: list[Report], chances: dict[tuple[str, str], float], said: Mapping[tuple[str, str], str]) -> list[list[Report]]:
    """Groups of reports by average linkage over the pairs that were compared, the likeliest pair first."""
    floor = threshold("story")
    group = {r.event.id: i for i, r in enumerate(members)}
    inside = {i: [r.event.id] for i, r in enumerate(members)}
    for (a, b), chance in sorted(chances.items(), key=lambda x: (said.get(x[0]) != "same", -x[1], x[0])):
        x, y = group[a], group[b]
        if x == y or (chance < floor and said.get((a, b)) != "same"):
            continue
        across = [_pair(i, j) for i in inside[x] for j in inside[y]]
        if any(said.get(p) == "different" for p in across):
            continue
        known = [chances[p] for p in across if p in chances]
        if said.get((a, b)) == "same" or sum(known) / len(known) >= floor:
            inside[x] += inside.pop(y)
            group.update(dict.fromkeys(inside[x], x))
    by_id = {r.event.id: r for r in members}
    return [[by_id[i] for i in sorted(ids)] for ids in inside.values()]


def _write(
    groups: list[list[Report]],
    chances: dict[tuple[str, str], float],
    why: dict[tuple[str, str], tuple[str, ...]],
    said: Mapping[tuple[str, str], str],
) -> Joined:
    stories: list[Story] = []
    rows: list[StoryReport] = []
    judgements: dict[tuple[str, str], Judgement] = {}
    home = {r.event.id: n for n, group in enumerate(groups) for r in group}
    for group in groups:
        ties: dict[str, tuple[float, tuple[str, str]]] = {}
        for a, b in combinations([r.event.id for r in group], 2):
            pair = _pair(a, b)
            for one in pair:
                if chances.get(pair, -1.0) > ties.get(one, (-1.0, pair))[0]:
                    ties[one] = (chances[pair], pair)
        # Named by its least event id, which stays while reports are added unless one with a lesser id comes.
        name = content_id("story", min(r.event.id for r in group))
        stories.append(tell(name, group, {i: t[0] for i, t in ties.items()}))
        for r in group:
            chance, tie = ties.get(r.event.id, (1.0, ("", "")))
            copied = r.source if r.source != r.event.document else ""
            rows.append(StoryReport(name, r.event.id, r.event.document, r.publisher, r.published, copied, round(chance, 4), why.get(tie, ())))
        for chance, tie in ties.values():
            judgements[tie] = _judgement(tie, "same", chance, why[tie])
    for tie, chance in chances.items():
        if home[tie[0]] != home[tie[1]] and chance >= CLOSE_CALL:
            judgements[tie] = _judgement(tie, "different", chance, why[tie])
    kept = tuple(j for tie, j in sorted(judgements.items()) if tie not in said)
    return Joined(tuple(stories), tuple(rows), kept)


def _judgement(pair: tuple[str, str], verdict: str, chance: float, why: tuple[str, ...]) -> Judgement:
    return Judgement(content_id(*pair, verdict, judge_name()), *pair, verdict, round(chance, 4), why, judge_name())
