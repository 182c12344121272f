"""The same ruleset and data give the same bytes, wherever and in whatever order they are read."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEME = ROOT / "rulesets" / "pinghu" / "department"
RULES = str(SCHEME / "department.zh.perfrules")
PLACES = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "4711", "LC_ALL": "POSIX", "TZ": "America/St_Johns"},
)
COMPILED = {"PERFRULES_CACHE": "off"}
COMMANDS = (
    ("score", "--format", "json"),
    ("score", "--format", "csv"),
    ("explain", "--lang", "zh"),
    ("explain", "--lang", "en", "--format", "json"),
)


@pytest.fixture
def rows() -> list[dict[str, str]]:
    """Sixteen entities, more than the slow evaluator takes: final, provisional, overridden and refused ones."""
    with (SCHEME / "data" / "2021-2024.csv").open(encoding="utf-8-sig", newline="") as file:
        years = list(csv.DictReader(file))
    name, judged = next(iter(years[0])), next(column for column in years[0] if column.endswith(".mark"))
    changes = (
        {},
        {judged: ""},
        {"A11.override.value": "2", "A11.override.by": "张三", "A11.override.why": "复核"},
        {"满意率": "八成"},
    )
    return [
        {**year, **change, name: f"{year[name]}-{number}"} for number, change in enumerate(changes) for year in years
    ]


def write(path: Path, rows: list[dict[str, str]], columns: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="")
        table.writeheader()
        table.writerows(rows)
    return path


def columns_of(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def output(command: tuple[str, ...], data: Path, place: dict[str, str]) -> bytes:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG", "PERF"))}
    words = [sys.executable, "-m", "perfrules", command[0], RULES, str(data), *command[1:]]
    run = subprocess.run(words, cwd=ROOT, env={**env, **COMPILED, **place}, capture_output=True, check=False)
    assert run.returncode == 3  # four entities are refused
    return run.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_output_is_the_same_under_any_hash_seed_locale_and_zone(
    command: tuple[str, ...], rows: list[dict[str, str]], tmp_path: Path
) -> None:
    data = write(tmp_path / "data.csv", rows, columns_of(rows))
    first, *others = (output(command, data, place) for place in PLACES)
    assert first.strip()
    assert all(other == first for other in others)


def test_an_entity_has_the_same_result_wherever_its_row_and_columns_stand(
    rows: list[dict[str, str]], tmp_path: Path
) -> None:
    columns = columns_of(rows)
    ways = (
        write(tmp_path / "data.csv", rows, columns),
        write(tmp_path / "backwards.csv", rows[::-1], columns),
        write(tmp_path / "columns.csv", rows[5:] + rows[:5], columns[::-1]),
    )
    found = [by_entity(output(("score", "--format", "json"), way, PLACES[0])) for way in ways]
    assert {result["status"] for result in found[0].values()} == {"final", "provisional", "refused"}
    assert found[1] == found[0]
    assert found[2] == found[0]


def by_entity(document: bytes) -> dict[str, dict[str, object]]:
    return {result["entity"]: result for result in json.loads(document)["results"]}
