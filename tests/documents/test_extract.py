"""From bytes to documents: HTML and text, charset, date, headline, language, spans, hostile input."""

from __future__ import annotations

import dataclasses
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.documents import extract
from whowhom.documents.clean import clean
from whowhom.documents.dates import from_address, from_dateline, plausible, written
from whowhom.documents.decode import decode
from whowhom.documents.language import language
from whowhom.documents.title import without_site
from whowhom.model import Document, Page, SetAside

BODY = [
    "The parliament of Norland voted on Monday to close the border with Sudmark for a month.",
    "The vote followed the arrest of three smugglers, who had carried rifles in a truck of apples.",
    "Sudmark called the decision an insult and said that it would answer in kind.",
    "“We are not smugglers,” its foreign minister, Ada Brunn, told reporters in the capital.",
]
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Norland shuts its border - The Daily Ledger</title>
<meta property="article:published_time" content="2019-04-02T08:00:00Z"><meta property="og:site_name" content="The Daily Ledger"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Norland shuts its border</h1>{}</article>
<aside><h3>Most read</h3><p><a href="/x">Man bites dog in Riga</a></p></aside><footer>© 2019 The Daily Ledger</footer></body></html>"""


def take(body: str | bytes, media: str = "text", **more: str) -> Document:
    found = extract(Page("test", body if isinstance(body, bytes) else body.encode(), media, **more))
    assert isinstance(found, Document), str(found)
    return found


def page(*paragraphs: str) -> str:
    return HTML.format("".join(f"<p>{p}</p>" for p in paragraphs))


def test_html_gives_article_headline_date_and_publisher() -> None:
    found = take(page(*BODY), "html")
    assert found.text == "\n\n".join(["Norland shuts its border", *BODY])
    assert (found.title, found.date, found.date_source) == ("Norland shuts its border", "2019-04-02", "metadata")
    assert (found.publisher, found.language) == ("The Daily Ledger", "en")
    assert "Man bites dog in Riga" in {c.text for c in found.cut}
    assert all(c.reason for c in found.cut)


def test_a_line_of_html_that_is_all_link_is_cut() -> None:
    found = take(page(*BODY[:2], '<a href="/dog">Dog swims across the lake and back before breakfast</a>', *BODY[2:]), "html")
    assert "Dog swims" not in found.text
    assert any(c.text.startswith("Dog swims") for c in found.cut)


def test_a_link_inside_a_sentence_stays() -> None:
    linked = 'The ministry <a href="/x">said</a> on Tuesday that the <a href="/y">border police</a> had asked for it.'
    found = take(page(*BODY[:2], linked, *BODY[2:]), "html")
    assert "The ministry said on Tuesday that the border police had asked for it." in found.text


def test_a_headline_that_only_the_record_knows_goes_in_front() -> None:
    found = take("\n\n".join(BODY), title="Norland shuts its border")
    assert found.text.startswith("Norland shuts its border\n\nThe parliament")
    assert found.pieces[0].page_begin == -1
    again = take("Norland Shuts Its Border!\n\n" + "\n\n".join(BODY), title="Norland shuts its border")
    assert again.text.count("order") == found.text.count("order")
    assert again.title == "Norland Shuts Its Border!"


@pytest.mark.parametrize(
    ("title", "publisher", "wanted"),
    [
        ("Norland shuts its border - The Daily Ledger", "", "Norland shuts its border"),
        ("Norland shuts its border | World | Ledger", "Ledger", "Norland shuts its border | World"),
        ("North-South talks: what next?", "", "North-South talks: what next?"),
        ("Norland shuts border – and Sudmark shuts its own in answer", "", "Norland shuts border – and Sudmark shuts its own in answer"),
    ],
)
def test_the_name_of_the_site_leaves_the_title(title: str, publisher: str, wanted: str) -> None:
    assert without_site(title, publisher) == wanted


def test_spans_of_plain_text_lead_back_to_the_page() -> None:
    raw = "Norland shuts\tits border\r\n\r\n\r\n  The parlia\u200bment of Norland vo\u0301ted on\u00a0Monday.\r\n\r\nIt  closed\u202e the border.\r\n"
    found = take(raw)
    assert found.text == "Norland shuts its border\n\nThe parliament of Norland vóted on Monday.\n\nIt closed the border."
    for piece in found.pieces:
        text, origin = found.text[piece.span.begin : piece.span.end], raw[piece.page_begin : piece.page_end]
        assert clean(origin) == text.strip() or not text.strip()
    spot = found.text.index("Monday")
    piece = next(p for p in found.pieces if p.span.begin <= spot < p.span.end)
    assert raw[piece.page_begin + spot - piece.span.begin :].startswith("Monday")


def test_spans_of_html_are_near() -> None:
    raw = page(*BODY)
    found = take(raw, "html")
    spot = found.text.index("The vote followed")
    piece = next(p for p in found.pieces if p.span.begin == spot)
    assert raw[piece.page_begin : piece.page_end] == BODY[1]


def test_hard_wrapped_text_is_put_together() -> None:
    lines = [
        "Norland shuts its border", "",
        "The parliament of Norland voted on Monday to close the border with", "Sudmark for a month, after the arrest of three smugglers, who had",
        "carried rifles in a truck of apples from one side to the other.", "",
        "Sudmark called the decision an insult and said that it would answer", "in kind. Its foreign minister, Ada Brunn, told reporters so in the",
        "capital, and her deputy said the same in the morning on the radio.",
    ]  # fmt: skip
    paragraphs = take("\n".join(lines)).text.split("\n\n")
    assert len(paragraphs) == 3
    assert "border with Sudmark for a month" in paragraphs[1]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert take("\n".join(["Norland shuts its border", *BODY])).text.split("\n\n") == ["Norland shuts its border", *BODY]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252", "cp1254", "iso-8859-1"])
def test_charsets(charset: str) -> None:
    text = "\n\n".join(["Café owners of Orléans protest", *BODY[:3], "Señor Núñez signed the façade with a flourish, says Zoë."])
    assert "Núñez" in take(text.encode(charset), charset="" if charset.startswith("utf") else charset).text


def test_declared_and_guessed_charsets() -> None:
    html = page(*BODY, "Señor Núñez signed.").replace("utf-8", "iso-8859-1").encode("cp1252")
    assert "Núñez" in decode(html, html=True)
    assert "“" in decode("“Yes,” said Núñez of the café, “and no.”".encode("cp1252"))
    assert decode(b"\xff\xfeab") == decode(b"\xff\xfeab", "utf-8")
    assert decode(("word " * 2000).encode() + b"\xc3 and more").count("\ufffd") == 1
    assert decode(b"caf\xe9", "no-such-charset") and decode(b"caf\xe9", "rot13") and decode(b"caf\xe9", "zlib")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le parlement a voté lundi la fermeture de la frontière avec le pays voisin pendant un mois. Le ministre a parlé.", "fr"),
        ("Das Parlament stimmte am Montag dafür, die Grenze zum Nachbarland für einen Monat zu schließen. Der Minister sprach.", "de"),
        ("Парламент проголосовал в понедельник за закрытие границы с соседней страной на месяц. Министр сказал.", "ru"),
    ],
)
def test_other_languages_are_set_aside(text: str, code: str) -> None:
    found = extract(Page("x", text.encode(), "text"))
    assert isinstance(found, SetAside)
    assert found.reason == f"language: {code}"


def test_short_english_texts_stay() -> None:
    for text in ("Kremlin denies troop movements", "Oslo, Riga sign pact", "IRAN PRESIDENT ARRIVES IN MOSCOW FOR TALKS"):
        assert language(text)[0] == "en"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://x.org/2021/12/16/talks", "2021-12-16"), ("https://x.org/news/20211216-talks.html", "2021-12-16"),
        ("https://x.org/2021-12-16", "2021-12-16"), ("https://x.org/2999/01/01/", ""),
        ("https://x.org/2021/dec/16/talks", "2021-12-16"), ("https://x.org/a/123456789012", ""), ("https://x.org/2021/13/40", ""),
    ],
)  # fmt: skip
def test_dates_in_addresses(url: str, wanted: str) -> None:
    assert from_address(url) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Thursday, 3 March 2022", "2022-03-03"), ("Published Dec. 16, 2021 at noon", "2021-12-16"), ("18.08.2022 17:05", "2022-08-18"),
        ("2020-05-01", "2020-05-01"),
        ("16th of December 2021", "2021-12-16"), ("25/12/2020", "2020-12-25"), ("03/04/2020", ""), ("31 February 2020", ""), ("in May", ""),
    ],
)  # fmt: skip
def test_written_dates(text: str, wanted: str) -> None:
    assert written(text) == wanted


def test_datelines() -> None:
    assert from_dateline("ANKARA, Dec 16, 2021 (Agency) - The minister left.") == "2021-12-16"
    assert from_dateline("ANKARA, Dec 16 (Agency) — The minister left.", "https://x.org/2021/a") == "2021-12-16"
    assert from_dateline("ANKARA, Dec 16 (Agency) — The minister left.") == ""
    assert from_dateline("The army left on 3 May 2020, the minister said.") == ""


def test_the_given_date_wins_and_each_source_is_named() -> None:
    assert take(page(*BODY), "html", date="2020-01-01").date_source == "given"
    plain = ["Norland shuts its border", *BODY]
    assert take("\n\n".join(plain), url="https://x.org/2021/12/16/a").date_source == "address"
    assert take("\n\n".join([plain[0], "OSLO, 3 May 2020 (Agency) - " + BODY[0], *BODY[1:]])).date_source == "dateline"
    stamped = take("\n\n".join([plain[0], "3 May 2020", *BODY]))
    assert (stamped.date, stamped.date_source) == ("2020-05-03", "text")
    assert take("\n\n".join(plain)).date_source == "none"
    assert not plausible("1815-06-18") and not plausible("2999-01-01")


def test_the_id_is_of_the_content() -> None:
    first, second = take("\n\n".join(BODY)), take("\r\n\r\n".join(BODY))
    assert first.id == second.id
    assert dataclasses.replace(first, source="").id != take("\n\n".join(BODY[:3])).id


@pytest.mark.parametrize("body", [b"", b" \n ", b"***", b"\xff\xfe", b"Advertisement\n\nShare"])
def test_pages_without_text_are_set_aside(body: bytes) -> None:
    for media in ("text", "html"):
        found = extract(Page("x", body, media))
        assert isinstance(found, SetAside) and found.stage == "documents" and found.reason


HOSTILE = {
    "nested": b"<html><body>" + b"<div>" * 30_000 + b"words" + b"</div>" * 30_000,
    "inline": b"<html><body><p>" + b"<b>" * 30_000 + b"He said that it was fine in the town.",
    "elements": b"<html><body>" + b"<p>He said that it was fine.</p>" * 30_000,
    "open": b"<" * 500_000 + b"<p>words",
    "attribute": b"<p " + b"a" * 400_000 + b'="x">words',
    "letters": b"a" * 400_000,
    "lines": b"x\n" * 200_000,
    "byline": b"By " + b"A " * 50_000,
    "bars": b"a | " * 50_000,
    "long": b"The man was in the town. " * 30_000,
    "marks": ("e" + "\u0301" * 300_000).encode(),
    "spaces": "\u00a0 \u200b".encode() * 100_000 + b"x",
    "hashes": b"#a " * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_bounded_on_hostile_pages(name: str) -> None:
    began = time.process_time()
    for media in ("html", "text"):
        extract(Page(name, HOSTILE[name], media))
    assert time.process_time() - began < 12


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["html", "text"]), st.sampled_from(["", "utf-8", "utf-16", "cp1252", "bogus"]))
def test_random_bytes_never_raise(body: bytes, media: str, charset: str) -> None:
    assert isinstance(extract(Page("x", body, media, charset=charset)), Document | SetAside)


TAGS = [
    "<p>", "</p>", "<div>", "<a href='x'>", "</a>", "<ul><li>", "<table><tr><td>", "<!--", "-->", "<script>", "<![CDATA[", "&#0;",
    "&#x110000;", "&amp", "<br>",
]  # fmt: skip
WORDS = [
    "The minister of Norland said that it was closed.", "Share", "Most read", "Leave a Reply", "\x00", "\ud7ff", "“", "é", "\u202e",
    "3 May 2020",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(TAGS + WORDS), max_size=40))
def test_random_markup_never_raises_and_text_is_clean(parts: list[str]) -> None:
    found = extract(Page("x", ("<html><body>" + " ".join(parts)).encode(), "html"))
    if isinstance(found, Document):
        assert unicodedata.is_normalized("NFC", found.text)
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in found.text if c != "\n")
        assert "\n\n\n" not in found.text and found.text == found.text.strip()
        assert all(0 <= c.before <= len(found.text) for c in found.cut)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab \n\n\t\r.\u0301\u00a0")), max_size=200))
def test_pieces_of_any_text_cover_its_paragraphs(text: str) -> None:
    found = extract(Page("x", text.encode(), "text"))
    if isinstance(found, Document):
        covered = {i for p in found.pieces for i in range(p.span.begin, p.span.end)}
        assert all(i in covered for i, c in enumerate(found.text) if c != "\n")
        assert all(0 <= p.page_begin <= p.page_end <= len(text) for p in found.pieces)
