"""The table of all competitors on the rubric of 35 indicators: time, memory, wrong totals, flipped grades."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from typing import Any

import numpy as np

from benchmarks.table.competitors import numpy_exact
from benchmarks.table.competitors.table import BASE, COMPETITORS
from benchmarks.table.numbers import numbers
from benchmarks.table.printing import MILLION, print_table
from benchmarks.table.rubric import rubric
from benchmarks.timing import ROOT

Told = dict[str, Any]


def main(asked: argparse.Namespace) -> None:
    """Print the table."""
    names = [name for name in COMPETITORS if asked.only is None or name in (BASE, *asked.only)]
    numbers(1, asked.rows)
    told = {name: [] for name in names}
    for _ in range(asked.rounds):
        for name in names:
            told[name].append(in_child(name, asked.rows, 1, asked.repeats))
    exact = numpy_exact.score(rubric(), numbers(1, asked.rows).whole())
    base = _each(told[BASE])
    print(f"\n35 indicators, {asked.rows:,} rows; medians of {asked.rounds} processes × {asked.repeats} runs\n")
    heads = ("", "threads", "ms / million", "× numpy", "extra MB", "wrong / million", "flipped / million", "compile ms")
    print_table(heads, [_line(name, told[name], base, exact) for name in names])


def in_child(name: str, rows: int, copies: int, repeats: int) -> Told:
    """Measure one competitor in a fresh process; `{"failed": …}` if it cannot."""
    command = [sys.executable, "-m", "benchmarks.table.child", name, f"--rows={rows}", f"--copies={copies}"]
    done = subprocess.run([*command, f"--repeats={repeats}"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["ended"])[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def errors(told: Told, exact: tuple[Any, Any]) -> tuple[float, float]:
    """Return how many totals are wrong and how many grades flipped, of a million."""
    with np.load(told["answers"]) as answers:
        totals, grades = np.rint(answers["totals"]), answers["grades"]
    rows = told["rows"]
    assert len(totals) == rows
    return tuple(float(np.mean(a != b[:rows])) * MILLION for a, b in zip((totals, grades), exact, strict=True))


def _each(told: list[Told]) -> float:
    """Return the median seconds of a row."""
    return statistics.median(seconds / one["rows"] for one in told for seconds in one["seconds"])


def _line(name: str, told: list[Told], base: float, exact: tuple[Any, Any]) -> tuple[str, ...]:
    entry = COMPETITORS[name]
    failed = [one["failed"] for one in told if "failed" in one]
    if failed:
        return (entry.title, str(entry.threads), failed[0], *[""] * 5)
    each, rows = _each(told), told[0]["rows"]
    peak = statistics.median(one["peak"] for one in told)
    compiling = statistics.median(one["compile"] for one in told)
    wrong, flipped = errors(told[0], exact)
    return (
        entry.title + (f" ({rows:,} rows)" if rows < told[0]["asked"] else ""),
        str(entry.threads),
        f"{each * 1e3 * MILLION:,.0f}",
        f"{each / base:.2f}",
        f"{peak:,.0f}",
        f"{wrong:,.0f}",
        f"{flipped:,.0f}",
        f"{compiling * 1e3:.1f}",
    )
