"""Time expressions: every one found and worked out from the document's date, or left open and said so."""

from whowhom.mentions.times.expression import Expression, Value
from whowhom.mentions.times.find import expressions, find

__all__ = ["Expression", "Value", "expressions", "find"]
