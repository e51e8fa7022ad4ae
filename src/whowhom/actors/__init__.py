"""Who a mention is, on that day, under any spelling."""

from whowhom.actors.resolve import resolve

__all__ = ["resolve"]
