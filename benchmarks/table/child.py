"""One competitor in a process of its own: time of each run, peak of extra memory, answers. Prints JSON.

The first run is the warm-up; its peak of resident memory, less what was resident with the data loaded and the rules
compiled, is the extra memory (its results are part of it). tracemalloc would not see what C libraries take.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from benchmarks.table.cases.table import case_of
from benchmarks.table.numbers import FOLDER


@frozen
class Runs:
    """Seconds of each timed run, megabytes at the peak of the warm-up, and what it gave back."""

    seconds: list[float]
    peak: float
    found: Any


def measured(work: Callable[[], Any], repeats: int) -> Runs:
    """Run *work* once for its memory and then so many times for its time."""
    before = resident_now()
    found = work()
    peak = peak_since() - before
    seconds = []
    for _ in range(repeats):
        gc.collect()
        start = time.perf_counter()
        again = work()
        seconds.append(time.perf_counter() - start)
        del again
    return Runs(seconds, peak, found)


def resident_now() -> float:
    """Return the resident megabytes, after giving back what is free, and start to watch for the peak."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS")


def peak_since() -> float:
    """Return the peak of resident megabytes since `resident_now`."""
    return _status("VmHWM")


def _status(key: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(key))


def main() -> None:
    """Measure the competitor that is named on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case")
    parser.add_argument("name")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    case = case_of(asked.case)
    competitor = case.entries[asked.name].make()
    rows = min(asked.rows, competitor.most_rows or asked.rows)
    data = competitor.load(case.data(asked.rows).first(rows))
    start = time.perf_counter()
    compiled = competitor.compile(case.about)
    compiling = time.perf_counter() - start
    runs = measured(lambda: competitor.score(compiled, data), asked.repeats)
    scored = competitor.read(runs.found)
    FOLDER.mkdir(exist_ok=True)
    answers = FOLDER / f"answers-{asked.case}-{asked.name}-{asked.rows}.npz"
    np.savez(answers, totals=scored.totals, grades=scored.grades)
    told = {"rows": rows, "asked": asked.rows, "seconds": runs.seconds, "peak": runs.peak, "compile": compiling}
    print(json.dumps(told | {"answers": str(answers)}))


if __name__ == "__main__":
    main()
