"""Time by stage: a clock laid around the functions that `whowhom.flow` calls, in processes that run shards only.

The flow looks its stages up when it runs, so the clock stands beside it and no stage knows of it. A stage's time is its
own: what the encoder takes inside another stage counts for the encoder.
"""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

#: Stage, and the function or method that is its door.
DOORS: tuple[tuple[str, str, str], ...] = (
    ("documents", "whowhom.documents", "extract"),
    ("sentences", "whowhom.sentences", "split"),
    ("encoder", "whowhom.encoder.session:Encoder", "read"),
    ("encoder", "whowhom.encoder.session:Encoder", "judge"),
    ("mentions", "whowhom.mentions", "find"),
    ("times", "whowhom.mentions.times", "find"),
    ("amounts", "whowhom.mentions.amounts", "find"),
    ("places", "whowhom.mentions.places", "link"),
    ("actors", "whowhom.actors", "resolve"),
    ("attribution", "whowhom.events.attribution", "attributions"),
    ("events", "whowhom.events", "code"),
)


class Meter:
    """Seconds of this process by stage, and how many sentences were split."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.sentences = 0
        self._inner: list[float] = []

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its own time added to the stage."""

        @functools.wraps(function)
        def clocked(*args: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            begin = time.perf_counter()
            try:
                result = function(*args, **named)
            finally:
                took = time.perf_counter() - begin
                self.seconds[stage] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took
            if stage == "sentences":
                self.sentences += len(result)
            return result

        return clocked

    def take(self) -> tuple[dict[str, float], int]:
        """What was measured since the last call."""
        out = dict(self.seconds), self.sentences
        self.seconds.clear()
        self.sentences = 0
        return out


@functools.lru_cache(maxsize=1)
def meter() -> Meter:
    """The meter of this process, laid around the stages on first use."""
    one = Meter()
    for stage, place, name in DOORS:
        module, _, inner = place.partition(":")
        owner: Any = importlib.import_module(module)
        owner = getattr(owner, inner) if inner else owner
        setattr(owner, name, one.timed(stage, getattr(owner, name)))
    return one
