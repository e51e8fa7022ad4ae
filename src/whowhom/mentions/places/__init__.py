"""Places: names linked to the place table, and whether a name is used as a location at all."""

from whowhom.mentions.places.link import link
from whowhom.mentions.places.use import is_location_use

__all__ = ["is_location_use", "link"]
