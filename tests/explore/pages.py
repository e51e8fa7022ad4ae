"""Reading a page as a browser would, to see what a string from an article has become in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
FORBIDDEN = {
    "iframe",
    "object",
    "embed",
    "base",
    "img",
    "video",
    "audio",
    "source",
    "math",
    "animate",
    "marquee",
    "template",
    "textarea",
    "frame",
    "applet",
}


class Seen(HTMLParser):
    """What a page holds that could act: scripts, dangerous elements and attributes, links."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[dict[str, str | None]] = []
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append(dict(attrs))
        if tag in FORBIDDEN:
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style" or name in ("srcdoc", "formaction", "background"):
                self.wrong.append(f"{tag} {name}={value}")
            if name.startswith("hx-on") or (name in ("hx-get", "hx-post") and not (value or "").startswith("/")):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "xlink:href"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def check(page: str) -> Seen:
    """Fail on anything in a page that a string from an article could have put there."""
    seen = Seen(page)
    assert not seen.wrong, seen.wrong[:3]
    for address in seen.links:
        assert address.startswith(("/", "#", "?", "https://", "http://", "data:,")) and not address.startswith("//"), address
    assert not STEERING.search(page), repr(STEERING.search(page))
    return seen
