"""Which mentions of a document mean the same: names, descriptions, pronouns, joined by rules from sure to less sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whowhom.actors.draft import Draft
from whowhom.knowledge.fold import fold
from whowhom.knowledge.people import forenames
from whowhom.model import Document, Sentence

_I = frozenset("i me my mine myself".split())
_WE = frozenset("we us our ours ourselves".split())
_YOU = frozenset("you your yours yourself yourselves".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves".split())
_RELATIVE = frozenset("who whom whose which that".split())
_HERE = frozenset("here there".split())
_NO_ANTECEDENTS = _RELATIVE | _I | _WE | _YOU
_PRONOUNS = _I | _WE | _YOU | _HE | _SHE | _IT | _THEY | _RELATIVE | _HERE
_OWNERS = frozenset("his her their its our my your".split())
_DEFINITE = frozenset("the this that these those both".split())
_INDEFINITE = frozenset("a an some another any every each no several many most few other one two three more all".split())
_DETERMINERS = _DEFINITE | _INDEFINITE | _OWNERS
_MALE = frozenset(
    (
        "mr sir lord king prince man boy father son brother husband businessman spokesman chairman "
        "congressman policeman gentleman actor emperor grandfather uncle duke pope"
    ).split()
)
_FEMALE = frozenset(
    (
        "mrs ms miss lady queen princess woman girl mother daughter sister wife businesswoman "
        "spokeswoman chairwoman congresswoman actress empress grandmother aunt duchess widow"
    ).split()
)
_AFTER_HEAD = re.compile(
    r"\s(?:of|in|from|for|at|with|on|who|that|which|to|by|where|when|whose|as|near|about|between|during|under|over|including|such|like)\s|,|\(|\s[–—-]\s"
)


@dataclass(slots=True)
class Node:
    """What linking needs to know of a mention. `gender` is m, f or ''; `number` one, many or ''."""

    index: int
    kind: str
    words: tuple[str, ...]
    text: str
    head: str
    pronoun: str
    proper: bool
    definite: bool
    indefinite: bool
    gender: str
    number: str
    sentence: int
    begin: int
    end: int
    first: bool
    key: str


def link(document: Document, sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> list[int]:
    """A cluster number per mention: the index of the cluster's first mention."""
    nodes = [_node(i, d) for i, d in enumerate(drafts)]
    _mark_first(nodes)
    parent = list(range(len(nodes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        a, b = sorted((root(i), root(j)))
        parent[b] = a

    order = sorted(nodes, key=lambda n: (n.begin, -n.end))
    _names(order, join)
    _brackets(document.text, order, join)
    _descriptions(order, join, root, nodes)
    _pronouns(document.text, order, join, root, nodes)
    return [root(i) for i in range(len(nodes))]


def _node(index: int, one: Draft) -> Node:
    m = one.mention
    low = m.text.lower().strip()
    raw = m.text.split()
    pronoun = low if low in _PRONOUNS else ""
    cut = _AFTER_HEAD.split(" " + m.text + " ", 1)[0].strip() if not pronoun else m.text
    base = cut.split() or raw or [""]
    start = base[0].lower()
    content = [w for w in base if fold(w) and w.lower() not in _DETERMINERS]
    while len(content) > 1 and content[-1] in ("'s", "’s", "'", "’"):
        content.pop()
    head = fold(re.sub(r"['’]s?$", "", content[-1])) if content else fold(low)
    proper = bool(content) and content[-1][:1].isupper() and not pronoun
    lows = {fold(w) for w in base}
    gender = "m" if lows & _MALE or pronoun in _HE else "f" if lows & _FEMALE or pronoun in _SHE else ""
    if not gender and proper and m.kind == "person":
        names = [w for w in (one.name or " ".join(content)).split() if fold(w) not in ("mr", "mrs", "ms", "dr")]
        gender = forenames().get(fold(names[0]), "") if len(names) > 1 else ""
    many = (
        pronoun in _WE | _THEY
        or (not proper and head.endswith("s") and not head.endswith("ss"))
        or head in ("people", "men", "women", "children", "police")
        or " and " in cut
    )
    key = (
        one.label
        if one.label
        and (one.identity is not None or one.phrase.org is not None or one.phrase.bare)
        and not (one.phrase.role and one.identity is None and not one.phrase.own)
        else ""
    )
    text = " ".join(fold(w) for w in content)
    return Node(
        index,
        m.kind,
        tuple(fold(w) for w in content),
        text,
        head,
        pronoun,
        proper,
        start in _DEFINITE or start in _OWNERS,
        start in _INDEFINITE or start[:1].isdigit(),
        gender,
        "many" if many else "one",
        m.sentence,
        m.span.begin,
        m.span.end,
        False,
        key,
    )


def _mark_first(nodes: Sequence[Node]) -> None:
    """The first person, and the first other, of a sentence: mostly its subject."""
    seen: set[tuple[int, bool]] = set()
    for node in sorted(nodes, key=lambda n: (n.begin, -n.end)):
        place = (node.sentence, node.kind in ("person", "group", "pronoun"))
        if place not in seen:
            seen.add(place)
            node.first = True


def _names(order: Sequence[Node], join) -> None:  # type: ignore[no-untyped-def]
    by_key: dict[str, Node] = {}
    by_text: dict[str, Node] = {}
    persons: dict[str, list[Node]] = {}
    initials: dict[str, Node] = {}
    for node in order:
        if node.pronoun or not node.words:
            continue
        if node.key:
            if node.key in by_key:
                join(by_key[node.key].index, node.index)
            by_key.setdefault(node.key, node)
        if not node.proper:
            continue
        if node.text in by_text:
            join(by_text[node.text].index, node.index)
        by_text.setdefault(node.text, node)
        if node.kind in ("person",):
            last, first = node.words[-1], node.words[0]
            if len(node.words) == 1 or first in ("mr", "mrs", "ms", "dr", "president", "professor"):
                known = persons.get(last, [])
                if known:
                    join(known[-1].index, node.index)
            for word in {last, first}:
                persons.setdefault(word, []).append(node)
        elif len(node.words) > 1:
            letters = "".join(w[0] for w in node.words if w not in ("of", "the", "and", "for"))
            initials.setdefault(letters, node)
        if len(node.words) == 1 and node.words[0] in initials and len(node.words[0]) > 1 and node.kind != "person":
            join(initials[node.words[0]].index, node.index)


#: What may stand between a body's name as it was marked and the bracket with its short form.
_TO_BRACKET = re.compile(r"(?:\s+(?:of|in|for|the|and|on|to|[A-Z][\w’'-]*))*\s*\($")


def _brackets(text: str, order: Sequence[Node], join) -> None:  # type: ignore[no-untyped-def]
    """A short form in brackets is the body named before it: "the Lake Commission of the Three Shores (LCTS)"."""
    for at, node in enumerate(order):
        short = text[node.begin : node.end]
        if not (short.isupper() and 2 < len(short) < 12 and text[node.begin - 1 : node.begin] == "(" and text[node.end : node.end + 1] == ")"):
            continue
        for other in reversed(order[:at]):
            if other.sentence != node.sentence or node.begin - other.end > 80:
                break
            if other.kind == "organisation" and _TO_BRACKET.fullmatch(text, other.end, node.begin):
                join(other.index, node.index)
                break


def _descriptions(order: Sequence[Node], join, root, nodes: Sequence[Node]) -> None:  # type: ignore[no-untyped-def]
    """Definite descriptions: the same head before, no modifier that disagrees."""
    seen: dict[str, list[Node]] = {}
    for node in order:
        if node.pronoun or not node.words:
            continue
        before = seen.get(node.head, [])
        if not node.proper and not node.indefinite:
            for other in reversed(before):
                if node.begin < other.end and other.begin < node.end:
                    continue
                if node.sentence - other.sentence > 12 or other.number != node.number:
                    continue
                extra = set(node.words) - set(other.words)
                if (node.definite and not extra) or (node.text == other.text and (node.definite or node.number == "many")):
                    join(other.index, node.index)
                    break
        elif node.proper and node.definite and len(node.words) == 1:
            for other in reversed(before):
                if other.proper and not (node.begin < other.end and other.begin < node.end):
                    join(other.index, node.index)
                    break
        if not node.proper or len(node.words) > 1 or node.kind != "person":
            seen.setdefault(node.head, []).append(node)
        if node.proper and len(node.words) > 1:
            for word in node.words[:-1]:
                if word in (
                    "university",
                    "party",
                    "court",
                    "committee",
                    "museum",
                    "library",
                    "island",
                    "company",
                    "council",
                    "bank",
                    "ministry",
                    "school",
                    "church",
                ):
                    seen.setdefault(word, []).append(node)


def _pronouns(text: str, order: Sequence[Node], join, root, nodes: Sequence[Node]) -> None:  # type: ignore[no-untyped-def]
    gender: dict[int, str] = {}
    for node in nodes:
        if node.gender and not node.pronoun:
            gender.setdefault(root(node.index), node.gender)
    groups = {w: g for g, some in enumerate((_I, _WE, _YOU)) for w in some}
    spoken: dict[int, Node] = {}
    past: list[Node] = []
    for node in order:
        word = node.pronoun
        if word in groups:
            group = groups[word]
            if group in spoken:
                join(spoken[group].index, node.index)
            spoken.setdefault(group, node)
        elif word in _RELATIVE:
            best = next((p for p in reversed(past) if 0 <= node.begin - p.end <= 3), None) or next(
                (p for p in reversed(past) if p.sentence == node.sentence and p.end <= node.begin), None
            )
            if best is not None:
                join(best.index, node.index)
        elif word in _HE | _SHE | _IT | _THEY:
            best = _antecedent(node, _quoted_before(text, node.begin), past, gender, root)
            if best is not None:
                join(best.index, node.index)
                if node.gender:
                    gender.setdefault(root(node.index), node.gender)
        past.append(node)


#: Between the end of a quotation and the pronoun of its speaker: '," he warned', '," warned he'.
_TO_SPEAKER = re.compile(r"(?:\s+[a-z]+)?\s+")
_QUOTES = {"”": "“", '"': '"', "’": "‘"}
#: Characters of a quotation that is looked for.
_QUOTED = 600


def _quoted_before(text: str, begin: int) -> int:
    """Where the quotation begins whose speaker a pronoun at `begin` may be; nobody whom it names is meant. Else `begin`."""
    end = max(text.rfind(q, max(0, begin - 20), begin) for q in _QUOTES)
    if end < 1 or not _TO_SPEAKER.fullmatch(text, end + 1, begin) or text[end - 1] not in ",.?!…":
        return begin
    opened = text.rfind(_QUOTES[text[end]], max(0, end - _QUOTED), end)
    return opened if opened >= 0 else begin


def _antecedent(node: Node, quoted: int, past: Sequence[Node], gender: dict[int, str], root) -> Node | None:  # type: ignore[no-untyped-def]
    """The best mention before a pronoun, and before `quoted`: near, agreeing, a subject rather than not."""
    best, best_score = None, 0.0
    for other in reversed(past):
        gap = node.sentence - other.sentence
        if gap > 4:
            break
        if other.end > node.begin or other.begin >= quoted or other.pronoun in _NO_ANTECEDENTS:
            continue
        if not _agree(node, other, gender.get(root(other.index), other.gender)):
            continue
        score = 4.0 - 1.2 * gap + (1.0 if other.first else 0.0) + (0.6 if other.proper else 0.0) + (0.8 if other.pronoun else 0.0)
        score -= (node.begin - other.begin) / 400
        if best is None or score > best_score:
            best, best_score = other, score
    return best


def _agree(node: Node, other: Node, gender: str) -> bool:
    word = node.pronoun
    if word in _HE | _SHE:
        if other.pronoun and (other.pronoun in _HE) != (word in _HE):
            return False
        return (
            other.kind in ("person", "pronoun") and other.number == "one" and (not gender or gender == node.gender)
        ) and other.pronoun not in _IT | _THEY
    if word in _IT:
        return (other.kind in ("organisation", "place") and other.number == "one" and not other.pronoun) or other.pronoun in _IT
    if other.pronoun:
        return other.pronoun in _THEY
    return other.number == "many" or other.kind in ("organisation", "group")
