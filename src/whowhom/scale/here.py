"""The engine of this process: nothing to start, all threads for one page, and nobody outside who could stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whowhom.config import Options
from whowhom.model import Document
from whowhom.scale.limits import Limits, resident_bytes
from whowhom.scale.shard import Outcome, Shard, run_shard


class HereEngine:
    """Runs shards one after the other. `known` says which documents need no coding; a page's limits hold where the
    interpreter can be interrupted, so that a page stuck in a library's C code is waited for."""

    def __init__(self, options: Options, limits: Limits) -> None:
        self.workers = 1
        self.lost = self.retired = self.peak_bytes = 0
        self.known: Callable[[Document], bool] | None = None
        self._options, self._limits = options, limits

    def run(self, shards: Iterator[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order of the shards. Raises WhowhomError for what stops every page."""
        for shard in shards:
            outcome = run_shard(shard, self._options, self._limits, known=self.known)
            self.peak_bytes = max(self.peak_bytes, outcome.resident_bytes, resident_bytes())
            yield outcome
