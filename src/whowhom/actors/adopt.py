"""A mention takes an identity: country, sector and office of the day."""

from __future__ import annotations

from whowhom.actors.draft import Draft
from whowhom.actors.identity import Identity, Scene
from whowhom.actors.sectors import sector_on


def adopt(one: Draft, found: Identity, scene: Scene) -> None:
    """Note an identity: country and sector of the day; role words of the text that say otherwise are further sectors."""
    one.identity = found
    one.label, one.wikidata = found.person.name, found.person.wikidata
    sector = sector_on(found, scene.day)
    term = found.person.on(scene.day) or found.term
    one.country = term.country if term else found.person.country
    told = one.told.sectors if not one.told.past else ("ELI",)
    out_of_office = not scene.day or found.person.on(scene.day) is None
    if out_of_office and one.told.role and told and told[0] != "UNK" and scene.day:
        sector, told = told[0], told[1:]  # the text knows of an office that the table lacks
    one.sectors = tuple(dict.fromkeys(s for s in (sector, *told) if s and (s != "UNK" or not sector)))[:3]
    one.office = term.office if term and found.person.on(scene.day) else (f"former {term.office}" if term and found.person.before(scene.day) else "")
    one.steps.append(found.how)
    one.probability = found.probability
