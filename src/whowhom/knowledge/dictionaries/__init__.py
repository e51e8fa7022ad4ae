"""Users' own actors: tables (CSV) and actor and agent files in PETRARCH's format, as entries of the lexicon.

Own names take part as the project's do, and stand before them where both know a name. A line that cannot be used is
reported with its number, and so are rows that disagree; nothing is dropped silently.
"""

from whowhom.knowledge.dictionaries.index import lexicon_on
from whowhom.knowledge.dictionaries.problems import conflicts, problems
from whowhom.knowledge.dictionaries.read import Dictionary, Own, load, read

__all__ = ["Dictionary", "Own", "conflicts", "lexicon_on", "load", "problems", "read"]
