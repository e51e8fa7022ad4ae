"""Claims against claims: who is linked with whom, and who is not."""

from __future__ import annotations

import dataclasses

from whowhom.events.claims import link
from whowhom.model import Actor, Event, Span


def actor(text: str, country: str = "", sector: str = "", entity: str = "") -> Actor:
    return Actor(text, Span(0, 0), country=country, sector=sector, entity=entity)


def event(
    id: str, kind: str, status: str, actors: tuple[Actor, ...], recipients: tuple[Actor, ...] = (), mode: str = "", date: str = "2024"
) -> Event:
    return Event(
        id, "d", kind, mode, (), "190", 4, -9.0, -10.0, actors, recipients, date, "", "year", "text", status, None, (), (), (), None,
        "", Span(0, 0), Span(0, 0), 0.9,
    )  # fmt: skip


KHARTOUM, SUDAN, RSF, CHAD = actor("Khartoum", "SDN", "GOV"), actor("Sudan", "SDN"), actor("the RSF", "SDN", "UAF"), actor("Chad", "TCD")


def test_an_asserted_and_a_denied_event_stand_against_each_other() -> None:
    one, other = link([event("a", "ASSAULT", "asserted", (KHARTOUM,), (CHAD,)), event("b", "ASSAULT", "denied", (SUDAN,), (CHAD,))])
    assert (one.against, other.against) == (("b",), ("a",))


def test_a_side_left_open_is_carried_by_the_other() -> None:
    one, other = link([event("a", "ASSAULT", "asserted", (), (CHAD,)), event("b", "ASSAULT", "negated", (SUDAN,), (CHAD,))])
    assert one.against == ("b",)
    assert other.against == ("a",)
    assert link([event("a", "ASSAULT", "asserted", (SUDAN,)), event("b", "ASSAULT", "denied", (), (CHAD,))])[0].against == ()


def test_other_parties_types_modes_and_statuses_are_other_events() -> None:
    denied = event("b", "ASSAULT", "denied", (SUDAN,), (CHAD,), "aerial")
    for other in (
        event("a", "COERCE", "asserted", (SUDAN,), (CHAD,)),
        event("a", "ASSAULT", "asserted", (RSF,), (actor("farmers"),)),
        event("a", "ASSAULT", "asserted", (SUDAN,), (CHAD,), "firearms"),
        event("a", "ASSAULT", "planned", (SUDAN,), (CHAD,)),
        event("a", "ASSAULT", "historical", (SUDAN,), (CHAD,), date="1998"),
    ):
        assert [e.against for e in link([other, denied])] == [(), ()], other


def test_two_sectors_of_one_country_are_two_parties() -> None:
    assert link([event("a", "ASSAULT", "asserted", (RSF,)), event("b", "ASSAULT", "denied", (KHARTOUM,))])[0].against == ()


def test_what_is_not_disputed_comes_back_as_it_was() -> None:
    events = (event("a", "AID", "asserted", (CHAD,), (SUDAN,)), event("c", "AID", "asserted", (SUDAN,), (CHAD,)))
    assert link(events) == events


def test_a_government_denies_for_its_army_but_not_for_others() -> None:
    army, police = actor("Sudanese soldiers", "SDN", "MIL"), actor("Chadian police", "TCD", "COP")
    denied = event("b", "ASSAULT", "denied", (KHARTOUM,), (CHAD,))
    assert link([event("a", "ASSAULT", "asserted", (army,), (CHAD,)), denied])[0].against == ("b",)
    assert link([event("a", "ASSAULT", "asserted", (police,), (CHAD,)), denied])[0].against == ()
    assert link([event("a", "ASSAULT", "asserted", (army,), (KHARTOUM,)), event("b", "ASSAULT", "denied", (army,), (army,))])[0].against == ()


def test_who_denies_stands_for_a_doer_without_a_name() -> None:
    minister = actor("the defence minister", "SDN", "GOV")
    ours = dataclasses.replace(event("b", "ASSAULT", "denied", (actor("We"),), (actor("anybody"),)), denied_by=(minister,))
    assert link([event("a", "ASSAULT", "asserted", (SUDAN,), (CHAD,)), ours])[0].against == ("b",)
    assert link([event("a", "ASSAULT", "asserted", (CHAD,), (SUDAN,)), ours])[0].against == ()


def test_a_description_takes_up_a_named_party_and_an_indefinite_one_does_not() -> None:
    port = actor("Port Sudan", "SDN", "CVL")
    asserted = event("a", "ASSAULT", "asserted", (RSF,), (port,))
    assert link([asserted, event("b", "ASSAULT", "denied", (RSF,), (actor("the city"),))])[0].against == ("b",)
    assert link([asserted, event("b", "ASSAULT", "denied", (RSF,), (actor("a convoy"),))])[0].against == ()
    assert link([asserted, event("b", "ASSAULT", "denied", (actor("the group"),), (actor("the city"),))])[0].against == ()
