"""`whowhom evaluate`: hold a gold file against what whowhom takes from its text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK",
            help="types, spans, events, pages, actors, coreference, attribution, factuality, certainty, times, amounts, places or duplicates.",
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Gold file in the task's layout: JSON lines, plain or .gz.")],
    predictions: Annotated[Path | None, typer.Option(metavar="OUT", help="Write what was predicted for every row, as JSON lines.")] = None,
    report: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the result as a page, too.")] = None,
    model: Annotated[str, typer.Option(metavar="NAME", help="Language model: fast, or another that is installed.")] = "fast",
    threshold: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="For events: the probability an event needs.")] = None,
) -> None:
    """Score a task on a gold file: figures per class, confusions, calibration, the worst mistakes.

    [bold]Example[/bold]

    whowhom evaluate types my_pairs.jsonl --predictions out.jsonl
    """
    from whowhom.errors import OutputError
    from whowhom.evaluate import score

    result = score(task, file, model=model, threshold=-1.0 if threshold is None else threshold)
    try:
        if predictions:
            result.write_predictions(predictions)
        if report:
            report.write_text(result.html(), encoding="utf8")
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror}", where=str(predictions or report)) from error
    typer.echo(result.text())
