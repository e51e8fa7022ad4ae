"""HTML made safely: text from pages is hostile, so it is cleaned and escaped where it enters, and nowhere else.

`Html` is text that is markup already; everything else that is put into a tag is escaped. Attribute values
are always quoted and escaped. No attribute that runs code (``on...``, ``style``) can be made here.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

#: Characters that steer a terminal, hide or reorder text: C0 and C1 controls, invisible and direction marks, tag
#: characters, private interlinear marks, lone surrogates. Each becomes a space or the replacement character.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("[\u2028\u2029\x85\r]")
_VOID = frozenset(["br", "hr", "meta", "link", "input"])


class Html(str):
    """Text that is markup and safe; `__html__` tells Jinja so."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def clean(text: str) -> str:
    """Text without control, invisible and direction characters; line breaks stay."""
    return _CONTROL.sub("", _SURROGATE.sub("\ufffd", _BREAK.sub("\n", text)))


def escape(value: object) -> Html:
    """A value as markup: `Html` as it is, anything else cleaned and escaped, None as nothing."""
    if isinstance(value, Html):
        return value
    return Html(html.escape(clean(str(value)), quote=True)) if value is not None else Html("")


def tag(name: str, *children: object, **attributes: object) -> Html:
    """An element. Attribute names: a trailing underscore is dropped, others become hyphens; None and False leave one out."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-")
        if key.startswith("on") or key == "style":
            raise ValueError(f"no attribute {key} here")
        if value is True:
            parts.append(f" {key}")
        elif value is not None and value is not False:
            parts.append(f' {key}="{escape(str(value))}"')
    parts.append(">")
    if name not in _VOID:
        parts += [escape(c) for c in children]
        parts.append(f"</{name}>")
    return Html("".join(parts))


def join(parts: Iterable[object], between: str = "") -> Html:
    """Parts as one piece of markup."""
    return Html(escape(between).join(escape(p) for p in parts))


def link(address: str) -> str:
    """The address where it is one of the web, else nothing: ``javascript:`` and its kin never become a link."""
    address = clean(address).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def data(value: Any) -> Html:
    """JSON that can stand in a script element: no ``<``, ``>``, ``&``, line or paragraph separator as such."""
    text = json.dumps(tidy(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Html(text)


def tidy(value: Any) -> Any:
    """The same value with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(k)): tidy(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [tidy(v) for v in value]
    return value
