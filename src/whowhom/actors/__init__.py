"""Who a mention is, on that day, under any spelling."""

from whowhom.actors.lookup import look_up
from whowhom.actors.resolve import resolve

__all__ = ["look_up", "resolve"]
