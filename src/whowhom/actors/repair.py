"""Step 4: names that spelling or machine translation broke (first version: none repaired)."""

from __future__ import annotations

from whowhom.actors.draft import Draft
from whowhom.actors.identity import Scene
from whowhom.model import Document


def repair(document: Document, drafts: list[Draft], scene: Scene) -> None:
    """Identify broken names in place where the document gives enough evidence."""
