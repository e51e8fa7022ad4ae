"""A document as markup: its text with actors, acts and recipients marked, and its events as cards beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from whowhom.explore.explain import Explanation, Nothing, explain, nothing, when
from whowhom.explore.hypertext import Html, join, link, tag
from whowhom.explore.look import country_name, names
from whowhom.model import Actor, Coded, Document, Event, Mention, Span

#: What did not happen is struck through in the text, what is still to come has a dashed border.
_NOT, _PLAN = ("denied", "negated"), ("planned", "hypothetical")
_GAP = re.compile(r"\n+")
#: Texts longer than this are shown up to here, with a word on what is left out.
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with a role in the event of this number."""

    span: Span
    role: str
    event: int


def marks_of(events: Sequence[Event]) -> list[Mark]:
    """Every span of a document that plays a part in one of its events."""
    found = []
    for n, event in enumerate(events):
        tone = "not" if event.status in _NOT else "plan" if event.status in _PLAN else ""
        found.append(Mark(event.trigger, f"act q{event.quad} {tone}".strip(), n))
        found += [Mark(a.span, "actor", n) for a in event.actor]
        found += [Mark(a.span, "recipient", n) for a in event.recipient]
        found += [Mark(a.span, "denier", n) for a in event.denied_by]
        for speaker in event.said_by:
            found += [Mark(speaker.span, "speaker", n), Mark(speaker.cue_span, "cue", n)]
    return [m for m in found if m.span.end > m.span.begin]


def pieces(begin: int, end: int, marks: Sequence[Mark], stops: Sequence[int] = ()) -> Iterator[tuple[int, int, list[Mark]]]:
    """The stretch cut wherever a mark begins or ends (and at `stops`), each piece with the marks that lie on it."""
    inside = [m for m in marks if m.span.begin < end and m.span.end > begin]
    edges = sorted({begin, end} | {min(max(x, begin), end) for m in inside for x in m.span} | {s for s in stops if begin < s < end})
    for left, right in zip(edges, edges[1:], strict=False):
        yield left, right, [m for m in inside if m.span.begin <= left and right <= m.span.end]


def text_html(document: Document, events: Sequence[Event], mentions: Sequence[Mention] = (), stretch: Span | None = None) -> Html:
    """The text in paragraphs, marked; what was cut stands hidden where it stood; who is meant, hidden after each mention."""
    text = document.text
    first, last = stretch or Span(0, min(len(text), LONGEST))
    marks = sorted(marks_of(events), key=lambda m: m.span)
    meant = {m.span.end: m.name for m in mentions if m.name and m.name.casefold() != m.text.casefold()}
    cuts: list[tuple[int, Html]] = []
    if stretch is None:
        cuts = [(min(c.before, last), tag("span", tag("b", "cut: " + c.reason), " ", c.text[:2000], class_="cut")) for c in document.cut]
        cuts.sort(key=lambda c: c[0])
    out = []
    at = done = 0
    for begin, end in _paragraphs(text, first, last):
        before = []
        while done < len(cuts) and cuts[done][0] <= begin:
            before.append(cuts[done][1])
            done += 1
        out += [tag("div", b) for b in before]
        here = []
        while at < len(marks) and marks[at].span.end <= begin:
            at += 1
        for mark in marks[at:]:
            if mark.span.begin >= end:
                break
            here.append(mark)
        stops = [c[0] for c in cuts[done:] if c[0] < end] + [e for e in meant if begin < e <= end]
        inner: list[object] = []
        for left, right, on in pieces(begin, end, here, stops):
            while done < len(cuts) and cuts[done][0] <= left:
                inner.append(cuts[done][1])
                done += 1
            inner.append(_piece(text[left:right], left, on))
            if right in meant:
                inner.append(tag("span", f"[{meant[right]}]", class_="meant"))
        out.append(tag("p", *inner))
    out += [tag("div", c[1]) for c in cuts[done:]]
    if stretch is None and len(text) > LONGEST:
        out.append(tag("p", f"The text goes on for {len(text) - LONGEST:,} characters that are not shown here.", class_="soft"))
    return join(out)


