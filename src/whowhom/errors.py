"""Errors that a user can act on: each says what is wrong, where, and what to do."""

from __future__ import annotations


class WhowhomError(Exception):
    """Base of all errors raised on purpose. `where` is a file, address or setting; `remedy` what helps."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(": ".join(p for p in (where, what) if p) + (f" ({remedy})" if remedy else ""))


class InputError(WhowhomError):
    """Input that cannot be used as given."""


class OutputError(WhowhomError):
    """Output that cannot be written."""


class KnowledgeError(WhowhomError):
    """A knowledge table that is missing, damaged or contradicts itself."""


class ModelError(WhowhomError):
    """A language model that is not installed or does not fit this version."""
