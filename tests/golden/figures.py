"""The figures beside each ruleset's data: what `data/expected.csv` says, and what a result says of the same thing."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from perfrules.api import Result, Ruleset
from perfrules.syntax.scan import scan_header

RULESETS = Path(__file__).parents[2] / "rulesets"
ORIGINS = ("published", "derived")


@frozen
class Figure:
    """One line of `expected.csv`: of which entity of which data file, what is what, and where that comes from."""

    folder: Path
    data: str
    entity: str
    what: str
    value: str
    origin: str

    def __str__(self) -> str:
        return f"{self.folder.parent.name}-{self.folder.name}-{self.entity}-{self.what}"


def ruleset_files() -> list[Path]:
    """Every ruleset that scores, in either keyword language: neither libraries nor templates."""
    return [path for path in sorted(RULESETS.glob("*/*/*.perfrules")) if _scores(path.read_text(encoding="utf-8"))]


def _scores(text: str) -> bool:
    header = scan_header(text)
    is_template = re.search(r"^ *slot ", text, re.MULTILINE) and not re.search(r"^ *fill ", text, re.MULTILINE)
    return header is None or not (header.keyword == "LIBRARY" or is_template)


def ruleset_file(folder: Path) -> Path:
    """The ruleset of a folder: the one of its name, else the only one (of two keyword languages the English one)."""
    (found,) = _rulesets_of(folder)
    return found


def _rulesets_of(folder: Path) -> list[Path]:
    alone = folder / f"{folder.name}.perfrules"
    if alone.is_file():
        return [alone]
    return [path for path in sorted(folder.glob("*.perfrules")) if not path.name.endswith(".zh.perfrules")]


def figures() -> list[Figure]:
    """Every figure of the folders with one ruleset; where several build on one another, a test says how."""
    return [
        figure
        for file in sorted(RULESETS.glob("*/*/data/expected.csv"))
        if len(_rulesets_of(file.parents[1])) == 1
        for figure in figures_of(file.parents[1])
    ]


def figures_of(folder: Path, file: str = "expected.csv") -> list[Figure]:
    """The figures of one folder."""
    text = (folder / "data" / file).read_text(encoding="utf-8-sig")
    return [Figure(folder, **row) for row in csv.DictReader(text.splitlines())]


def data_files() -> list[Path]:
    """Every data file that has figures."""
    return sorted({figure.folder / "data" / figure.data for figure in figures()})


def rows_of(data: Path) -> list[dict[str, Any]]:
    """The rows of a data file as the standard library reads them: every cell a text."""
    text = data.read_text(encoding="utf-8-sig")
    if data.suffix == ".json":
        rows: list[dict[str, Any]] = json.loads(text, parse_float=str, parse_int=str)
        return rows
    return list(csv.DictReader(text.splitlines()))


def given_to(rules: Ruleset, data: Path) -> list[dict[str, Any]]:
    """The rows of a data file, each with its records of the sheets that are named like the tables of *rules*."""
    rows = rows_of(data)
    for table in (each.name for each in rules.plan.inputs if each.fields):
        sheet = data.with_name(f"{table}.csv")
        for row in rows if sheet.exists() else ():
            row[table] = _records_of(sheet, *next(iter(row.items())))
    return rows


def _records_of(sheet: Path, column: str, entity: str) -> list[dict[str, str]]:
    """The records of an entity, without the column that tells whose they are."""
    records = [record for record in rows_of(sheet) if record[column] == entity]
    return [{name: cell for name, cell in record.items() if name != column} for record in records]


def expected(figure: Figure) -> object:
    """The value of a figure: an exact number, or a word."""
    try:
        return Fraction(figure.value)
    except ValueError:
        return figure.value


def found(result: Result, what: str) -> object:
    """What *result* says of a figure: `total`, `total.lo`, `grade`, `A1`, `A1.state`, `decision.x`, `output.x` …"""
    head, _, rest = what.partition(".")
    match head, rest:
        case "total" | "grade", "":
            return getattr(result, head)
        case "status", "":
            return result.status.value
        case "problem", "":
            return ", ".join(problem.code.value for problem in result.problems)
        case "total", "lo" | "hi":
            return getattr(result.enclosures["rounded total"].numbers, rest)
        case "decision", name:
            return {True: "yes", False: "no", None: "open"}[result.decisions[name]]
        case "alert", name:
            return result.alerts[name]
        case "output", name:
            return result.outputs[name]
        case code, "state":
            return result[code].status.value
        case code, "measure":
            return result[code].measure
        case code, _:
            return result[code].score
