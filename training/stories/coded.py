"""The same happening among events as the coder of this version codes them, on what no fitting has seen.

    python -m training.stories.coded          the texts of news_aside.txt and the even groups of reports.txt

Three figures for each. Pairs alone: every pair of coded events that stand for labels, judged by the model. Stories: the
same pairs after all events were joined, blocking and grouping included. End to end: as stories, and every pair of one
happening of which the coder missed a side counts as not joined. The spread is a bootstrap over groups (90 %).
"""

from __future__ import annotations

import random

from training.stories import news
from whowhom.config import threshold
from whowhom.stories import likeness
from whowhom.stories.join import join


def judged(found: list[news.Found]) -> list[tuple[str, bool, bool, bool, bool]]:
    """Every pair of labels: its group, whether it is of one happening, whether both sides were coded, whether the
    model holds them for one, whether they end in one story."""
    events = sorted((r for f in found for r in f.all), key=lambda r: (r.anchor, r.event.id))
    home = {r.event: r.story for joined in join(lambda: iter(events)) for r in joined.reports}
    floor = threshold("story")
    rows = []
    for group in dict.fromkeys(f.item.group for f in found):
        for a, b, same in news.pairs([f for f in found if f.item.group == group]):
            if a is None or b is None:
                rows.append((group, same, False, False, False))
            else:
                alone = likeness.probability(likeness.features(a, b)) >= floor
                rows.append((group, same, True, alone, home[a.event.id] == home[b.event.id]))
    return rows


def f1(pairs: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs of label and guess."""
    right, found, wanted = sum(s and g for s, g in pairs), sum(g for _, g in pairs), sum(s for s, _ in pairs)
    return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1)


def measure(name: str, found: list[news.Found]) -> str:
    """The figures of a set of labelled texts."""
    rows = judged(found)
    groups = sorted({r[0] for r in rows})
    rng = random.Random(3)
    draws = [[g for _ in groups for g in (rng.choice(groups),)] for _ in range(400)]
    lines = [
        f"{name}: {len(found)} texts, {sum(not f.all for f in found)} without any event; labels with an event (without passing mentions) "
        f"{sum(len(set(f.of) - f.item.free) for f in found)} of {sum(len(f.item.labels) - len(f.item.free) for f in found)}; pairs {len(rows)}, of one happening {sum(r[1] for r in rows)}; "
        f"both sides coded {sum(r[2] for r in rows)}, of one happening {sum(r[1] and r[2] for r in rows)}"
    ]
    for title, column, coded in (("pairs alone", 3, True), ("stories", 4, True), ("end to end", 4, False)):
        by_group = {g: [(r[1], bool(r[column])) for r in rows if r[0] == g and (r[2] or not coded)] for g in groups}
        precision, recall, score = f1([x for some in by_group.values() for x in some])
        spread = sorted(f1([x for g in draw for x in by_group[g]])[2] for draw in draws)
        lines.append(f"  {title}: precision {precision:.3f} recall {recall:.3f} F1 {score:.3f} ({spread[20]:.2f} to {spread[379]:.2f})")
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    fresh, even = news.code(news.read(news.ASIDE)), news.code(news.of_reports(odd=False))
    print(measure("news aside", fresh))
    print(measure("single sentences aside", even))
    print(measure("both", [*fresh, *even]))


if __name__ == "__main__":
    main()
