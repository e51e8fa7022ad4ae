"""An event in the company of its page: where nobody of public life is about, or against all the rest, it must be surer.

Two kinds of false event show only on the whole page. The siege of a cardboard castle stands on a page on which hardly
anybody governs, judges, polices, fights or stands for a party. A sentence that lost its subject in translation sets at
odds two states that every other sentence of the page shows in accord.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from whowhom.config import threshold
from whowhom.events.topic import is_public, topic_of
from whowhom.model import Actor, Document, Event, Mention, Note

#: Quads of conflict, in words and in deeds.
CONFLICT = (3, 4)
#: Modes of REQUEST that friends use as well as others: they set nobody at odds.
ASKED = ("assist", "meet")
#: Two-sided fighting has all sides as its actors (codebook).
FIGHT = "ASSAULT"
#: Enemies talk as friends do: that two states meet shows no accord.
TALKS = "CONSULT"
#: Sectors whose bearers are public life itself. "Workers" and "officials long gone" may stand on any page.
OFFICIAL = frozenset("GOV MIL COP JUD LEG SPY PTY REB PRM UAF OPP IGO".split())


def calm(document: Document, mentions: Sequence[Mention], sentences: int) -> bool:
    """Whether a page is about something else than public life: few of its words name or describe anybody of it.

    Towns that may stand for governments and pronouns are not counted. A text of a few sentences says nothing of its subject.
    """
    if sentences < threshold("page-sentences"):
        return False
    public = sum(m.sector in OFFICIAL and m.kind not in ("place", "pronoun") for m in mentions)
    return public < threshold("page-public") * len(document.text.split())


def settle(events: Sequence[Event], document: Document, quiet: bool, notes: list[Note]) -> list[Event]:
    """The events that their page bears out, in their order; each of the others leaves a note with the reason. `quiet`: see `calm`."""
    about = topic_of(document) if events else ""
    friendly, hostile = _dyads(events)
    kept = []
    for event in events:
        why = ""
        if about and not is_public(event.text, document.text):
            why = f"the page is about {about}, and so are these words"
        elif quiet and (event.confidence < threshold("event-private") or not _official(event)):
            why = f"hardly anybody of public life is on this page: it needs {threshold('event-private'):.2f} and such a party"
        elif event.quad in CONFLICT and event.status == "asserted" and not event.said_by:
            odd = [d for d in _opposed(event) if friendly[d] >= threshold("accord") and hostile[d] <= 1 and event.confidence < _needed(friendly[d])]
            if odd:
                why = f"everything else on the page shows {' and '.join(sorted(odd[0]))} in accord: it needs {_needed(friendly[odd[0]]):.2f}"
        if why:
            notes.append(Note(event.document, event.trigger, "events", f"{event.event}: {why}", round(event.confidence, 3)))
        else:
            kept.append(event)
    return kept


def _official(event: Event) -> bool:
    return any(a.sector in OFFICIAL for a in (*event.actor, *event.recipient))


def _needed(accord: int) -> float:
    """How sure an event must be against so many that show accord: with each of them less doubt is left."""
    return float(1 - (1 - threshold("event-against")) ** (accord / threshold("accord")))


def _dyads(events: Iterable[Event]) -> tuple[Counter[frozenset[str]], Counter[frozenset[str]]]:
    """For each pair of states, the events of the page that show them cooperating or on one side, and those in conflict."""
    friendly: Counter[frozenset[str]] = Counter()
    hostile: Counter[frozenset[str]] = Counter()
    for event in events:
        if event.status in ("asserted", "planned"):
            opposed, beside = _opposed(event), _beside(event)
            if event.quad in CONFLICT:
                hostile.update(opposed)
                friendly.update(beside - opposed)
            elif event.event != TALKS:
                friendly.update(opposed | beside)
    return friendly, hostile


def _opposed(event: Event) -> set[frozenset[str]]:
    """The pairs of different states that stand against one another in an event; in fighting without a victim, its parties.

    A request for help or for talks, or a call upon one's own state and another ("both our countries must save water"), sets neither
    at odds with the other. Deeds and accusations do, whoever else they hit.
    """
    actors, recipients = _states(event.actor), _states(event.recipient)
    if event.event == "REQUEST" and (event.mode in ASKED or actors & recipients):
        return set()
    pairs = list(product(actors, recipients))
    if not pairs and event.event == FIGHT:
        pairs = list(combinations(_states(event.actor), 2))
    return {frozenset(p) for p in pairs if p[0] != p[1]}


def _beside(event: Event) -> set[frozenset[str]]:
    """The pairs of states that act, or are acted upon, together: both accuse somebody, both are meddled with."""
    sides = [_states(event.recipient)]
    if event.recipient or event.event != FIGHT:
        sides.append(_states(event.actor))
    return {frozenset(p) for side in sides for p in combinations(side, 2)}


def _states(side: Iterable[Actor]) -> set[str]:
    return {a.country for a in side if a.country}
