"""The tables of all competitors of a case: time, memory, wrong totals, flipped grades."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from typing import Any

import numpy as np

from benchmarks.table.cases.table import RUBRIC, SHAPES, case_of
from benchmarks.table.competitor import Entry, Scored
from benchmarks.table.printing import MILLION, print_table
from benchmarks.timing import ROOT

HEADS = ("", "threads", "ms / million", "× numpy", "extra MB", "wrong / million", "flipped / million", "compile ms")
Told = dict[str, Any]


def rubric(asked: argparse.Namespace) -> None:
    """Print the table of the 35 indicators."""
    print_case(RUBRIC, asked)


def shapes(asked: argparse.Namespace) -> None:
    """Print the tables of the other cases."""
    for name in SHAPES:
        print_case(name, asked)


def print_case(name: str, asked: argparse.Namespace) -> None:
    """Print the table of one case."""
    case = case_of(name)
    rows = min(asked.rows or case.rows, case.rows)
    entries = {key: entry for key, entry in case.entries.items() if not asked.only or key in (case.base, *asked.only)}
    exact = case.exact(case.data(rows))
    told: dict[str, list[Told]] = {key: [] for key in entries}
    for _ in range(asked.rounds):
        for key in entries:
            told[key].append(in_child(name, key, rows, asked.repeats))
    base = _each(told[case.base])
    print(f"\n{case.title}; {rows:,} rows; medians of {asked.rounds} processes × {asked.repeats} runs\n")
    print_table(HEADS, [_line(entry, told[key], base, exact) for key, entry in entries.items()])


def in_child(case: str, name: str, rows: int, repeats: int) -> Told:
    """Measure one competitor in a fresh process; `{"failed": …}` if it cannot."""
    command = [sys.executable, "-m", "benchmarks.table.child", case, name, f"--rows={rows}", f"--repeats={repeats}"]
    environment = {**os.environ, "PERFRULES_CACHE": "off"}  # so that compiling is timed, and not reading it back
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["ended"])[-1]}
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def errors(told: Told, exact: Scored) -> tuple[float, float]:
    """Return how many totals are wrong and how many grades flipped, of a million."""
    rows = told["rows"]
    with np.load(told["answers"]) as answers:
        totals, grades = np.rint(answers["totals"]), answers["grades"]
    assert len(totals) == rows
    return (
        float(np.mean(totals != exact.totals[:rows])) * MILLION,
        float(np.mean(grades != exact.grades[:rows])) * MILLION,
    )


def _each(told: list[Told]) -> float:
    """Return the median seconds of a row."""
    return statistics.median(seconds / one["rows"] for one in told for seconds in one["seconds"])


def _line(entry: Entry, told: list[Told], base: float, exact: Scored) -> tuple[str, ...]:
    failed = [one["failed"] for one in told if "failed" in one]
    if failed:
        return (entry.title, str(entry.threads), failed[0], *[""] * 5)
    each, rows = _each(told), told[0]["rows"]
    wrong, flipped = errors(told[0], exact)
    return (
        entry.title + (f" ({rows:,} rows)" if rows < told[0]["asked"] else ""),
        str(entry.threads),
        f"{each * 1e3 * MILLION:,.0f}",
        f"{each / base:.2f}",
        f"{statistics.median(one['peak'] for one in told):,.0f}",
        f"{wrong:,.0f}",
        f"{flipped:,.0f}",
        f"{statistics.median(one['compile'] for one in told) * 1e3:.1f}",
    )
