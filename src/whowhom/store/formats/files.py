"""JSON lines and CSV files of the tables, written as they come. For Parquet see `whowhom.store.open_store`."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from whowhom.errors import OutputError
from whowhom.model import Coded, SetAside
from whowhom.schema import TABLES, row

#: Characters with which spreadsheets begin a formula; such cells get an apostrophe before them.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writer:
    """Writes the tables of coded documents into a folder; a context manager.

    Raises OutputError when the folder cannot be made or a disk is full; what was written before stays.
    """

    def __init__(self, folder: Path, format: str) -> None:
        self.folder, self.format = folder, format
        self._stack = ExitStack()
        self._files: dict[str, Any] = {}
        self._csv: dict[str, csv.DictWriter[str]] = {}
        self._sheets: dict[str, csv.DictWriter[str]] = {}

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for table in (*TABLES, "set_aside"):
                self._files[table] = self._open(table)
        except OSError as error:
            self._stack.close()
            raise self._failed(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._stack.close()
        except OSError as failure:
            raise self._failed(failure) from failure

    def add(self, coded: Coded) -> None:
        """Write one document with its mentions, events and notes."""
        rows = {"documents": (coded.document,), "mentions": coded.mentions, "events": coded.events, "notes": coded.notes}
        for table, records in rows.items():
            self._put(table, [row(r) for r in records])

    def set_aside(self, aside: SetAside) -> None:
        """Write down what could not be coded, and why."""
        self._put("set_aside", [row(aside)])

    def _failed(self, error: OSError) -> OutputError:
        return OutputError(f"cannot write: {error.strerror or error}", where=str(self.folder), remedy="free space or choose another folder with -o")

    def _open(self, table: str) -> Any:
        path = self.folder / f"{table}.{self.format}"
        newline = "" if self.format == "csv" else "\n"
        file: TextIO = self._stack.enter_context(path.open("w", encoding="utf8", newline=newline))
        return file

    def _put(self, table: str, rows: list[dict[str, Any]]) -> None:
        try:
            if self.format == "jsonl":
                self._files[table].writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
            else:
                self._put_csv(table, rows)
        except OSError as error:
            raise self._failed(error) from error

    def _put_csv(self, table: str, rows: list[dict[str, Any]]) -> None:
        for one in rows:
            if table not in self._csv:
                self._csv[table] = csv.DictWriter(self._files[table], list(one))
                self._csv[table].writeheader()
            self._csv[table].writerow({k: cell(v) for k, v in one.items()})


def cell(value: Any) -> Any:
    """A value as a CSV cell: nested values as JSON, and no text that a spreadsheet would run."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value


def open_writer(folder: Path, format: str) -> Writer:
    """A writer for a folder; format is jsonl or csv."""
    if format not in ("jsonl", "csv"):
        raise OutputError(f"no format {format!r}", remedy="choose jsonl or csv; Parquet goes through open_store")
    return Writer(folder, format)
