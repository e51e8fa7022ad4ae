# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""How far two spans of a sentence are apart, counted in clause boundaries instead of characters; no parser.

The price of a boundary was chosen on the dev half of tests/gold/dates.jsonl (``python -m tests.gold.attachment``).
"""

from __future__ import annotations

import re

from whowhom.model import Sentence, Span

QUOTE, STOP, CLAUSE, COMMA, AND, VERB, TAKEN, WORD = 3.0, 3.0, 1.6, 0.6, 0.3, 1.2, 2.2, 0.04
_BOUNDARY = re.compile(
    r"(?P<stop>[;:]|--|—| – )|(?P<clause>\b(?:who|which|that|whose|whom|when|while|where|because|although|though|but|if|unless|whereas|after|before|since|until|as)\b)|(?P<comma>[,()])|(?P<and>\b(?:and|or)\b)",
    re.IGNORECASE,
)
_DATE_COMMA = re.compile(r"(?<=\d), (?=\d{4})|(?<=[a-z]), (?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))")
#: What is put between commas or dashes about a noun does not part the clause around it.
_INSERTED = (
    re.compile(r", (?:who|which|whose|whom|where)\b[^,]{1,160},"),
    re.compile(r" (?:—|--|–) [^—–]{1,200} (?:—|--|–) "),
    re.compile(r"(?<=\w), (?:the|a|an) [^,]{1,80},"),
)
_VERB = re.compile(
    r"\b(?:[a-z]{3,}ed|is|are|was|were|has|had|have|will|would|could|can|may|might|should|must|said|says|say|told|met|came|went|took|made|gave|began|saw|left|held|found|won|lost|became|fell|rose|hit|sent|brought|led|ran|got|put|struck|fought|shot|broke"
    r"|wrote|spoke|stood|kept|felt|bought|sold|built|caught|chose|drew|drove|flew|grew|knew|paid|read|sang|sank|shut|spent|stole|swore|threw|wore|withdrew|fled|swept|cut|seen|taken|given|done|gone|known|shown|wants?|plans?|hopes?|expects?|believes?|tells?|calls?)\b"
)
_AUXILIARY = frozenset("is are was were has had have will would could can may might should must be been being".split())
#: Words in -ed and the like that stand before nouns more often than they tell of a deed.
_ADJECTIVES = frozenset(
    "united armed so-called alleged limited need indeed hundred unprecedented red bed wed seed speed feed deed breed creed greed".split()
)


def cost(sentence: Sentence, trigger: Span, other: Span) -> float:
    """The price of the way from a trigger to another span of the sentence (document offsets): 0 is beside it.

    Clause words, commas, quotation marks and verbs on the way cost; a span that stands right behind another verb on the
    far side is that verb's.
    """
    base = sentence.span.begin
    first, second = sorted((trigger, other))
    gap = sentence.text[max(0, first.end - base) : max(0, second.begin - base)]
    gap = _DATE_COMMA.sub(" ", gap)
    for inserted in _INSERTED:
        gap = inserted.sub(" ", gap)
    price = WORD * len(gap.split())
    price += QUOTE * (_quoted(sentence, trigger) != _quoted(sentence, other))
    for match in _BOUNDARY.finditer(gap):
        price += {"stop": STOP, "clause": CLAUSE, "comma": COMMA, "and": AND}[match.lastgroup or "and"]
    verbs = [m for m in _VERB.finditer(gap) if m[0].lower() not in _ADJECTIVES]
    if other < trigger:  # the auxiliaries right before the trigger are its own
        while verbs and verbs[-1][0].lower() in _AUXILIARY and len(gap[verbs[-1].end() :].split()) <= 2:
            verbs.pop()
    elif verbs and gap[: verbs[0].start()].strip() == "" and verbs[0][0].lower().endswith("ed"):
        verbs.pop(0)
    price += VERB * len(verbs)
    return price + TAKEN * (_taken(sentence, trigger, other))


def _quoted(sentence: Sentence, span: Span) -> int:
    """Which quotation of the sentence a span stands in; -1 for none."""
    return next((n for n, q in enumerate(sentence.quotes) if q.begin <= span.begin and span.end <= q.end), -1)


def _taken(sentence: Sentence, trigger: Span, other: Span) -> bool:
    """Whether a span before the trigger follows another verb of its own clause ("who left in 2012, said")."""
    if other > trigger:
        return False
    base = sentence.span.begin
    before = sentence.text[max(0, other.begin - base - 90) : other.begin - base]
    cut = list(re.finditer(r"[,;:()“”\"]|''|--|—", before))
    clause = before[cut[-1].end() :] if cut else before
    verbs = [m for m in _VERB.finditer(clause) if m[0].lower() not in _ADJECTIVES]
    return bool(verbs)
