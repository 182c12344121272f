"""What keeping compiled rulesets saves: loading 57, 571 and 5,711 indicators, and whole commands on a small ruleset.

`python benchmarks/cache.py` prints medians; each load is in a process of its own. `--rounds N` repeats each so often.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compile_size import SIZES, ruleset_text
from timing import ROOT, processes

RULESET = ROOT / "rulesets" / "mof" / "self_evaluation" / "self_evaluation.perfrules"
DATA = RULESET.parent / "data" / "2024.csv"
WAYS = ("never kept", "first time", "read back")


def measured(path: str) -> dict[str, float]:
    """Return the seconds of importing perfrules, loading a file, asking for all nodes, and scoring an entity."""
    times = {}
    start = time.perf_counter()
    from perfrules import api

    times["import perfrules.api"] = time.perf_counter() - start
    start = time.perf_counter()
    rules = api.load(path)
    times["load"] = time.perf_counter() - start
    start = time.perf_counter()
    nodes = list(rules.plan.nodes)
    times["all nodes"] = time.perf_counter() - start
    assert len(nodes) == len(rules.plan.nodes)
    compiling = {"lark", "networkx", "perfrules.syntax.parse", "perfrules.model"} & set(sys.modules)
    row = {name: value for each in rules.inputs for name, value in ((each.name, 95 if each.name[0] == "s" else 100),)}
    start = time.perf_counter()
    assert rules.score(row).status.value == "final"
    times["score an entity"] = time.perf_counter() - start
    return {**times, "modules that compile": len(compiling)}


def _in_a_process(path: Path, folder: str) -> dict[str, float]:
    found = subprocess.run(
        [sys.executable, __file__, "--measure", str(path)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PERFRULES_CACHE": folder},
    )
    times: dict[str, float] = json.loads(found.stdout)
    return times


def _loads(path: Path, folder: Path, rounds: int) -> dict[str, dict[str, float]]:
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for number in range(rounds):
        fresh = folder / str(number)
        runs["never kept"].append(_in_a_process(path, "off"))
        runs["first time"].append(_in_a_process(path, str(fresh)))
        runs["read back"].append(_in_a_process(path, str(fresh)))
    return {
        way: {name: statistics.median(each[name] for each in found) for name in found[0]} for way, found in runs.items()
    }


def _print_loads(rounds: int) -> None:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rules.perfrules"
            path.write_text(ruleset_text(size), "utf-8")
            found = _loads(path, Path(folder) / "kept", rounds)
            kept = sum(file.stat().st_size for file in (Path(folder) / "kept" / "0").iterdir())
        print(f"\n{size} indicators, {kept / 2**20:.1f} MiB kept")
        print(f"{'':>22}" + "".join(f"{way:>14}" for way in WAYS))
        for name in found["read back"]:
            print(f"{name:>22}" + "".join(f"{found[way][name]:14.3f}" for way in WAYS))


def _print_commands() -> None:
    command = [sys.executable, "-m", "perfrules"]
    check, score = [*command, "check", str(RULESET)], [*command, "score", str(RULESET), str(DATA)]
    with tempfile.TemporaryDirectory() as folder:
        off, on = ["env", "PERFRULES_CACHE=off"], ["env", f"PERFRULES_CACHE={folder}/kept"]
        times = processes(
            {
                "python that does nothing": [sys.executable, "-c", "pass"],
                "import perfrules.api": [sys.executable, "-c", "import perfrules.api"],
                "perfrules check, never kept": [*off, *check],
                "perfrules check, read back": [*on, *check],
                "perfrules score, never kept": [*off, *score],
                "perfrules score, read back": [*on, *score],
            }
        )
    print(f"\n{RULESET.name}, {len(RULESET.read_text('utf-8').splitlines())} lines; whole processes")
    for name, seconds in times.items():
        print(f"{name:>30}{seconds:10.3f}")


def main() -> None:
    """Print the tables."""
    if "--measure" in sys.argv:
        print(json.dumps(measured(sys.argv[-1])))
        return
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else 5
    _print_loads(rounds)
    _print_commands()


if __name__ == "__main__":
    main()
