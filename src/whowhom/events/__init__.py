"""Who did what to whom: from readings and resolved mentions to coded events."""

from whowhom.events.coding import code

__all__ = ["code"]
