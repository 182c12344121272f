"""How time grows with rows and with indicators: 35, 350, 3,500 of them, on one thread and on two."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator

from benchmarks.table.cases.table import RUBRIC
from benchmarks.table.numbers import numbers
from benchmarks.table.printing import print_table
from benchmarks.table.rubric import rubric
from benchmarks.table.side_by_side import in_child

COPIES = (1, 10, 100)
ROWS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
CELLS, FULL_CELLS = 70_000_000, 700_000_000
"""The most cells of data; as floats they are 0.6 and 5.6 GB."""
PROGRAMS = {
    "numpy float": "numpy-float",
    "perfrules, 1 thread": "perfrules-float-total-1",
    "perfrules, 2 threads": "perfrules-float-total-2",
}
WHAT = ("rows / s", "× the size before")
HEADS = ("indicators", "rows", *(f"{title}: {what}" for title in PROGRAMS for what in WHAT))


def scaling(asked: argparse.Namespace) -> None:
    """Print rows a second of each size, and how many times longer it takes than the size before it (a tenth of it)."""
    print("\nGrowth: total and grade, float64 columns; medians\n")
    print_table(HEADS, _lines(asked))


def _lines(asked: argparse.Namespace) -> Iterator[list[str]]:
    most = FULL_CELLS if asked.full else CELLS
    for copies in COPIES:
        of = rubric(copies)
        before: dict[str, float | None] = dict.fromkeys(PROGRAMS)
        for rows in ROWS:
            if rows * len(of.columns) > most or rows > (asked.rows or rows):
                continue
            numbers(copies, rows)
            line = [f"{len(of.leaves):,}", f"{rows:,}"]
            for title, name in PROGRAMS.items():
                seconds = _seconds(copies, name, rows, asked.repeats)
                line += _told(rows, seconds, before[title])
                before[title] = seconds
            yield line


def _seconds(copies: int, name: str, rows: int, repeats: int) -> float | None:
    told = in_child(f"{RUBRIC}-{copies}", name, rows, repeats)
    return statistics.median(told["seconds"]) if "seconds" in told else None


def _told(rows: int, seconds: float | None, before: float | None) -> list[str]:
    if seconds is None:
        return ["failed", ""]
    return [f"{rows / seconds:,.0f}", f"{seconds / before:.1f}" if before else ""]
