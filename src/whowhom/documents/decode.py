"""Bytes of a page -> characters."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

#: What browsers read for these names (WHATWG Encoding Standard, section 4.2): the Windows page, whose letters include those of the standard.
_AS_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip

#: Charsets that a guess may come to: those of pages that are not UTF-8, by use on the web.
_LIKELY = ["cp1252", "cp1251", "cp1250", "cp1256", "big5", "gb18030", "cp932", "cp949"]

#: Bytes that the guess looks at.
_SAMPLE = 65_536

#: Share of characters that may be broken for a text still to count as UTF-8 with slips in it.
_SLIPS = 0.002


def decode(body: bytes, charset: str = "", html: bool = False) -> str:
    """Characters of a page: by its byte order mark, else as UTF-8 where it is valid, else as declared, else by a guess.

    `charset` is what the server or the record said. UTF-8 goes before the declaration, since text of another charset
    is hardly ever valid UTF-8 and declarations are often left over from a template. Never raises.
    """
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    try:
        text = body.decode("utf-8")
        if "\x00" not in text[:4096]:
            return text
    except UnicodeDecodeError:
        pass
    for name in (charset, *(_declared(body) if html else ())):
        if (codec := _codec(name)) and codec != "utf-8":
            return body.decode(codec, "replace")
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = body[first : 4096 : 2]
        if len(zeros) >= 8 and zeros.count(0) > 0.9 * len(zeros):
            return body.decode(codec, "replace")
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") <= _SLIPS * len(text):
        return text
    return body.decode(_guess(body[:_SAMPLE]), "replace")


def _declared(body: bytes) -> tuple[str, ...]:
    head = body[:4096]
    return tuple(m[1].decode("ascii", "ignore") for m in (_META.search(head), _XML.search(head)) if m)


def _codec(name: str) -> str:
    """The codec for a charset's name as browsers take it; empty for an unknown one or one that is no charset."""
    try:
        known = codecs.lookup(name.strip().lower())
    except (LookupError, ValueError):
        return ""
    if not known._is_text_encoding or known.name in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7"):
        return ""
    return _AS_BROWSERS.get(known.name, known.name)


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, steps=3, chunk_size=512, cp_isolation=_LIKELY).best()
    return _codec(best.encoding) if best is not None and _codec(best.encoding) else "cp1252"
