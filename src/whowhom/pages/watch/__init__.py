"""Feeds watched over time -> pages of what is new, with manners: conditional requests, robots.txt, back-off."""

from whowhom.pages.watch.rounds import Look, Watch
from whowhom.pages.watch.state import State

__all__ = ["Look", "State", "Watch"]
