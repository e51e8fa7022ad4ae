"""Where sentences end within a paragraph: sentencex, and repairs for what news does to it.

sentencex keeps a quotation of several sentences whole and leaves a closing mark behind now and then. The repairs look
only at the characters around a stop, so that their time is linear in the text.
"""

from __future__ import annotations

import re

from whowhom.sentences.classes import word_class

# A stop with what closes after it, and white space before what may open a sentence.
_STOP = re.compile(r"(?:[.!?]{1,4}|…)[\"”’'»)\]]{0,3}(?=(\s+)[\"“‘'«(\[]{0,3}[^\W_])")
# A stop without the white space after it, as pages have where a line break got lost: "on Tuesday.The minister".
_GLUED = re.compile(r"(?<=[a-z]{3})[.!?][\"”’)]{0,2}(?=[\"“‘]?[A-Z][a-z]+[\s,])")
_QUOTE_FIRST = re.compile(r"[\"”’»)\]]+(?=\s|$)")
_LAST_WORD = re.compile(r"[^\s\"“”‘’'«»()\[\]—–]+$")
_FIRST_WORDS = re.compile(r"\s*[\"“‘'«(\[]*([^\s,.;:!?\"”’]+)[,.]?(?:\s+([^\s,.;:!?\"”]+))?(?:\s+([^\s,.;:!?\"”]+))?(?:\s+([^\s,.;:!?\"”]+))?")
_LIST_MARK = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)]?")

#: Words after which a stop ends no sentence; after which it may; that open sentences; that report speech.
_BEFORE_NAME, _EITHER, _OPENERS, _SAYS = (word_class(n) for n in ("before_name", "either", "opener", "reporting"))


def boundaries(text: str) -> list[tuple[int, int]]:
    """Spans (begin, end) of the sentences of a paragraph, without the white space around them, in order."""
    from sentencex import get_sentence_boundaries

    # Lone surrogates, which no UTF-8 has, become question marks for sentencex; the length stays.
    whole = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    ends: set[int] = set()
    for row in get_sentence_boundaries("en", whole):
        end = row["end_index"]
        piece = row["text"]
        ends.add(end - len(piece) + len(piece.rstrip()))
    # An end in the middle of a word is one within an address; lost spaces have a rule of their own.
    kept = {_moved(text, e) for e in ends if (e >= len(text) or text[e].isspace()) and not _joined(text, e)}
    kept |= {m.end() for m in _STOP.finditer(text) if m.end() not in kept and _splits(text, m.start(), m.end())}
    kept |= {m.end() for m in _GLUED.finditer(text) if "/" not in text[max(0, m.start() - 80) : m.start()].rpartition(" ")[2]}
    return _spans(text, sorted(kept))


def _spans(text: str, ends: list[int]) -> list[tuple[int, int]]:
    out = []
    begin = 0
    for end in [*ends, len(text)]:
        while begin < end and text[begin].isspace():
            begin += 1
        last = end
        while last > begin and text[last - 1].isspace():
            last -= 1
        if last > begin:
            out.append((begin, last))
        begin = max(begin, end)
    return out


def _moved(text: str, end: int) -> int:
    """The end after closing marks that follow it, past a space only where an opening mark waits for them."""
    at = end
    while at < len(text) and text[at].isspace():
        at += 1
    closing = _QUOTE_FIRST.match(text, at)
    if closing is None:
        return end
    if at == end or text[at] in "”»)]" or text.count('"', max(0, end - 2000), end) % 2:
        return closing.end()
    return end


def _word_before(text: str, end: int) -> str:
    found = _LAST_WORD.search(text, max(0, end - 30), end)
    return found[0].rstrip(".!?…") if found else ""


def _joined(text: str, end: int) -> bool:
    """Whether an end that sentencex found is none: after a title or an initial, or before reporting words."""
    if end >= len(text) or text[end - 1 : end] not in (".", '"', "”", "’", "'"):
        return False
    word = _word_before(text, end)
    if text[end - 1] == ".":
        initial = len(word) == 1 and word.isupper() and word != "I"
        return (word.lower() in _BEFORE_NAME and word[:1].isupper()) or (initial and _name_follows(text, end))
    return _reporting_follows(text, end) and text[max(0, end - 3) : end].strip("\"”’'")[-1:] in "?!,"


def _splits(text: str, begin: int, end: int) -> bool:
    """Whether a stop at `begin`, closed at `end`, that sentencex passed over ends a sentence."""
    first = _FIRST_WORDS.match(text, end)
    if first is None:
        return False
    after = first[1]
    if text[begin] in "!?":
        return after[:1].isupper() and not (end > begin + 1 and _reporting_follows(text, end))
    if text[begin] == "…" or text.startswith("..", begin):
        return after.lower() in _OPENERS and after[:1].isupper()
    word = _word_before(text, begin + 1)
    lower = word.lower()
    if not word or lower in _BEFORE_NAME or _LIST_MARK.fullmatch(word + "."):
        return False
    if lower in _EITHER or "." in word:
        return after.lower() in _OPENERS and after[:1].isupper()
    if len(word) == 1:
        return word == "I" or (word.isupper() and after.lower() in _OPENERS and after[:1].isupper())
    return after[:1].isupper() and not (end > begin + 1 and _reporting_follows(text, end))


def _name_follows(text: str, end: int) -> bool:
    first = _FIRST_WORDS.match(text, end)
    return first is not None and first[1][:1].isupper() and first[1].lower() not in _OPENERS


def _reporting_follows(text: str, end: int) -> bool:
    """Whether what comes next tells who spoke the words before: up to three words of a name, then said or asked."""
    first = _FIRST_WORDS.match(text, end)
    return first is not None and any(w is not None and w.lower() in _SAYS for w in first.groups())
