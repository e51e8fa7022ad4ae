"""Invented news pages for benchmarks: HTML of about 25 sentences with the furniture that pages have.

Events, people and papers are made up by a small grammar; countries and offices are real, so that actors resolve as they
do in news. About a third of the sentences hold an event that PLOVER codes, the rest are background, speech and colour.
The same number gives the same page; no two numbers give the same text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from whowhom.model import Page

COUNTRIES = (
    ("Kenya", "Kenyan", "Nairobi"), ("Ethiopia", "Ethiopian", "Addis Ababa"), ("France", "French", "Paris"), ("Peru", "Peruvian", "Lima"),
    ("Germany", "German", "Berlin"), ("Chile", "Chilean", "Santiago"), ("Vietnam", "Vietnamese", "Hanoi"), ("Poland", "Polish", "Warsaw"),
    ("Sweden", "Swedish", "Stockholm"), ("Ghana", "Ghanaian", "Accra"), ("Nigeria", "Nigerian", "Abuja"), ("India", "Indian", "New Delhi"),
    ("Egypt", "Egyptian", "Cairo"), ("Turkey", "Turkish", "Ankara"), ("Colombia", "Colombian", "Bogota"), ("Japan", "Japanese", "Tokyo"),
    ("Morocco", "Moroccan", "Rabat"), ("Serbia", "Serbian", "Belgrade"), ("Pakistan", "Pakistani", "Islamabad"), ("Iraq", "Iraqi", "Baghdad"),
)  # fmt: skip
FIRST = (
    "Amina", "Daniel", "Ruth", "Omar", "Elena", "Paul", "Noor", "Tomas", "Grace",
    "Henrik", "Lucia", "Samuel", "Ingrid", "Yusuf", "Clara", "Viktor",
)  # fmt: skip
LAST = (
    "Adeyemi", "Lindqvist", "Okoro", "Marchetti", "Haddad", "Kowal", "Tesfaye", "Ribeiro",
    "Nakata", "Vermeulen", "Sandoval", "Petrik", "Mensah",
)  # fmt: skip
OFFICES = ("Foreign Minister", "Defence Minister", "Interior Minister", "Prime Minister", "Trade Minister", "Justice Minister")
GROUPS = ("police", "soldiers", "farmers", "protesters", "teachers", "nurses", "fishermen", "rebels", "miners", "students", "traders", "judges")
TOWNS = ("Velmora", "Kessara", "Old Harbour", "Tambin", "Port Lisse", "Dry Creek", "Saint Orin", "Malta Bridge", "Northgate", "Halden")
THINGS = ("the river dam", "a coal mine", "fishing rights", "the border post", "grain prices", "a railway line", "the new tax", "a water treaty")
#: The pages are news of one week.
DAYS_COVERED = 7
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

EVENTS = (
    "{A} {office} {name} met {his} {b} counterpart in {cap} on {day} to discuss {thing}, officials from both sides said.",
    "{A} {group} arrested {n} {group2} in {town} on {day} after a march against {thing} turned violent.",
    "{Aname} accused {Bname} of moving troops towards the border near {town}, a charge that {bcap} denied.",
    "{Aname} and {Bname} signed an agreement on {thing} that both governments had negotiated for more than {n} months.",
    "At least {n} people were killed and dozens wounded when {group} attacked a convoy outside {town}, according to the {a} army.",
    "Thousands of {group} marched through {cap} on {day}, demanding that the government withdraw its plan for {thing}.",
    "{Aname} will send {n} million dollars in food aid to {Bname} next month, {office} {name} told reporters in {cap}.",
    "The {a} government threatened to expel {n} {b} diplomats unless the dispute over {thing} was settled by {day}.",
    "A court in {cap} sentenced {n} {group2} to prison for taking part in the unrest in {town} last year.",
    "{Bname} rejected a call by {Aname} to halt work on {thing} and said that talks would not resume before the election.",
)
SPEECH = (
    "“We have waited for {n} years and nobody has come to ask us what we think about {thing},” {name} said.",
    "{name}, who has lived in {town} since {year}, said that prices had doubled and that many families were leaving.",
    "“This is not the end of the matter,” a spokesman for the {a} ministry told a newspaper, without giving details.",
    "Analysts at a research institute in {bcap} said the decision could be hard to carry out before the end of the year.",
    "“People are tired,” said {name}, a teacher, standing in front of a shop whose windows had been boarded up.",
    "Neither the ministry nor the office of the {b} {office} answered questions that were sent to them on {day}.",
)
BACKGROUND = (
    "{town} lies about {n} kilometres from {cap} and had some {n},000 inhabitants at the last census in {year}.",
    "The region produces most of the country's maize, and the harvest has been poor for the third year in a row.",
    "{thing_cap} has been a matter of dispute since {year}, when an earlier plan was dropped for want of money.",
    "In {year} the same committee had found that costs were {n} per cent higher than planned.",
    "The road between {town} and {cap} was closed for repairs during the rainy season, which began early.",
    "Temperatures fell below freezing during the night, and fog hid the hills on the far side of the valley.",
    "The company, which was founded in {year} and employs about {n},000 people, did not publish figures for the last quarter.",
    "By the afternoon the market was empty except for a few stalls that sold fruit, batteries and second-hand clothes.",
    "Relations between {Aname} and {Bname} have been tense for most of the past decade, although trade has grown.",
)


def article(number: int, sentences: int = 25) -> tuple[str, str, list[str]]:
    """Day of publication, headline and paragraphs of article `number`, with about `sentences` sentences."""
    rng = random.Random(number)
    day = date(2023, 5, 1) + timedelta(days=rng.randrange(DAYS_COVERED))
    (a_name, a, cap), (b_name, b, bcap) = rng.sample(COUNTRIES, 2)

    def fill(template: str) -> str:
        thing, (group, group2) = rng.choice(THINGS), rng.sample(GROUPS, 2)
        words = {
            "A": a, "a": a, "b": b, "Aname": a_name, "Bname": b_name, "cap": cap, "bcap": bcap, "his": rng.choice(("his", "her")),
            "office": rng.choice(OFFICES), "name": f"{rng.choice(FIRST)} {rng.choice(LAST)}", "group": group, "group2": group2,
            "town": rng.choice(TOWNS), "thing": thing, "thing_cap": thing[0].upper() + thing[1:], "day": rng.choice(DAYS),
            "n": rng.randrange(3, 90), "year": rng.randrange(1968, 2022),
        }  # fmt: skip
        return template.format(**words)

    headline = f"{a_name} and {b_name} at odds over {rng.choice(THINGS)[4:].strip()}, report {number}"
    kinds = rng.choices((EVENTS, SPEECH, BACKGROUND), (9, 6, 10), k=max(1, sentences + rng.randrange(-sentences // 3, sentences // 3 + 1)))
    written = [fill(rng.choice(k)) for k in kinds]
    written[0] = f"{cap.upper()}, {day:%B} {day.day} - {written[0]}"
    paragraphs = []
    while written:
        size = rng.choice((1, 2, 2, 3))
        paragraphs.append(" ".join(written[:size]))
        written = written[size:]
    return day.isoformat(), headline, paragraphs


def page(number: int, sentences: int = 25) -> Page:
    """Invented page `number` as HTML with navigation, teasers, a script and a footer around the article."""
    day, headline, paragraphs = article(number, sentences)
    url = f"https://paper{number % 40}.example/{day.replace('-', '/')}/story-{number}"
    menu = "".join(f'<li><a href="/{w.lower()}">{w}</a></li>' for w in ("World", "Business", "Sport", "Culture", "Opinion", "Weather", "Jobs"))
    teasers = "".join(f'<div class="teaser"><a href="/t{n}"><h4>{article(number * 7 + n + 1, 1)[1]}</h4></a></div>' for n in range(6))
    body = "".join(f"<p>{p}</p>\n" for p in paragraphs)
    html = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline} | The Paper</title>'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"><link rel="canonical" href="{url}">'
        f"<script>{'var a=1;' * 400}</script><style>{'.x{color:red}' * 200}</style></head><body><header><nav><ul>{menu}</ul></nav></header>"
        f'<main><article><h1>{headline}</h1><p class="byline">By our correspondent</p>{body}</article><aside>{teasers}</aside></main>'
        f'<footer><p>© The Paper. All rights reserved.</p><ul>{menu}</ul></footer><script>{"track();" * 300}</script></body></html>'
    )
    return Page(url, html.encode(), "html", url, charset="utf-8")


def pages(begin: int, end: int, sentences: int = 25) -> Iterator[Page]:
    """Pages from begin to end."""
    return (page(n, sentences) for n in range(begin, end))
