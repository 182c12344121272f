"""How the benchmarks measure: medians of interleaved runs, ratios within one run.

What is compared takes turns, so that a busy moment of the machine slows all of it. Trust the ratios of one table, not
milliseconds of different ones. No compiled ruleset is kept unless `PERFRULES_CACHE` says so; `cache.py` measures
what that saves.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("PERFRULES_CACHE", "off")


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int = 15) -> dict[str, float]:
    """Return the median seconds of each work; in every round each is run once."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def processes(commands: Mapping[str, Sequence[str]], rounds: int = 9) -> dict[str, float]:
    """Return the median seconds of each command, from start to end of its process."""
    return interleaved({name: lambda command=command: _run(command) for name, command in commands.items()}, rounds)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
