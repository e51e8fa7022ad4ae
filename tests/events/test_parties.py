from __future__ import annotations

import dataclasses

import numpy as np

from whowhom.encoder import Reading
from whowhom.events.attribution import Attribution
from whowhom.events.candidates import Candidate, Party
from whowhom.events.parties import accused, hosted, posted, sided, spoken, visited, with_object
from whowhom.knowledge import ontology
from whowhom.model import Mention, Sentence, Span

BOOK = ontology.load()


def candidate(text: str, trigger: str, actors: list[str], recipients: list[str]) -> Candidate:
    words, at = [], 0
    for word in text.split(" "):
        words.append(Span(at, at + len(word)))
        at += len(word) + 1
    sentence = Sentence("d", 0, 0, "body", Span(0, len(text)), text, tuple(words))

    def party(name: str) -> Party:
        begin = text.index(name)
        return Party(Mention("d", name, Span(begin, begin + len(name)), "person", 0, entity=name.lower()), (0,), 0.9)

    row = text.split(" ").index(trigger)
    none: tuple[Party, ...] = ()
    return Candidate(sentence, Reading({}, {}), row, np.zeros(17, np.float32), tuple(map(party, actors)), tuple(map(party, recipients)), none, none)


def names(parties: tuple[Party, ...]) -> list[str]:
    return [p.mention.text for p in parties]


def test_in_talks_without_a_host_all_are_actors() -> None:
    one, why = sided(candidate("Mali spoke to Chad on Monday", "spoke", ["Mali"], ["Chad"]), "CONSULT", "phone", BOOK)
    assert names(one.actors) == ["Mali", "Chad"] and not one.recipients and why


def test_a_visitor_keeps_its_host() -> None:
    one, why = sided(candidate("Mali visited Chad on Monday", "visited", ["Mali"], ["Chad"]), "CONSULT", "visit", BOOK)
    assert names(one.actors) == ["Mali"] and names(one.recipients) == ["Chad"] and not why


def test_an_agreement_with_somebody_is_of_both() -> None:
    one, _ = sided(candidate("Mali agreed with Chad to open the road", "agreed", ["Mali"], ["Chad"]), "AGREE", "", BOOK)
    assert names(one.actors) == ["Mali", "Chad"]
    other, _ = sided(candidate("Mali promised Chad to open the road", "promised", ["Mali"], ["Chad"]), "AGREE", "", BOOK)
    assert names(other.recipients) == ["Chad"]


def test_nobody_acts_upon_himself() -> None:
    one, _ = sided(candidate("Mali accused Mali of lies", "accused", ["Mali"], ["Mali"]), "ACCUSE", "", BOOK)
    assert names(one.actors) == ["Mali"] and not one.recipients


def quoted(text: str, speaker: str, sector: str = "GOV") -> Attribution:
    begin = text.index(speaker)
    source = Mention("d", speaker, Span(begin, begin + len(speaker)), "person", 0, sector=sector, entity=speaker.lower())
    cue = text.index("said")
    return Attribution(0, source, speaker, source.span, Span(cue, cue + 4), "said", (Span(0, cue),))


def test_words_without_a_doer_are_the_speakers() -> None:
    text = "They meddle in Chad , Mali said"
    one = candidate(text, "meddle", [], ["They"])
    assert names(spoken(one, [quoted(text, "Mali")]).actors) == ["Mali"]
    assert not spoken(one, []).actors
    assert not spoken(one, [quoted(text, "Mali", "JRN")]).actors


def test_a_doer_left_out_on_purpose_stays_open() -> None:
    text = "Chad was accused of lies , Mali said"
    assert not spoken(candidate(text, "accused", [], ["Chad"]), [quoted(text, "Mali")]).actors
    assert names(spoken(candidate(text, "accused", ["Chad"], []), [quoted(text, "Mali")]).actors) == ["Chad"]


def test_who_leaves_talks_on_neutral_ground_acts_against_nobody_there() -> None:
    text = "Chad walked out of the talks in Lima"
    one = candidate(text, "walked", ["Chad"], [])
    assert not hosted(one, "PROTEST", [place(text, "Lima", "PER")]).recipients
    fair = "Chad boycotted prices in Lima before a book fair"
    assert not hosted(candidate(fair, "boycotted", ["Chad"], []), "PROTEST", [place(fair, "Lima", "PER")]).recipients


def place(text: str, name: str, country: str) -> Mention:
    begin = text.index(name)
    return Mention("d", name, Span(begin, begin + len(name)), "place", 0, country=country, entity=name.lower())


def test_who_stays_away_from_an_occasion_acts_against_its_host() -> None:
    text = "Chad boycotted the Lima Youth Games over arrests"
    one = candidate(text, "boycotted", ["Chad"], [])
    assert names(hosted(one, "PROTEST", [place(text, "Lima", "PER")]).recipients) == ["Lima"]
    behind = "Chad skipped the climate summit in Lima on Monday"
    assert names(hosted(candidate(behind, "skipped", ["Chad"], []), "REJECT", [place(behind, "Lima", "PER")]).recipients) == ["Lima"]


def test_who_travels_somewhere_is_the_guest_of_that_state() -> None:
    for text, word, event in (
        ("Chad will fly on Monday to Lima with a letter", "fly", "AGREE"),
        ("Chad arrived in Lima for talks", "arrived", "CONSULT"),
        ("Chad is to visit Lima in May", "visit", "AGREE"),
    ):
        assert names(visited(candidate(text, word, ["Chad"], []), event, [place(text, "Lima", "PER")]).recipients) == ["Lima"]


