"""The kernel alone: whole numbers in, not checked, total and grade out. Tells also how many cells are computed again.

`python -m benchmarks.table.kernel CASE THREADS ROWS REPEATS` runs one and prints JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.table.cases.table import RUBRIC, case_of
from benchmarks.table.child import measured
from benchmarks.table.printing import MILLION, print_table
from benchmarks.table.ruleset_text import ruleset_text
from benchmarks.table.whole_block import whole_of
from benchmarks.timing import ROOT

CASES = (RUBRIC, "pinghu", "thirds", "projects")
NODES = ("rounded total", "grade")
HEADS = ("", "threads", "ms / million", "extra MB", "cells again / million rows", "rows aside / million", "first ms")


def kernel(asked: argparse.Namespace) -> None:
    """Print the table."""
    lines = []
    for name in CASES:
        rows = min(asked.rows or case_of(name).rows, case_of(name).rows)
        for threads in (1, 2):
            arguments = [name, str(threads), str(rows), str(asked.repeats)]
            command = [sys.executable, "-m", "benchmarks.table.kernel", *arguments]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            found = json.loads(done.stdout) if done.returncode == 0 else [done.stderr.splitlines()[-1]]
            lines.append([f"{case_of(name).title}; {rows:,} rows", str(threads), *found])
    print("\nThe kernel alone, data in whole numbers and not checked\n")
    print_table(HEADS, lines)


def main() -> None:
    """Measure one case."""
    from perfrules import loads
    from perfrules.batch.kernel import Kernel

    name, threads, rows, repeats = sys.argv[1], *map(int, sys.argv[2:])
    case = case_of(name)
    rules = loads(ruleset_text(case.about) if name == RUBRIC else case.about)
    made = Kernel(rules.plan, nodes=NODES)
    made.expect(rows)
    whole = whole_of(case.data(rows), made.texts)
    start = time.perf_counter()
    made.run(next(whole.blocks()))
    first = time.perf_counter() - start
    made.recomputed.clear()
    aside = 0

    def work() -> None:
        nonlocal aside
        with ThreadPoolExecutor(threads) as pool:
            aside = sum(pool.map(lambda block: int(made.run(block).aside.sum()), whole.blocks()))

    runs = measured(work, repeats)
    again = made.recomputed.total() / (repeats + 1)
    figures = (
        statistics.median(runs.seconds) / rows * MILLION * 1e3,
        runs.peak,
        again / rows * MILLION,
        aside / rows * MILLION,
        first * 1e3,
    )
    print(json.dumps([f"{figure:,.0f}" for figure in figures]))


if __name__ == "__main__":
    main()
