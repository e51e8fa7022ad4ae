"""Whole pages written for this project: what a page is about, and what is no event on it.

`pages/*.txt` hold invented pages (Apache-2.0 like the code). Each begins with ``=== topic | kind``; the lines up to the next are
its headline and paragraphs. Pages of any topic but `public` hold no political event, though many are told in words of war.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "pages"
#: The topic of pages about public matters; all others are about something else.
PUBLIC = "public"


@dataclass(frozen=True)
class Page:
    """A page: what it is about, what kind of it, and its lines joined by line ends."""

    topic: str
    kind: str
    text: str


def read(folder: Path = FOLDER) -> list[Page]:
    """All pages; raises ValueError naming file and line where a line stands before the first ``===`` or a page has no topic."""
    found: list[Page] = []
    for path in sorted(folder.glob("*.txt")):
        head, lines = ("", ""), list[str]()
        for number, line in enumerate([*path.read_text(encoding="utf8").splitlines(), "==="], 1):
            if line.startswith("==="):
                if lines:
                    found.append(Page(*head, "\n".join(lines)))
                topic, _, kind = line[3:].partition("|")
                head, lines = (topic.strip(), kind.strip()), []
            elif line.strip():
                if not head[0]:
                    raise ValueError(f"{path}:{number}: this line belongs to no page with a topic; begin it with '=== topic | kind'")
                lines.append(line.strip())
    return found


def is_dev(page: Page) -> bool:
    """Whether a page belongs to the tenth that nothing is trained on."""
    return hashlib.sha256(page.text.encode()).digest()[0] % 10 == 0