def test_a_journey_home_or_an_act_that_is_none_has_no_host() -> None:
    text = "Chad arrived in Lima for talks"
    one, lima = candidate(text, "arrived", ["Chad"], []), place(text, "Lima", "PER")
    assert not visited(one, "ASSAULT", [lima]).recipients
    home = dataclasses.replace(one, actors=(Party(dataclasses.replace(one.actors[0].mention, country="PER"), (0,), 0.9),))
    assert not visited(home, "CONSULT", [lima]).recipients
    assert names(visited(candidate(text, "arrived", ["Chad"], ["talks"]), "CONSULT", [lima]).recipients) == ["talks"]
    spoke = "Chad spoke of fish in Lima"
    assert not visited(candidate(spoke, "spoke", ["Chad"], []), "CONSULT", [place(spoke, "Lima", "PER")]).recipients


def test_a_place_that_names_no_occasion_is_no_host() -> None:
    text = "Chad boycotted elections while Lima slept"
    assert not hosted(candidate(text, "boycotted", ["Chad"], []), "PROTEST", [place(text, "Lima", "PER")]).recipients
    marched = "Chad marched before the Lima Games"
    assert not hosted(candidate(marched, "marched", ["Chad"], []), "PROTEST", [place(marched, "Lima", "PER")]).recipients
    assert not hosted(candidate(marched, "marched", ["Chad"], []), "ASSAULT", [place(marched, "Lima", "PER")]).recipients


def test_an_agency_that_carries_words_is_no_actor() -> None:
    text = "Halt the raids on Chad , Xinhua said quoting Mali"
    agency = quoted(text, "Xinhua", "JRN")
    one = candidate(text, "Halt", ["Xinhua"], ["Chad"])
    xinhua = dataclasses.replace(one.actors[0], mention=agency.source)
    one = dataclasses.replace(one, actors=(xinhua,))
    assert not spoken(one, [agency]).actors
    assert names(spoken(one, [agency, dataclasses.replace(quoted(text, "Mali"), content=(Span(0, 20),))]).actors) == ["Mali"]
    assert names(spoken(one, []).actors) == ["Xinhua"]


def test_a_party_right_behind_the_event_word_is_its_recipient() -> None:
    text = "Mali warned Peru against arming Chad"
    one, mentions = candidate(text, "warned", ["Mali"], []), [place(text, "Peru", "PER"), place(text, "Chad", "TCD")]
    assert names(with_object(one, "THREATEN", mentions).recipients) == ["Peru"]
    assert not with_object(one, "CONSULT", mentions).recipients
    assert names(with_object(candidate(text, "warned", ["Mali", "Peru"], []), "THREATEN", mentions).actors) == ["Mali", "Peru"]
    assert not with_object(candidate(text, "against", ["Mali"], []), "THREATEN", mentions).recipients


def test_an_accuser_did_not_do_what_he_accuses_somebody_of() -> None:
    one = candidate("Togo accused Chad of arming rebels", "arming", ["Togo", "Chad"], ["rebels"])
    assert names(accused(one, "AID", ()).actors) == ["Chad"]
    one = candidate("Togo blamed Chad for the raid on a mosque", "raid", ["Togo", "Chad"], ["a mosque"])
    assert names(accused(one, "ASSAULT", ()).actors) == ["Chad"]
    for text in ("Togo was accused with Chad of arming rebels", "Togo accused Chad and Mali is arming rebels", "Togo and Chad accused of arming rebels"):
        one = candidate(text, "arming", ["Togo", "Chad"], ["rebels"])
        assert names(accused(one, "AID", ()).actors) == ["Togo", "Chad"]


def test_whoever_recalls_an_envoy_acts_against_the_state_where_he_is() -> None:
    for text, word in (
        ("Chad recalled its ambassador from Lima", "recalled"),
        ("Chad withdrew two diplomats based in Lima", "withdrew"),
        ("Chad shuts all consulates in Lima", "shuts"),
    ):
        assert names(posted(candidate(text, word, ["Chad"], []), "SANCTION", [place(text, "Lima", "PER")]).recipients) == ["Lima"]


def test_an_envoy_at_work_is_no_act_against_anybody() -> None:
    text = "Chad recalled its ambassador from Lima"
    one, lima = candidate(text, "recalled", ["Chad"], []), place(text, "Lima", "PER")
    assert not posted(one, "CONSULT", [lima]).recipients
    told = "Chad recalled that its ambassador went to Lima"
    assert not posted(candidate(told, "recalled", ["Chad"], []), "SANCTION", [place(told, "Lima", "PER")]).recipients
    others = dataclasses.replace(one, recipients=(Party(place(text, "ambassador", "MLI"), (), 0.9),))
    assert names(posted(others, "SANCTION", [lima]).recipients) == ["ambassador"]


def test_who_is_named_behind_an_act_against_his_own_state_did_not_do_it() -> None:
    one = candidate("Mali warned Peru of war that Lima denied planning", "warned", ["Mali", "Lima"], ["Peru"])
    countries = {"Mali": "MLI", "Lima": "PER", "Peru": "PER"}

    def at_home(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(dataclasses.replace(p, mention=dataclasses.replace(p.mention, country=countries[p.mention.text])) for p in parties)

    placed = dataclasses.replace(one, actors=at_home(one.actors), recipients=at_home(one.recipients))
    assert names(sided(placed, "THREATEN", "", BOOK)[0].actors) == ["Mali"]
    alone = dataclasses.replace(placed, actors=placed.actors[1:])
    assert names(sided(alone, "THREATEN", "", BOOK)[0].actors) == ["Lima"], "somebody did it"
