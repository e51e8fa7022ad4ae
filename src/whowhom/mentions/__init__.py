"""Names, descriptions, places, times and amounts: everything a text names, before anybody asks who it is."""

from whowhom.mentions.names import find

__all__ = ["find"]
