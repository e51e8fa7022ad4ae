"""Who says so: quotations that run on, pronouns that speak, chains of speakers. Readings are made by hand here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from whowhom import sentences
from whowhom.encoder import Reading
from whowhom.events.attribution import Attribution, _bare, _opening, joined, said_by
from whowhom.events.candidates import Candidate, Party
from whowhom.events.quotations import carry
from whowhom.events.relayed import relayed
from whowhom.model import Document, Mention, Sentence, Span


def page(text: str) -> tuple[Document, tuple[Sentence, ...]]:
    document = Document("d", "", "", "", "", "2024-05-02", "given", "en", text)
    return document, sentences.split(document)


def mention(document: Document, split: tuple[Sentence, ...], words: str, nth: int = 0, **known: Any) -> Mention:
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(words, at + 1)
    here = next(s.index for s in split if s.span.begin <= at < s.span.end)
    return Mention("d", words, Span(at, at + len(words)), known.pop("kind", "person"), here, **known)


def attribution(document: Document, source: Mention | None, cue: str, *content: str, nth: int = 0) -> Attribution:
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(cue, at + 1)
    spans = tuple(Span(b := document.text.index(c), b + len(c)) for c in content)
    sentence = source.sentence if source else 0
    return Attribution(sentence, source, source.text if source else "", source.span if source else Span(0, 0), Span(at, at + len(cue)), cue, spans)


def candidate(split: tuple[Sentence, ...], word: str, actors: tuple[Mention, ...] = (), speakers: tuple[Mention, ...] = ()) -> Candidate:
    sentence = next(s for s in split if word in s.text)
    row = next(i for i, w in enumerate(sentence.words) if sentence.text[w.begin - sentence.span.begin : w.end - sentence.span.begin] == word)
    parties = tuple(Party(m, (0,), 0.9) for m in actors)
    return Candidate(sentence, Reading({}, {}), row, np.zeros(1, np.float32), parties, (), tuple(Party(m, (0,), 0.9) for m in speakers), ())


def test_reporting_words_that_break_into_a_quotation_keep_both_ends_of_it() -> None:
    document, split = page('"It is over," Aya Sow said on Monday, "and we shall rebuild. Nobody will be left out."')
    sow = mention(document, split, "Aya Sow")
    (one,) = carry(document, split, [sow], [attribution(document, sow, "said", "It is over")])
    assert one.covers(Span(document.text.index("rebuild"), 0))
    assert one.covers(Span(document.text.index("Nobody"), 0))


def test_who_was_quoted_before_goes_on_rather_than_who_was_only_mentioned() -> None:
    document, split = page('"It is over," Aya Sow said, noting that Oslo paid. "We shall rebuild the port."')
    sow = mention(document, split, "Aya Sow")
    said, noting = attribution(document, sow, "said", "It is over"), attribution(document, sow, "noting", "that Oslo paid")
    one, two = carry(document, split, [sow], [said, noting])
    assert one.covers(Span(document.text.index("rebuild"), 0))
    assert two.content == noting.content


def test_who_speaks_within_a_quotation_does_not_go_on_in_the_next() -> None:
    document, split = page('"I think he is fit," Aya Sow said. "I hope so." "Nobody will be left out."')
    sow, i = mention(document, split, "Aya Sow"), mention(document, split, "I", kind="pronoun", nth=1)
    said, hope = attribution(document, sow, "said", "I think he is fit"), attribution(document, i, "hope", "so")
    one, two = carry(document, split, [sow, i], [said, hope])
    assert one.covers(Span(document.text.index("Nobody"), 0))
    assert two.content == hope.content


def test_a_quotation_belongs_whole_to_who_is_reported_for_its_first_sentence() -> None:
    document, split = page('"Our troops crossed the river," General Okoye said. "They burned two villages. Nobody stopped them."')
    general = mention(document, split, "General Okoye")
    (one,) = carry(document, split, [general], [attribution(document, general, "said", "Our troops crossed the river")])
    assert one.covers(Span(document.text.index("burned"), 0))
    assert one.covers(Span(document.text.index("stopped"), 0))
    assert not one.covers(one.cue)


def test_a_cue_alone_in_its_sentence_takes_the_quotation_before_it() -> None:
    document, split = page('"Who will pay for the dead?" The bishop asked.\n\nNobody answered.')
    bishop = mention(document, split, "The bishop")
    (one,) = carry(document, split, [bishop], [attribution(document, bishop, "asked")])
    assert [document.text[c.begin : c.end] for c in one.content] == ["Who will pay for the dead?"]


def test_a_cue_that_reports_nothing_takes_no_quotation_of_another() -> None:
    document, split = page('"We have a choice," Aya Sow said. "It is simple."\n\nThe bishop asked. Nobody answered.')
    sow, bishop = mention(document, split, "Aya Sow"), mention(document, split, "The bishop")
    found = [attribution(document, sow, "said", "We have a choice"), attribution(document, bishop, "asked")]
    (one,) = carry(document, split, [sow, bishop], found)
    assert one.covers(Span(document.text.index("simple"), 0))


def test_a_cue_that_reports_nothing_is_left_out() -> None:
    document, split = page("The bishop asked. Nobody answered.")
    bishop = mention(document, split, "The bishop")
    assert carry(document, split, [bishop], [attribution(document, bishop, "asked")]) == ()


def test_a_quoted_word_within_a_report_does_not_move_the_report() -> None:
    document, split = page('Minister Diallo said the raid was "necessary" and would be repeated. The union called it "theft".')
    diallo, union = mention(document, split, "Minister Diallo"), mention(document, split, "The union")
    first = attribution(document, diallo, "said", 'the raid was "necessary" and would be repeated')
    second = attribution(document, union, "called", 'it "theft"')
    one, two = carry(document, split, [diallo, union], [first, second])
    assert one.content == first.content
    assert two.content == second.content


def test_a_pronoun_that_speaks_is_named_by_its_entity() -> None:
    document, split = page("President Amina Sow arrived in Lomé. She said rebels had shelled Dapaong.")
    sow = mention(document, split, "President Amina Sow", entity="e1", name="Amina Sow", country="TGO")
    she = mention(document, split, "She", entity="e1", kind="pronoun")
    found = carry(document, split, [sow, she], [attribution(document, she, "said", "rebels had shelled Dapaong")])
    (speaker,) = said_by(candidate(split, "shelled"), found, "ASSAULT")
    assert (speaker.text, speaker.name, speaker.country, speaker.cue) == ("She", "Amina Sow", "TGO", "said")


def test_a_pronoun_that_nobody_resolved_is_the_speaker_just_before() -> None:
    document, split = page("Colonel Haile said the bridge was taken. He added that militiamen had fired on ferries.")
    haile, he = mention(document, split, "Colonel Haile"), mention(document, split, "He", kind="pronoun")
    found = [attribution(document, haile, "said", "the bridge was taken"), attribution(document, he, "added", "militiamen had fired on ferries")]
    assert carry(document, split, [haile, he], found)[1].who == haile


def test_the_chain_runs_from_the_innermost_speaker_outwards() -> None:
    document, split = page("The agency reported that Marshal Tun had said that pilots bombed the mill.")
    agency, tun = mention(document, split, "The agency"), mention(document, split, "Marshal Tun")
    outer = attribution(document, agency, "reported", "Marshal Tun had said that pilots bombed the mill")
    inner = attribution(document, tun, "said", "pilots bombed the mill")
    assert [s.text for s in said_by(candidate(split, "bombed"), [outer, inner], "ASSAULT")] == ["Marshal Tun", "The agency"]


def test_reporting_words_that_open_a_sentence_hold_for_what_nobody_else_says() -> None:
    document, split = page("According to the ministry, Tun met Sow, in which talks Lomé threatened Accra, and Riga said Oslo shelled Turku.")
    ministry, riga = mention(document, split, "the ministry"), mention(document, split, "Riga")
    found = [attribution(document, ministry, "According to", "Tun met Sow"), attribution(document, riga, "said", "Oslo shelled Turku")]
    assert [s.text for s in said_by(candidate(split, "threatened"), found, "THREATEN")] == ["the ministry"]
    assert [s.text for s in said_by(candidate(split, "shelled"), found, "ASSAULT")] == ["Riga"]
    inside = attribution(document, riga, "said", "Oslo shelled Turku")
    assert said_by(candidate(split, "threatened"), [inside], "THREATEN") == (), "words within the sentence hold for what they report"


def test_who_speaks_in_the_event_itself_is_no_speaker_of_it_unless_reported() -> None:
    document, split = page("The agency reported that Lomé said the raid was barbaric.")
    agency, lome = mention(document, split, "The agency"), mention(document, split, "Lomé")
    said = attribution(document, lome, "said", "the raid was barbaric")
    own = candidate(split, "barbaric", actors=(lome,))
    assert said_by(own, [said], "ACCUSE") == ()
    assert [s.text for s in said_by(own, [said], "ACCUSE", "planned")] == ["Lomé"]
    outer = attribution(document, agency, "reported", "Lomé said the raid was barbaric")
    assert [s.text for s in said_by(own, [outer, said], "ACCUSE")] == ["Lomé", "The agency"]


def test_nobody_is_the_speaker_of_what_is_only_alleged_blamed_or_denied() -> None:
    document, split = page("It is alleged that Oslo condemned the shelling that Riga denied.")
    oslo, riga = mention(document, split, "Oslo"), mention(document, split, "Riga")
    alleged = attribution(document, None, "alleged", "Oslo condemned the shelling")
    blame = attribution(document, oslo, "condemned", "the shelling")
    denial = attribution(document, riga, "denied", "the shelling")
    assert said_by(candidate(split, "shelling"), [alleged, blame, denial], "ASSAULT", "denied", (riga,)) == ()


def test_the_encoders_own_arc_speaks_where_no_cue_stands() -> None:
    document, split = page("For the mayor, soldiers torched the archive.")
    mayor = mention(document, split, "the mayor")
    (speaker,) = said_by(candidate(split, "torched", speakers=(mayor,)), [], "ASSAULT")
    assert (speaker.text, speaker.cue) == ("the mayor", "")


def test_a_source_ends_with_a_word() -> None:
    text = "the mayor, a former judge of the U.S.,"
    assert text[slice(*_bare(text, Span(0, len(text))))] == "the mayor, a former judge of the U.S."
    assert _bare(",", Span(0, 1)) == Span(0, 1)


def test_spans_are_joined_over_blanks_and_marks_only() -> None:
    text = "one two, three four"
    assert joined([Span(4, 7), Span(0, 3), Span(14, 19)], text) == (Span(0, 7), Span(14, 19))
    assert joined([Span(0, 3), Span(4, 7), Span(9, 14)], text) == (Span(0, 14),)


# Speakers whose words come through another.
SAID = "the border is closed"


@pytest.mark.parametrize(
    ("text", "source", "cue", "other", "wanted"),
    [
        ("“{}”, Tanjug quoted Pero Babic as saying.", "Tanjug", "quoted", "Pero Babic", ["Pero Babic", "Tanjug"]),
        ("Tanjug quotes the mayor as having said that {}.", "Tanjug", "quotes", "mayor", ["mayor", "Tanjug"]),
        ("Tanjug quoted the mayor as also telling reporters that {}.", "Tanjug", "quoted", "mayor", ["mayor", "Tanjug"]),
        ("Pero Babic was quoted by Tanjug as saying that {}.", "Pero Babic", "quoted", "Tanjug", ["Pero Babic", "Tanjug"]),
        ("Pero Babic was quoted as saying by Tanjug that {}.", "Pero Babic", "saying", "Tanjug", ["Pero Babic", "Tanjug"]),
        ("Tanjug said that {}, citing Pero Babic.", "Tanjug", "said", "Pero Babic", ["Pero Babic", "Tanjug"]),
        ("Tanjug said that {}, citing Pero Babic's tears.", "Tanjug", "said", "Pero Babic", ["Tanjug"]),
        ("The mayor said that {}, citing Pero Babic.", "mayor", "said", "Pero Babic", ["mayor"]),
        ("Tanjug cited Pero Babic for bravery: {}.", "Tanjug", "cited", "Pero Babic", ["Tanjug"]),
        ("Tanjug said that {}, and the men quoted Scripture to Pero Babic.", "Tanjug", "said", "Pero Babic", ["Tanjug"]),
    ],
)
def test_second_speaker(text: str, source: str, cue: str, other: str, wanted: list[str]) -> None:
    document, split = page(text.format(SAID))
    first, second = (mention(document, split, w, kind="organisation" if w == "Tanjug" else "person") for w in (source, other))
    found = relayed(split, [first, second], [attribution(document, first, cue, SAID)])
    assert [a.source_text for a in found] == wanted
    assert len({a.content for a in found}) == 1


def test_both_known_are_put_in_order() -> None:
    document, split = page(f"“{SAID}”, Tanjug quoted Pero Babic as saying.")
    first, second = mention(document, split, "Tanjug"), mention(document, split, "Pero Babic")
    known = [attribution(document, first, "quoted", SAID), attribution(document, second, "saying", SAID)]
    assert [a.source_text for a in relayed(split, [first, second], known)] == ["Pero Babic", "Tanjug"]


def test_nobody_known_to_speak() -> None:
    document, split = page("Tanjug quoted Pero Babic as saying nothing.")
    assert relayed(split, [mention(document, split, "Tanjug"), mention(document, split, "Pero Babic")], []) == []


def test_according_to_somebody_at_the_head_of_a_sentence_is_read_without_the_encoder() -> None:
    document, split = page("According to the Oslo daily, Chad struck, which Mali denied. It rained, according to nobody.")
    daily = mention(document, split, "the Oslo daily")
    one = _opening(document, split[0], [daily, mention(document, split, "Chad")])
    assert one is not None and (one.cue_text, one.source, one.source_text) == ("According to", daily, "the Oslo daily")
    assert one.covers(Span(document.text.index("denied"), 0)) and not one.covers(one.source_span)
    assert _opening(document, split[1], []) is None
