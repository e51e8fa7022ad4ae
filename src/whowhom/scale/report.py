"""The report of a run: what was done, how fast, where the time went, what was set aside and why."""

from __future__ import annotations

import json
import platform
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whowhom.model import Coded, Document, SetAside
from whowhom.scale.shard import Outcome

#: Different reasons that are counted one by one; the rest together.
_REASONS = 100
_PARTICULAR = re.compile(r"'[^']{0,200}'|\"[^\"]{0,200}\"|\d+(?:\.\d+)?")


@dataclass
class RunReport:
    """Counts and times of a run. `seconds` is wall time; `stages` are seconds summed over workers, `store` and
    `pages` those of the process that reads and writes. `rejects` counts what was set aside by stage and reason, with
    numbers and quoted words taken out; `path` is where the report lies."""

    engine: str
    workers: int
    documents: int = 0
    events: int = 0
    sentences: int = 0
    set_aside: int = 0
    shards: int = 0
    shards_known: int = 0
    pages_known: int = 0
    workers_lost: int = 0
    workers_retired: int = 0
    peak_worker_bytes: int = 0
    seconds: float = 0.0
    stopped: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    rejects: Counter[str] = field(default_factory=Counter)
    store: Counter[str] = field(default_factory=Counter)
    machine: str = field(default_factory=lambda: f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    path: str = ""
    begun: str = field(default_factory=lambda: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))

    def take(self, outcome: Outcome) -> None:
        """Count a shard."""
        self.shards += 1
        self.sentences += outcome.sentences
        for stage, took in outcome.seconds.items():
            self.spend(stage, took)
        for one in outcome.results:
            if isinstance(one, Coded):
                self.documents += 1
                self.events += len(one.events)
            elif isinstance(one, Document):
                self.pages_known += 1
            else:
                self.reject(one)

    def spend(self, stage: str, seconds: float) -> None:
        """Add to a stage's time."""
        self.stages[stage] = self.stages.get(stage, 0.0) + seconds

    def reject(self, one: SetAside) -> None:
        """Count what was set aside."""
        self.set_aside += 1
        reason = f"{one.stage}: {_PARTICULAR.sub('…', one.reason[:500])[:120]}"
        self.rejects[reason if reason in self.rejects or len(self.rejects) < _REASONS else "other reasons"] += 1

    @property
    def documents_per_second(self) -> float:
        """Documents coded per second of wall time."""
        return self.documents / self.seconds if self.seconds else 0.0

    @property
    def encoder_share(self) -> float:
        """The encoder's share (0 to 1) of all measured time."""
        total = sum(self.stages.values())
        return self.stages.get("encoder", 0.0) / total if total else 0.0

    def as_json(self) -> str:
        """The report as JSON."""
        rates: dict[str, Any] = {
            "documents_per_second": round(self.documents_per_second, 3),
            "sentences_per_second": round(self.sentences / self.seconds, 3) if self.seconds else 0.0,
            "encoder_share": round(self.encoder_share, 4),
        }
        return json.dumps({k: v for k, v in vars(self).items() if k != "path"} | rates, indent=1, ensure_ascii=False)

    def as_text(self) -> str:
        """The report in lines to read."""
        rate = self.sentences / self.seconds if self.seconds else 0.0
        known = f", {self.pages_known} known already" if self.pages_known else ""
        lines = [
            f"{self.documents} documents coded, {self.events} events, {self.set_aside} set aside{known}",
            f"{self.seconds:.1f} s: {self.documents_per_second:.2f} documents/s, {rate:.1f} sentences/s; "
            f"{self.workers} workers, engine {self.engine}",
        ]
        if self.peak_worker_bytes:
            lines.append(f"largest worker {self.peak_worker_bytes / 1e6:.0f} MB; {self.workers_lost} workers lost, {self.workers_retired} renewed")
        total = sum(self.stages.values())
        lines += [f"  {stage:<12}{took:9.1f} s {took / total:5.0%}" for stage, took in sorted(self.stages.items(), key=lambda x: -x[1]) if total]
        if self.rejects:
            lines.append("set aside:")
            lines += [f"  {count:>7}  {reason}" for reason, count in self.rejects.most_common(20)]
        if self.stopped:
            lines.append(f"stopped: {self.stopped}; the same command goes on from there")
        return "\n".join(lines) + "\n"

    def write(self, root: Path) -> Path:
        """Write both forms under ``runs/`` of the store; the path of the JSON."""
        from whowhom.store.commit import write_whole

        stem = root / "runs" / f"run-{self.begun.replace(':', '')}"
        number = 1
        while stem.with_suffix(".json").exists():
            number += 1
            stem = stem.with_name(f"run-{self.begun.replace(':', '')}-{number}")
        write_whole(stem.with_suffix(".txt"), self.as_text().encode())
        write_whole(stem.with_suffix(".json"), self.as_json().encode())
        return stem.with_suffix(".json")
