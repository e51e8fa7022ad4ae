# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""The amounts of a document: numbers with what they count, their bounds, kind and period; what is no amount is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Protocol

from whowhom.mentions.amounts import currencies, kinds, nouns
from whowhom.mentions.amounts.numbers import FRACTIONS, UNITS
from whowhom.mentions.amounts.period import period_of, subject_of
from whowhom.mentions.amounts.raw import NO_NAMES, Raw, blocked, models, ranges, raws
from whowhom.model import Amount, Document, Sentence, Span, When

#: Longer sentences are lists or defects; the rest of them is not read.
MAX_CHARACTERS = 4000
_ANY = re.compile(
    rf"\d|[\u0660-\u0669\u06f0-\u06f9]|\b(?:{'|'.join('one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen score lakh crore half quarter third'.split())})",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"[ \u00a0]?(?:%|per ?cent\b|percentage[ -]points?\b|pct\b)|-(?:per ?cent)\b", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?:(?P<n>two|three|four)[- ](?P<part>thirds|quarters|fifths)|(?:a|one)[- ](?P<one>third|quarter|fifth)|(?P<half>half)) (?=of |the )",
    re.IGNORECASE,
)
_LOW = (
    (
        r"more than|over|above|upwards of|exceeding|in excess of|well over|just over|north of|greater than|surpass(?:ed|ing)?|topp(?:ed|ing)|>",
        "more than",
    ),
    (r"at least|no fewer than|no less than|not less than|a minimum of|minimum of|≥", "at least"),
    (r"less than|fewer than|under|below|just under|<", "less than"),
    (r"up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|≤", "at most"),
    (r"about|around|some|roughly|approximately|an estimated|estimated|nearly|almost|close to|circa|an average of|an unknown|~|c\.", "about"),
)
_BOUND = re.compile(
    r"(?:^|(?<=[\s(“\"]))(?:"
    + "|".join(f"(?P<b{n}>{words})" for n, (words, _) in enumerate(_LOW))
    + r")(?: (?:a|the|another|its|an additional|some))?[ ]?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(r"\+|-plus\b| or (?:more|so|fewer|less)\b")
#: Words before a number that make it a name or a place in an order.
_NUMBERED = re.compile(
    r"(?:\b(?:no|nos|number|numbers|article|articles|section|sections|resolution|resolutions|chapter|flight|room|channel|route|highway|phase|page|pages|group of|version|aged|age|ages|figure|table"
    r"|verse|level|type|building|district|line|gate|ward|zone|camp|block|unit|order|act|bill|protocol|annex|paragraph|item|point|rule|category|grade|class|apartment|suite|box|street|avenue|interstate|top|aged between|the age of|formula|model|psalm|part|day|week|group|hotel|catch|area|division|brigade|battalion|team)\.?|№|#) ?$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?<![.!?:;“\"] )(?<!^)\b([A-Z][\w’'.]*[a-z]\w*|[A-Z]{2,}) $")
_AGE = re.compile(r"^(?:-|\s)?years?(?:-|\s)old\b|^-year-olds?\b")
_YEARLIKE = re.compile(r"(?:1[5-9]|20)\d\d$")
_MULTI = re.compile(
    r"square (?:kilomet(?:er|re)s?|miles?|met(?:er|re)s?|feet|foot|km)|cubic (?:met(?:er|re)s?|feet)|nautical miles?|light[- ]years?|metric tons?|barrels (?:per|a) day",
    re.IGNORECASE,
)
#: "handed over two rifles": the word belongs to the verb.
_HANDED = re.compile(r"\b(?:hand|turn|sign|t[ao]k|took|giv|gave|pass|send|sent|carr|roll|bring|brought|win|won)\w* over $", re.IGNORECASE)
_HYPHEN = re.compile(r"-([A-Za-z]{2,20})(?:-(?:long|old|strong|wide|high|deep|tall))?\b")


def find(document: Document, sentences: Sequence[Sentence], whens: Sequence[When]) -> tuple[Amount, ...]:
    """Every amount of a document in text order. Numbers inside the dates of `whens` are none."""
    out: list[Amount] = []
    known = models(document.text)
    for sentence in sentences:
        text = sentence.text[:MAX_CHARACTERS]
        if not _ANY.search(text):
            continue
        base = sentence.span.begin
        here = [w for w in whens if w.span.begin < sentence.span.end and w.span.end > base]
        taken = [Span(w.span.begin - base, w.span.end - base) for w in here]
        taken += blocked(text)
        numbers = ranges([r for r in raws(text) if r.figure not in known and not any(r.begin < t.end and r.end > t.begin for t in taken)], text)
        out += _fractions(text, base, numbers)
        for number, raw in enumerate(numbers):
            limit = numbers[number + 1].begin if number + 1 < len(numbers) else len(text)
            amount = _amount(raw, text, limit, document)
            if amount is not None:
                amount = _inherited(amount, out, base)
                span = Span(base + amount.span.begin, base + amount.span.end)
                begin, end = period_of(text, amount.span, here, base)
                out.append(replace(amount, span=span, text=text[amount.span.begin : amount.span.end], period_begin=begin, period_end=end))
    return tuple(sorted(out, key=lambda a: a.span))


def _inherited(amount: Amount, before: Sequence[Amount], base: int) -> Amount:
    """ "645 beds, 36 of which": a bare number counts what the count before it in the sentence counts."""
    if amount.unit or amount.kind != "count" or not before:
        return amount
    last = before[-1]
    if last.span.begin < base or last.kind != "count" or not last.unit:
        return amount
    return replace(amount, unit=last.unit, of=amount.of or last.of)


def _fractions(text: str, base: int, numbers: list[Raw]) -> list[Amount]:
    """ "two-thirds of the seats", "half of them": percentages; their number words are taken out of `numbers`."""
    out = []
    for match in _FRACTION.finditer(text):
        numbers[:] = [r for r in numbers if not (r.begin < match.end() and r.end > match.start())]
        over = FRACTIONS[(match["part"] or match["one"] or match["half"]).lower()] * UNITS.get((match["n"] or "one").lower(), 1)
        span = Span(match.start(), match.end() - 1)
        raw = Raw(span.begin, span.end, 0, 0, "", "", True, 1, "")
        of = subject_of(text, span, "percent", None)
        share = round(100 * over, 4)
        out.append(
            Amount(share, share, "percent", "percent", _bound(raw, text), of, text[span.begin : span.end], Span(base + span.begin, base + span.end))
        )
    return out


class _Made(Protocol):
    """Makes the amount of the number at hand: unit, kind, where it ends, where the words behind it begin."""

    def __call__(self, unit: str, kind: str, end: int, of_from: int | None = None) -> Amount: ...


def _amount(raw: Raw, text: str, limit: int, document: Document) -> Amount | None:
    """The amount of a number, or None for one that names, ranks or dates."""
    low, high = raw.value, raw.value_max
    bound = _bound(raw, text)
    after = text[raw.end : raw.end + 40]
    if more := _BOUND_AFTER.match(after):
        bound = {" or more": "at least", " or so": "about", " or fewer": "at most", " or less": "at most"}.get(more[0], "at least")
    rest = raw.end + (more.end() if more else 0)

    def made(unit: str, kind: str, end: int, of_from: int | None = None) -> Amount:
        of = subject_of(text, Span(raw.begin, end), kind, of_from)
        return Amount(low, high, unit, kind, bound, of, "", Span(raw.begin, end))

    if percent := _PERCENT.match(text, rest):
        return made("percent", "percent", percent.end())
    if raw.sign:
        row = currencies.tables()[0].get(raw.sign) or currencies.tables()[0].get(raw.sign.upper()) or currencies.tables()[0]["$"]
        word = re.match(r" (?:US |U\.S\. )?(?:dollars?|USD)\b", text[rest : rest + 60])
        near = text[rest + (word.end() if word else 0) : rest + 12] if row.code != "$" else word[0] if word else ""
        return made(currencies.code_of(row, document, near if word else ""), "money", rest + (word.end() if word else 0))
    if _AGE.match(text[rest : rest + 60]) or re.match(r"(?:st|nd|rd|th)\b", text[rest : rest + 60]):
        return None
    if money := currencies.money_word(text, rest):
        end, currency = money
        low, high = low * currency.factor, high * currency.factor
        return made(currencies.code_of(currency, document, text[raw.end : end]), "money", end)
    if hyphen := _HYPHEN.match(text, rest):
        return _hyphenated(raw, hyphen, text, made)
    if re.match(r"[A-Za-z]", text[rest : rest + 60]):  # letters at once: a measure ("5km", "2GB") or a name ("737s")
        letters = re.match(r"[A-Za-z]{1,6}\b", text[rest : rest + 60])
        unit = _units().get(letters[0]) if letters else None
        return made(unit[0], unit[1], rest + letters.end()) if letters and unit else None
    if (multi := _MULTI.match(text, rest + 1)) and text[rest : rest + 1] in " \u00a0":
        return made(_many(multi[0]), "measure", multi.end())
    return _counted(raw, text, rest, limit, made, low)


def _counted(raw: Raw, text: str, rest: int, limit: int, made: _Made, low: float) -> Amount | None:
    """An amount of things: with its noun, or a bare number among words of killing and the like."""
    one = low == 1
    head = nouns.head_after(text[:limit], rest, one or low < 1)
    first = re.match(r"[ \u00a0]([A-Za-z]+)", text[rest : rest + 60])
    unit = _units().get(first[1]) if first else None
    one_day = one and raw.words and first is not None and first[1] == "day"
    if first and unit and unit[1] != "weapon" and not one_day and (head is None or head[0] <= rest + 1 + len(first[1])):
        return made(unit[0], unit[1], rest + first.end())
    named = _is_name(raw, text, head)
    kind = ""
    if not named or head is None:
        unit_name = nouns.singular(head[2]) if head else ""
        kind = kinds.of_people(text, raw.begin, raw.end, head[1] if head else rest, unit_name)
    if kind and not (
        head is None and raw.words and one and not re.match(r" (?:was |were |is )?(?:killed|dead|injured|wounded|arrested)", text[rest : rest + 60])
    ):
        if head is not None:
            unit_name = nouns.singular(head[2])
            if unit_name in ("wounded", "injured", "dead", "death", "fatality", "injury", "casualty", "arrest", "missing", "body"):
                unit_name = "person"
            return made(unit_name, kind, head[1], head[1])
        return made("person", kind, rest)
    if (
        named
        or (one and raw.words)
        or (raw.words and low < 4 and re.search(r"\b(?:the|these|those|both|all) $", text[max(0, raw.begin - 7) : raw.begin], re.IGNORECASE))
    ):
        return None  # "the two countries" points back at things named, it counts nothing new
    if (
        head is None
        and (
            attributive := re.match(
                r" (nation|member|country|state|man|woman|person|party|team|page|bed|seat|vote|goal|point)\b(?= [a-z])", text[rest : rest + 60]
            )
        )
        and not one
    ):
        return made(attributive[1], "count", rest + attributive.end(), rest + attributive.end())
    if head is not None:
        unit_name = nouns.singular(head[2])
        weapon = _units().get(head[2].lower())
        if _YEARLIKE.match(raw.figure) and not weapon and raw.scale == 1 and "," not in raw.figure:
            people = nouns.singular(head[2]) in ("person", "man", "woman", "child", "soldier", "civilian", "worker", "job", "troops", "police")
            if not people:
                return None
        if weapon and weapon[1] == "weapon":
            return made(weapon[0], "weapon", head[1], head[1])
        return made(unit_name, "count", head[1], head[1])
    bare = raw.figure.isdecimal() and (_YEARLIKE.match(raw.figure) is not None or low < 10) and raw.scale == 1
    if bare or (raw.words and raw.scale == 1 and low < 4):
        return None
    return made("", "count", rest)


def _hyphenated(raw: Raw, hyphen: re.Match[str], text: str, made: _Made) -> Amount | None:
    """ "20-year", "3.5-inch", "27-nation", "six-man": the unit is the noun behind the hyphen."""
    word = hyphen[1].lower()
    unit = _units().get(word) or _units().get(word + "s")
    if unit:
        return made(unit[0], unit[1], hyphen.end(), hyphen.end())
    if word in ("percent",):
        return made("percent", "percent", hyphen.end())
    return (
        made(nouns.singular(word), "count", hyphen.end(1), hyphen.end())
        if len(word) > 2 and word not in nouns.STOP and word not in ("plus", "fold", "way", "time", "something")
        else None
    )


def _bound(raw: Raw, text: str) -> str:
    """The bound in front of a number."""
    before = text[max(0, raw.begin - 28) : raw.begin]
    match = _BOUND.search(before)
    if match is None or _HANDED.search(before):
        return raw.bound
    found = next(n for n in range(len(_LOW)) if match[f"b{n}"])
    return _LOW[found][1]


def _is_name(raw: Raw, text: str, head: tuple[int, int, str] | None) -> bool:
    """Whether words in front make the number a name, a rank or an age ("Boeing 737", "Article 5", "Smith, 34,")."""
    before = text[max(0, raw.begin - 24) : raw.begin]
    if raw.words and not raw.figure:
        return False
    if _NUMBERED.search(before) and not raw.words:
        return True
    if (
        not raw.words
        and raw.scale == 1
        and raw.value < 120
        and re.search(r"[A-Za-z’'], $", before)
        and re.match(r",|\.$| ?[–—-] ", text[raw.end : raw.end + 60])
        and head is None
    ):
        return True
    if re.search(r"\($", before) and text[raw.end : raw.end + 1] == ")" and raw.value < 100:
        return True
    if text[: raw.begin].strip() == "" and text[raw.end : raw.end + 2] in (". ", ") "):
        return True
    match = _NAME_BEFORE.search(before)
    if match and not raw.words and raw.scale == 1 and "," not in raw.figure and match[1] not in NO_NAMES and raw.begin > len(match[0]):
        return head is None or not head[2][:1].islower() or raw.end - raw.begin == 3
    return False


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, str]]:
    """Written unit -> name and kind."""
    rows: dict[str, tuple[str, str]] = {}
    for line in resources.files(__package__).joinpath("units.tsv").read_text(encoding="utf8").splitlines():
        if line and not line.startswith(("#", "written\t")):
            written, unit, kind = line.split("\t")
            rows[written] = (unit, kind)
    return rows


def _many(words: str) -> str:
    """A unit of several words in the singular, with the unit's own name: "square miles" -> "square mile"."""
    parts = words.lower().replace("-", " ").split()
    parts = [_units().get(p, (p, ""))[0] for p in parts]
    return " ".join(parts)


__all__ = ["find"]