def _paragraphs(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    at = first
    for gap in _GAP.finditer(text, first, last):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < last:
        yield at, last


def _piece(words: str, left: int, on: Sequence[Mark]) -> object:
    if not on:
        return words
    roles = " ".join(dict.fromkeys(r for m in on for r in m.role.split()))
    events = " ".join(dict.fromkeys(str(m.event) for m in on))
    starts = [m.event for m in on if m.role.startswith("act") and m.span.begin == left]
    return tag("mark", words, class_=roles, data_e=events, data_act=starts[0] if starts else None)


def party_html(actor: Actor) -> Html:
    """An actor: name, and codes with their meaning as a tooltip."""
    code = " ".join(x for x in (actor.country or "/".join(actor.members), actor.sector) if x)
    meaning = ", ".join(x for x in (country_name(actor.country), names()["sector"].get(actor.sector, actor.sector), actor.office) if x)
    shown = tag("span", actor.name or actor.text, class_="who")
    return join([shown, " ", tag("span", code, class_="code", title=meaning)]) if code else shown


def line_html(event: Event) -> Html:
    """Who did what to whom, on one line."""
    nobody = tag("span", "somebody", class_="soft")
    who = join([party_html(a) for a in event.actor], ", ") or nobody
    what = tag("span", " ".join(x for x in (event.event, event.mode) if x), class_=f"type t{event.quad}")
    whom = join([party_html(a) for a in event.recipient], ", ")
    arrow = tag("span", "→", class_="arrow", aria_hidden="true")
    return join([who, " ", arrow, " ", what, *([" ", arrow, " ", whom] if whom else [])])


def facts_html(event: Event) -> Html:
    """When, where, did it happen, on whose word, how sure."""
    facts: list[object] = [tag("span", when(event) or "no date", class_="day")]
    if event.place is not None:
        facts.append(event.place.name)
    if event.status != "asserted":
        by = ", ".join(a.name or a.text for a in event.denied_by)
        facts.append(tag("span", event.status + (f" by {by}" if by else ""), class_=f"status {event.status}"))
    if event.planned is not None:
        facts.append("plans " + " ".join(x for x in (event.planned.event, event.planned.mode, event.planned.date) if x))
    if event.said_by:
        facts.append(join(["says ", tag("em", " ← ".join(s.name or s.text for s in event.said_by))]))
    if event.against:
        facts.append("contradicted in the same text")
    facts.append(tag("span", f"{event.confidence:.0%}", title="probability that a coder would take this event"))
    return join(facts, " · ")


def card_html(event: Event, n: int, why: Explanation, address: str = "") -> Html:
    """An event beside its text: the line, the facts, the grounds on demand."""
    return tag(
        "li",
        tag("p", line_html(event), class_="line"),
        tag("p", facts_html(event), class_="facts"),
        tag("details", tag("summary", "Why"), why_html(why), tag("p", tag("a", "Open this event", href=address)) if address else None),
        class_=f"card k{event.quad}", data_e=n, id="e-" + event.id,
    )  # fmt: skip


def why_html(why: Explanation) -> Html:
    """The grounds of each decision as a list of definitions."""
    rows: list[object] = []
    for decision in why.decisions:
        if decision.field == "story":
            continue  # an id, which pages show as a link
        reasons = []
        for reason in decision.reasons:
            words = join([" — “", reason.words, "”"]) if reason.words and reason.words not in decision.answer else ""
            reasons.append(tag("div", tag("span", f"{reason.by} {reason.probability:.2f}: {reason.why}", class_="soft"), words))
        rows += [tag("dt", decision.question), tag("dd", tag("div", decision.answer or "nothing"), *reasons)]
    return tag("dl", *rows, class_="why")


def notes_html(found: Sequence[Nothing]) -> Html:
    """What gave no event, as a table."""
    if not found:
        return tag("p", "Nothing was noted.", class_="empty")
    head = tag("thead", tag("tr", *(tag("th", x, scope="col") for x in ("words", "why it gave nothing", "by", "probability"))))
    rows = [
        tag(
            "tr",
            tag("td", n.words[:300]),
            tag("td", n.reason),
            tag("td", n.stage),
            tag("td", f"{n.probability:.2f}" if n.probability else "", class_="n"),
        )
        for n in found
    ]
    return tag("div", tag("table", head, tag("tbody", *rows), class_="rows"), class_="scroll")


def legend_html() -> Html:
    """What the marks in the text mean."""
    roles = (("actor", "who did it"), ("recipient", "to whom"), ("speaker", "who says so"), ("denier", "who denies it"))
    quads = [tag("li", tag("i", class_=f"b{q}"), name) for q, name in sorted(names()["quad"].items())]
    return tag(
        "ul", *(tag("li", tag("span", word, class_=f"key {role}")) for role, word in roles), *quads, class_="legend", aria_label="Marks in the text"
    )


def document_html(coded: Coded, address: Callable[[Event], str] | None = None, level: str = "h2") -> Html:
    """A document to read: heading, text with marks, cards, what was cut, what gave nothing."""
    document = coded.document
    source = link(document.url)
    origin = (
        tag("a", document.publisher or source[:80], href=source, rel="noopener noreferrer nofollow")
        if source
        else document.publisher or document.source
    )
    dated = {"given": "", "metadata": "", "none": ""}.get(document.date_source, f" (from the {document.date_source})")
    facts = join([x for x in (origin, (document.date or "no date") + dated, document.language, f"{len(document.text.split()):,} words") if x], " · ")
    buttons = []
    if document.cut:
        buttons.append(tag("button", f"Show what was cut ({len(document.cut)})", type="button", aria_pressed="false", data_show="show-cut"))
    if any(m.name and m.name.casefold() != m.text.casefold() for m in coded.mentions):
        buttons.append(tag("button", "Show who is meant", type="button", aria_pressed="false", data_show="show-meant"))
    tools = tag("div", *buttons, class_="tools") if buttons else None
    cards = [card_html(e, n, explain(e, document), address(e) if address else "") for n, e in enumerate(coded.events)]
    beside = (
        tag("ol", *cards, class_="cards") if cards else tag("p", "No event was found in this text; below stands what was considered.", class_="empty")
    )
    return tag(
        "article",
        tag("header", tag(level, title_of(document)), tag("p", facts, class_="facts"), legend_html(), tools),
        tag("div", tag("div", text_html(document, coded.events, coded.mentions), class_="text"), beside, class_="reading"),
        tag("details", tag("summary", f"What gave no event, and why ({len(coded.notes)})"), notes_html(nothing(document, coded.notes))),
        class_="doc",
    )  # fmt: skip


def title_of(document: Document) -> str:
    """The title, or the first words of the text."""
    return document.title or document.text[:90].split("\n")[0] or document.source
