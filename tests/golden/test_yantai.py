"""Yantai: its library can be searched and every file of it holds; many projects flow into one department's marks."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.api import Result, Results, compile_file, load, loads
from perfrules.cli.main import cli
from perfrules.compose.catalogue import Entry, shelves
from perfrules.files import folder_place
from perfrules.syntax.formatter import format_text
from perfrules.text import SourceText
from tests.golden.figures import RULESETS, Figure, expected, figures_of, found, rows_of

YANTAI = RULESETS / "yantai"
FOLDER = YANTAI / "evaluation"
LIBRARIES = sorted(path for tier in ("common", "sector", "department") for path in (YANTAI / tier).glob("*.perfrules"))
Row = Mapping[str, str]


@cache
def projects() -> Results:
    rules = load(FOLDER / "yantai.project.perfrules", paths=[RULESETS])
    return rules.score_all(rows_of(FOLDER / "data" / "projects.csv"))


@cache
def departments() -> Results:
    rules = load(FOLDER / "yantai.department_evaluation.perfrules", paths=[RULESETS])
    return rules.score_all(rows_of(FOLDER / "data" / "departments.csv"), results={"projects": projects()})


@cache
def definitions() -> list[Entry]:
    return [
        entry
        for shelf in shelves([folder_place(RULESETS)])
        if shelf.name.startswith("yantai")
        for entry in shelf.entries
    ]


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_a_library_has_nothing_to_complain_about(path: Path) -> None:
    library = compile_file(path, paths=[RULESETS])
    assert library.is_library
    assert library.diagnostics == ()


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_a_library_is_laid_out_as_the_formatter_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(SourceText(str(path), text)).text == text


def test_every_definition_has_a_name_of_its_own_a_sector_a_tier_and_a_subject() -> None:
    assert len(definitions()) == len({entry.name for entry in definitions()}) == 385
    for entry in definitions():
        assert [tag.key for tag in entry.tags] == ["sector", "tier", ""], entry.full_name
        assert entry.title == entry.name


def test_definitions_are_found_by_word_and_sector() -> None:
    command = ["library", "search", "交通", "--sector", "交通", "--path", str(RULESETS), "--format", "json"]
    told = CliRunner().invoke(cli, command)
    assert told.exit_code == 0
    assert "每公里养护成本" in told.output
    assert "交通事故死亡人数" not in told.output  # that one is of the police


KINDS = {"money": "元", "count": "件", "persons": "人", "area": "亩", "length": "km"}
UNITS = ("平方米 = 0.0001 公顷", "户 : count", "张床 : count", "场次 : count")


def parameters(entry: Entry) -> Iterator[tuple[str, str]]:
    """The name of each parameter of a definition, with the type and range of an input that fits it."""
    names: list[str] = []
    for piece in re.split(r", (?![^\[]*\])", entry.parameters) if entry.parameters else ():
        name, colon, kind = piece.partition(" : ")
        names.append(name)
        if colon:
            word, _, rest = kind.partition(" = ")[0].partition(" ")
            yield from ((each, f"{KINDS.get(word, word)} {rest}") for each in names)
            names = []


def trial(entry: Entry, number: int) -> Iterator[str]:
    """An indicator that is made of a definition, and the inputs that it is given."""
    given = {f"{name}_{number}": kind for name, kind in parameters(entry)}
    yield from (f"  input {name} : {kind}" for name, kind in given.items())
    yield f"  indicator I{number} 10 points = {entry.name}({', '.join(given)})"


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_every_definition_makes_an_indicator_of_data_of_its_kinds(path: Path) -> None:
    (shelf,) = (each for each in shelves([folder_place(RULESETS)]) if RULESETS / each.file == path)
    uses = [f"  use {shelf.name}", *(f"  unit {unit}" for unit in UNITS), "  excluded share rescale"]
    lines = [line for number, entry in enumerate(shelf.entries) for line in trial(entry, number)]
    text = "\n".join(['ruleset trial "Trial" version "1" {', *uses, *lines, "}", ""])
    rules = loads(text, paths=[RULESETS])
    assert len(rules.outline) == len(shelf.entries)


def marks_of(row: Row) -> Fraction:
    """The total of a project, told another way: everything as a part of its marks."""
    over = Fraction(row["超支金额"]) / Fraction(row["成本定额"]) * 100
    late = (date.fromisoformat(row["实际完成"]) - date.fromisoformat(row["计划完成"])).days
    done, planned = int(row["实际产出"]), int(row["计划产出"])
    reached = Fraction(row["实际受益"]) / Fraction(row["计划受益"])
    product = min(Fraction(done, planned), Fraction(1)) * 15 + (
        Fraction(int(row["达标产出"]), done) * 15 if done else 0
    )
    benefit = (min(reached, Fraction(1)) * 10 if reached >= Fraction(6, 10) else 0) + Fraction(row["E2.mark"])
    in_time = min(Fraction(10), max(Fraction(0), 10 - Fraction(late, 10)))
    spent = min(Fraction(row["全年执行"]) / Fraction(row["全年预算"]), Fraction(1)) * 10
    others = max(0, 20 - 2 * math.ceil(over)) + product + in_time + spent
    if row["满意度指标"] == "未设置":
        return others + benefit * 30 / 20
    rate = Fraction(row["满意率"].rstrip("%"))
    answers = 10 if rate >= 90 else 8 if rate >= 80 else 5 if rate >= 60 else 0
    return others + benefit + (answers if int(row["有效问卷"]) >= 30 else 0)


def cents(value: Fraction) -> Fraction:
    """Rounded to 2 decimals, half up."""
    return Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)


def is_complete(row: Row) -> bool:
    return bool(row["自评得分"]) and row["指标值齐全"] == row["佐证齐全"] == row["偏差已说明"] == "是"


def is_too_high(row: Row) -> bool:
    return bool(row["自评得分"]) and Fraction(row["自评得分"]) > cents(marks_of(row)) + 2


def test_there_are_1561_projects_of_82_departments_and_30_were_evaluated_outside() -> None:
    rows = rows_of(FOLDER / "data" / "projects.csv")
    assert len(rows) == 1_561
    assert len({row["主管部门"] for row in rows}) == 82
    assert sum(each.outputs["第三方"] is True for each in projects()) == 30


def test_every_project_has_the_marks_of_a_count_by_hand() -> None:
    for row in rows_of(FOLDER / "data" / "projects.csv"):
        result: Result = projects()[row["项目"]]
        assert result.status.value == "final"
        assert result.total == cents(marks_of(row)), row["项目"]
        assert result.outputs["自评完整"] is is_complete(row), row["项目"]
        assert result.outputs["自评偏高"] is is_too_high(row), row["项目"]


def test_the_projects_of_a_department_make_the_quality_of_its_self_evaluations() -> None:
    owned = defaultdict(list)
    for row in rows_of(FOLDER / "data" / "projects.csv"):
        owned[row["主管部门"]].append(row)
    for each in departments():
        own = owned[each.entity]
        handed_in = [row for row in own if row["自评得分"]]
        assert each.outputs["项目数"] == len(own)
        assert each["C1"].measure == Fraction(sum(map(is_complete, own)), len(own))
        assert each["C2"].measure == Fraction(sum(map(is_too_high, handed_in)), len(handed_in))
        assert each["C3"].measure == sum(cents(marks_of(row)) for row in own) / len(own)


def test_equal_totals_share_the_better_rank() -> None:
    totals = [each.total for each in departments() if each.total is not None]
    for each in departments():
        assert each.total is not None
        assert each.outputs["名次"] == 1 + sum(total > each.total for total in totals)


@pytest.mark.parametrize("figure", figures_of(FOLDER), ids=str)
def test_a_figure_of_yantai_comes_out_exactly(figure: Figure) -> None:
    results = projects() if figure.data == "projects.csv" else departments()
    assert found(results[figure.entity], figure.what) == expected(figure)
