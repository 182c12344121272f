"""The rulesets of real schemes: they compile clean, pass their own tests, and give the figures beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from perfrules.api import Results, Ruleset, load, loads
from perfrules.diagnostics import Severity
from perfrules.readers.table import read_data
from perfrules.ruletests.reach import reach
from perfrules.ruletests.run import run_tests
from perfrules.syntax.formatter import format_text
from perfrules.text import SourceText
from tests.golden.figures import (
    ORIGINS,
    RULESETS,
    Figure,
    data_files,
    expected,
    figures,
    found,
    given_to,
    rows_of,
    ruleset_file,
    ruleset_files,
)

PINGHU = RULESETS / "pinghu" / "department"
LINJIANG = RULESETS / "linjiang" / "road_passenger"
FORESTRY = RULESETS / "forestry" / "provincial_part"


def name_of(path: Path) -> str:
    return str(path.relative_to(RULESETS))


@cache
def ruleset(path: Path) -> Ruleset:
    return load(path, paths=[RULESETS])


@cache
def scored(data: Path) -> Results:
    rules = ruleset(ruleset_file(data.parents[1]))
    return rules.score_all(given_to(rules, data))


@pytest.mark.parametrize("path", ruleset_files(), ids=name_of)
def test_a_ruleset_has_nothing_to_complain_about(path: Path) -> None:
    assert [each.code.value for each in ruleset(path).diagnostics if each.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("path", ruleset_files(), ids=name_of)
def test_a_ruleset_passes_its_own_tests(path: Path) -> None:
    rules = ruleset(path)
    runs = run_tests(rules.plan, rules.tests)
    assert len(runs) >= 2
    assert [(run.test.title, failure.args["expected"]) for run in runs for failure in run.failures] == []


@pytest.mark.parametrize("path", ruleset_files(), ids=name_of)
def test_the_tests_of_a_ruleset_reach_every_part_of_its_rules(path: Path) -> None:
    rules = ruleset(path)
    runs = run_tests(rules.plan, rules.tests)
    unreached = reach(rules.plan, [run.trace for run in runs if run.trace is not None]).unreached
    assert [(part.node, part.construct, part.number) for part in unreached] == []


@pytest.mark.parametrize("path", ruleset_files(), ids=name_of)
def test_a_ruleset_is_laid_out_as_the_formatter_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(SourceText(str(path), text)).text == text


@pytest.mark.parametrize("figure", figures(), ids=str)
def test_a_figure_comes_out_exactly(figure: Figure) -> None:
    assert figure.origin in ORIGINS
    result = scored(figure.folder / "data" / figure.data)[figure.entity]
    assert found(result, figure.what) == expected(figure)


@pytest.mark.parametrize("data", data_files(), ids=name_of)
def test_a_data_file_scores_the_same_through_its_reader(data: Path) -> None:
    rules = ruleset(ruleset_file(data.parents[1]))
    read = rules.score_rows(read_data(data, rules.plan).rows)
    assert [(each.entity, each.status, each.total, each.grade) for each in read] == [
        (each.entity, each.status, each.total, each.grade) for each in scored(data)
    ]


def test_pinghu_is_one_ruleset_in_either_keyword_language() -> None:
    english, chinese = PINGHU / "department.perfrules", PINGHU / "department.zh.perfrules"
    text = english.read_text(encoding="utf-8")
    assert ruleset(english).hash == ruleset(chinese).hash
    assert format_text(SourceText(str(english), text), "zh").text == chinese.read_text(encoding="utf-8")
    assert format_text(SourceText(str(chinese), chinese.read_text(encoding="utf-8")), "en").text == text


def test_whether_the_bonus_may_pass_200_is_one_word() -> None:
    text = (LINJIANG / "road_passenger.perfrules").read_text(encoding="utf-8")
    capped = loads(text.replace("total 200 points unbounded", "total 200 points capped"))
    (row,) = rows_of(LINJIANG / "data" / "self_score.json")
    assert ruleset(LINJIANG / "road_passenger.perfrules").score(row).total == 220
    assert capped.score(row).total == 200


def test_a_slip_of_ten_thousand_is_told_with_what_would_fit() -> None:
    (row,) = rows_of(FORESTRY / "data" / "as_printed.csv")
    result = ruleset(FORESTRY / "provincial_part.perfrules").score(row)
    (problem,) = (each for each in result.problems if each.severity is Severity.ERROR)
    assert problem.where is not None
    assert problem.where.column == "绿化完成"
    assert str(problem.args["multiplier"]) == "万"
