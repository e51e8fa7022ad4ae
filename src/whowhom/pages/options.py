"""How pages are read, and how a reader says that something cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from whowhom.model import SetAside

#: The stage that these readers name in a `SetAside`.
STAGE = "pages"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits and defaults of reading.

    `date` (YYYY-MM-DD) and `publisher` hold for pages whose record does not say its own. `max_bytes` bounds one
    page, after decompression; `timeout_s` (seconds) bounds one request with all that it brings, redirects
    included. `allow_private` lets addresses lead to this machine and to private networks. `text_column` names
    the column of a table or the field of a record that holds the text, where it is not ``text`` or ``html``.
    """

    date: str = ""
    publisher: str = ""
    allow_private: bool = False
    timeout_s: float = 30.0
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    text_column: str = ""
    user_agent: str = "whowhom (event coding of news pages)"


class Refusal(Exception):
    """Input that cannot be read, with the reason and what helps. Never leaves `whowhom.pages`."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(reason)


class Unreachable(Refusal):
    """A site that does not answer now, and may later."""


class Answered(Refusal):
    """A site that answered, and not with a page: `status` of HTTP, `retry_after` as the site wrote it."""

    def __init__(self, status: int, retry_after: str, reason: str, remedy: str = "") -> None:
        self.status, self.retry_after = status, retry_after
        super().__init__(reason, remedy)

    @property
    def for_now(self) -> bool:
        """Whether the site means this moment and not the page."""
        return self.status in (408, 425, 429) or self.status >= 500


def aside(source: str, reason: str, remedy: str = "") -> SetAside:
    """A `SetAside` of this stage, on one line whatever the reason held."""
    return SetAside(" ".join(source.split())[:500], STAGE, " ".join(reason.split())[:300], remedy)


def megabytes(count: int) -> str:
    """Bytes as words for a message: ``20 MB``, or kB below a million."""
    return f"{count / 1e6:g} MB" if count >= 1_000_000 else f"{count / 1e3:g} kB"


def oserror_reason(error: OSError) -> tuple[str, str]:
    """Reason and remedy for an error of the operating system."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder", "check the name"
    if isinstance(error, PermissionError):
        return "may not be read", "check its permissions"
    return f"cannot be read: {error.strerror or error or type(error).__name__}", "check the disk and the file"
