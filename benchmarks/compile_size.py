"""How compiling grows: rulesets of 57, 571 and 5,711 indicators, each stage by itself, each size in its own process.

`python benchmarks/compile_size.py` prints seconds of each stage, the peak memory, and how much more the next size
takes: ten times where growth is linear. `--memory` adds what tracemalloc counts, which slows everything down.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from timing import ROOT, processes

SIZES = (57, 571, 5_711)
GROUP = 7
SCORES = (
    "score curve of measure { 0% -> 0; 100% -> full }",
    "score bands of measure { >= 90% -> full; >= 80% -> 3; >= 60% -> 2; otherwise -> 0 }",
    "score tally from full { measure below 100%: less 0.5 points per started 1pp }",
)


def ruleset_text(leaves: int) -> str:
    """Write a ruleset with so many leaf indicators of 5 points, in groups: curves, bands and tallies of a ratio."""
    inputs = [
        f'  input {name}{n} "{name.upper()}{n}" : 万元 decimals 2 in [{low}, 10_000]'
        for n in range(leaves)
        for name, low in (("s", 0), ("b", 1))
    ]
    groups = [_group(start, min(start + GROUP, leaves)) for start in range(0, leaves, GROUP)]
    full = 5 * leaves
    grades = [
        "  grades of rounded total {",
        f"    A >= {full * 9 / 10}",
        f"    B >= {full * 6 / 10}",
        "    C otherwise",
        "  }",
    ]
    head = ['ruleset benchmark "Benchmark" version "1" {', "  round leaves to 2 decimals half up"]
    return "\n".join([*head, "  round total to 2 decimals half up", *inputs, *groups, *grades, "}", ""])


def _group(start: int, end: int) -> str:
    inside = [
        f'    indicator L{n} "L{n}" 5 points {{\n      measure s{n} / b{n}\n      {SCORES[n % 3]}\n    }}'
        for n in range(start, end)
    ]
    return "\n".join([f'  indicator G{start} "G{start}" {5 * (end - start)} points {{', *inside, "  }"])


def measured(leaves: int, count_memory: bool) -> dict[str, float]:
    """Return the seconds of each stage for one size, and the memory in MB."""
    from perfrules.evaluate import generated, reference
    from perfrules.lang.collector import collector_paused
    from perfrules.model.resolve import resolve
    from perfrules.plan.make_plan import make_plan
    from perfrules.prove.prove import prove
    from perfrules.readers.mapping import read_mapping
    from perfrules.syntax.parse import parse
    from perfrules.text import SourceText

    source = SourceText("benchmark", ruleset_text(leaves))
    row = {f"{name}{n}": value for n in range(leaves) for name, value in (("s", 90 + n % 11), ("b", 100))}
    parse(SourceText("empty", "ruleset a {\n}\n"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if count_memory:
        import tracemalloc

        tracemalloc.start()
    times: dict[str, float] = {}
    with collector_paused():
        parsed: Any = _timed(times, "parse", lambda: parse(source))
        resolved: Any = _timed(times, "resolve", lambda: resolve(parsed.tree, source))
        plan: Any = _timed(times, "plan", lambda: make_plan(resolved.model)).plan
        found: Any = _timed(times, "prove", lambda: prove(plan))
    times["MB of compiling"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    facts: Any = _timed(times, "read one row", lambda: read_mapping(plan, row)).facts
    first: Any = _timed(times, "first score", lambda: reference.evaluate_nodes(plan, facts)["rounded total"])
    second: Any = _timed(times, "generate code, score", lambda: generated.evaluate_nodes(plan, facts)["rounded total"])
    assert first == second
    assert not [*parsed.diagnostics, *resolved.diagnostics, *found]
    times["MB of all"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if count_memory:
        times["MB by tracemalloc"] = tracemalloc.get_traced_memory()[1] / 2**20
    return times


def _timed(times: dict[str, float], stage: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    times[stage] = time.perf_counter() - start
    return result


def main() -> None:
    """Print the table, or for a single size its figures."""
    memory = "--memory" in sys.argv
    sizes = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    if sizes:
        print(json.dumps(measured(sizes[0], memory)))
        return
    rows = [_in_a_process(size, memory) for size in SIZES]
    print(f"{'':>22}" + "".join(f"{size:>10}" for size in SIZES) + "   growth from size to size")
    for stage in rows[0]:
        values = [row[stage] for row in rows]
        growth = "  ".join(f"{later / earlier:5.1f}×" for earlier, later in pairwise(values) if earlier)
        print(f"{stage:>22}" + "".join(f"{value:10.3f}" for value in values) + f"   {growth}")
    compiling = [sum(row[stage] for stage in ("parse", "resolve", "plan", "prove")) for row in rows]
    print(f"{'all of compiling':>22}" + "".join(f"{value:10.3f}" for value in compiling))
    print(f"{'`load`, new process':>22}" + "".join(f"{_from_cold(size):10.3f}" for size in SIZES))


def _from_cold(leaves: int) -> float:
    """Return the seconds of a whole process that loads a file of so many indicators, Python's own start included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.perfrules"
        path.write_text(ruleset_text(leaves), "utf-8")
        command = [sys.executable, "-c", f"import perfrules; perfrules.load({str(path)!r})"]
        return processes({"load": command}, rounds=3)["load"]


def _in_a_process(size: int, memory: bool) -> dict[str, float]:
    command = [sys.executable, __file__, str(size), *(["--memory"] if memory else [])]
    runs = 1 if size > 1_000 or memory else 3
    outputs = [
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True).stdout for _ in range(runs)
    ]
    found = [json.loads(output) for output in outputs]
    return {stage: sorted(each[stage] for each in found)[runs // 2] for stage in found[0]}


if __name__ == "__main__":
    main()
