"""Many pages on many cores: the chain of `whowhom.flow`, shard by shard, on one machine or on Ray."""

from whowhom.scale.limits import Limits
from whowhom.scale.report import RunReport
from whowhom.scale.run import run

__all__ = ["Limits", "RunReport", "run"]
