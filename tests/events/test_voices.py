from __future__ import annotations

from whowhom import flow
from whowhom.config import Options
from whowhom.events.attribution import Attribution
from whowhom.events.voices import heard
from whowhom.model import Coded, Mention, Page, Span

TEXT = '"We shall open the border," the Kenyan president said. "Nobody warned us," said the Turkish minister. We doubt both.'
KENYA = Mention("d", "the Kenyan president", Span(28, 48), "person", 0, country="KEN", sector="GOV", entity="k", confidence=0.9)
TURKEY = Mention("d", "the Turkish minister", Span(80, 100), "person", 1, country="TUR", sector="GOV", entity="t", confidence=0.9)


def we(word: str, after: int = 0) -> Mention:
    at = TEXT.index(word, after)
    return Mention("d", word, Span(at, at + len(word)), "pronoun", 0, country="USA", entity="one", how="the document is about USA")


def said(source: Mention | None, content: str) -> Attribution:
    at = TEXT.index(content)
    return Attribution(0, source, source.text if source else "", source.span if source else Span(0, 0), Span(49, 53), "said", (Span(at, at + len(content)),))


def test_each_speaker_says_we_of_his_own_side() -> None:
    ours = (we("We"), we("us"), we("We", 60), KENYA)
    kenyan, turkish, paper, other = heard(ours, (said(KENYA, "We shall open the border,"), said(TURKEY, "Nobody warned us,")))
    assert (kenyan.country, kenyan.sector, turkish.country) == ("KEN", "GOV", "TUR")
    assert kenyan.entity != turkish.entity != paper.entity
    assert 0 < kenyan.confidence < KENYA.confidence and "the Kenyan president" in kenyan.how
    assert (paper, other) == (ours[2], KENYA), "outside of reports nothing changes"


def test_a_speaker_nobody_knows_leaves_we_unknown() -> None:
    for source in (None, Mention("d", "a passer-by", Span(28, 39), "person", 0)):
        (one,) = heard((we("We"),), (said(source, "We shall open the border,"),))
        assert (one.country, one.confidence) == ("", 0.0)


def test_the_narrowest_report_decides() -> None:
    (one,) = heard((we("us"),), (said(KENYA, TEXT), said(TURKEY, "Nobody warned us,")))
    assert one.country == "TUR"


def test_a_page_of_two_speakers() -> None:
    (coded,) = flow.code_pages([Page("x", TEXT.encode(), "text", date="2025-03-05")], Options(threads=1))
    assert isinstance(coded, Coded)
    countries = {m.text: m.country for m in coded.mentions if m.kind == "pronoun" and m.span.begin < 80}
    assert countries["We"] == "KEN" and countries["us"] == "TUR"
