"""LibreOffice, started from wrong cached values, comes to the engine's values in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve, frozen

from perfrules import Ruleset, load, loads
from perfrules.api import Result, Results
from perfrules.diagnostics import DataPlace
from perfrules.ir.plan import OutlineItem
from perfrules.lang.rounding import magnitude
from perfrules.lang.states import State
from perfrules.readers.rows import EntityRow
from perfrules.readers.table import read_data
from perfrules.workbook import export_workbook
from tests.support.recalculated import WRONG, Sheets, formulas, has_libreoffice, read_sheets, recalculate, spoiled

pytestmark = pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")

RULESETS = Path(__file__).parents[3] / "rulesets"
STATES = {
    "en": {state: f"[{state.value}]" for state in State},
    "zh": {
        State.MISSING: "【缺失】",
        State.EXCLUDED: "【剔除】",
        State.PENDING: "【待定】",
        State.REFUSED: "【拒绝】",
    },
}
RESULTS = {"en": "Results", "zh": "结果"}
CHECK = {"en": "Check", "zh": "核对"}
FIRST = 6

ROUNDINGS = """
ruleset demo.rounding "Every rounding" version "1" {
  entity name
  input x : number decimals 4 in [-100, 100]
  input y : number decimals 4 in [1, 100]
  input f : yes/no optional
  indicator A "Modes" {
MODES
  }
  output tens : number = round(x * 100 to 10 half even)
  output grouped : number = if f is missing then 0 else if f then x / y else -x
  output power : number = (x / y) ^ 3
}
"""
MODES = ("half up", "half even", "half down", "ceiling", "floor", "truncate")
TARGETS = ("0.01", "0.5", "1", "0.03")

COHORT = """
ruleset demo.cohort "Ranks and means" version "1" {
  entity name
  total 10 points
  input x : number decimals 2 in [0, 100]
  input kind : one of (a, b)
  input y : number decimals 2 in [1, 100] optional
  indicator A "Place" 10 points {
    score bands of rank(x across entities, highest first, ties share best) { = 1 -> full; otherwise -> 4 }
  }
  output mean_of_kind : number = mean(x across entities within kind)
  output highest : number = max(x across entities)
  output middle : number = median(x across entities)
  output last : number = rank(x across entities, lowest first, ties share worst)
  output shared : number = rank(x / 3 across entities within kind, highest first, ties share mean)
  output under : % = percentile rank(x across entities, strictly below)
}
"""


@frozen(eq=False)
class Book:
    """A workbook, its results, what was written and what LibreOffice made of it."""

    name: str
    language: str
    one: bool
    rules: Ruleset
    results: Sequence[Result]
    content: bytes
    written: Sheets
    recalculated: Sheets


def _tests_too(rules: Ruleset, path: Path, more: Sequence[EntityRow] = ()) -> Results:
    """Score the data beside a ruleset, and the data of the tests in it, among them every edge of its rules."""
    rows = list(read_data(path, rules.plan).rows)
    for number, test in enumerate(rules.tests, start=1):
        name = f"用例{number}"
        facts = evolve(test.facts, entity=name, as_of=test.facts.as_of or rules.plan.as_of_default)
        rows.append(EntityRow(entity=name, facts=facts, problems=(), place=DataPlace()))
    return rules.score_rows([*rows, *more])


def _on_edges(rules: Ruleset, path: Path) -> list[EntityRow]:
    """Make departments exactly on the edges of rates, and one unit of data beside them."""
    random, [first, *_] = Random(5), read_data(path, rules.plan).rows
    assert first.facts is not None
    rows: list[EntityRow] = []
    for number in range(60):
        budget = Fraction(random.randrange(1, 5_000_000) * 100, 10**6)
        beside = Fraction(random.choice((-1, 0, 0, 1)), 10**6)
        values = {
            **first.facts.values,
            "全年预算": budget,
            "预算支出": budget * random.choice((Fraction(19, 20), Fraction(9, 10), Fraction(4, 5))) + beside,
            "公用预算": budget,
            "公用支出": budget * (1 + Fraction(random.randrange(0, 8), 100)) + beside,
            "审计资金": budget,
            "不合格资金": max(Fraction(0), budget * Fraction(random.randrange(0, 5), 100) + beside),
            "项目支出": budget,
            "重点支出": budget * Fraction(random.randrange(1, 60), 100) + beside,
            "满意率": random.choice((Fraction(9, 10), Fraction(4, 5), Fraction(3, 5)))
            + Fraction(random.choice((-1, 0, 1)), 10_000),
        }
        facts = evolve(first.facts, entity=f"界限{number}", values=values)
        rows.append(EntityRow(entity=facts.entity, facts=facts, problems=(), place=DataPlace()))
    return rows


def _rounding_rules() -> Ruleset:
    indicators = [
        f'indicator M{place} "{mode} {target}" {{ measure round(x / y to {target} {mode}) }}'
        for place, (mode, target) in enumerate((mode, target) for mode in MODES for target in TARGETS)
    ]
    return loads(ROUNDINGS.replace("MODES", "\n".join(indicators)))


def _roundings(rules: Ruleset) -> Results:
    random, rows = Random(3), []
    for number in range(120):
        y = random.choice((1, 2, 4, 5, 8, 3, 7, 9.7))
        x = random.choice(
            (random.randrange(-400, 400) / 8, random.randrange(-999, 999) / 200, random.randrange(-100, 100) * 0.015)
        )
        row: dict[str, Any] = {"name": f"n{number}", "x": f"{x:.4f}", "y": f"{y}"}
        rows.append(row | ({"f": random.choice(("yes", "no"))} if number % 3 else {}))
    return rules.score_all(rows)


def _cohort(rules: Ruleset) -> Results:
    random = Random(8)
    rows = [
        {"name": f"e{number}", "x": f"{random.randrange(0, 40) / 8:.2f}", "kind": random.choice("ab"), "y": "3"}
        for number in range(40)
    ]
    return rules.score_all(rows)


def _made() -> Iterator[tuple[str, Ruleset, Sequence[Result], str, bool]]:
    folder = RULESETS / "pinghu" / "department"
    pinghu = load(folder / "department.perfrules")
    years = folder / "data" / "2021-2024.csv"
    results = _tests_too(pinghu, years, _on_edges(pinghu, years))
    yield "pinghu", pinghu, results, "zh", False
    yield "pinghu one", pinghu, [results["市教育局2023"]], "en", True
    pending = _tests_too(pinghu, folder / "data" / "2024-pending.csv")
    yield "pinghu pending", pinghu, [pending[0]], "zh", True
    form = load(RULESETS / "mof" / "self_evaluation" / "self_evaluation.perfrules")
    yield "self-evaluation", form, _tests_too(form, RULESETS / "mof/self_evaluation/data/2024.csv"), "en", False
    linjiang = load(RULESETS / "linjiang" / "road_passenger" / "road_passenger.perfrules")
    scores = _tests_too(linjiang, RULESETS / "linjiang/road_passenger/data/self_score.json")
    yield "linjiang", linjiang, scores, "zh", False
    yield "linjiang one", linjiang, [scores[0]], "en", True
    township = load(RULESETS / "township" / "half_year" / "half_year.perfrules")
    yield "township", township, _tests_too(township, RULESETS / "township/half_year/data/published.csv"), "en", False
    index = load(RULESETS / "undp" / "human_development_index" / "human_development_index.perfrules")
    countries = read_data(RULESETS / "undp/human_development_index/data/2021.csv", index.plan).rows
    yield "index", index, index.score_rows(countries), "en", False
    fund = load(RULESETS / "yiyang" / "industrial_fund" / "industrial_fund.perfrules")
    yield "fund", fund, _tests_too(fund, RULESETS / "yiyang/industrial_fund/data/published.json"), "zh", False
    rounding, cohort = _rounding_rules(), loads(COHORT)
    yield "rounding", rounding, _roundings(rounding), "en", False
    yield "cohort", cohort, _cohort(cohort), "en", False


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("workbooks")
    made, paths = list(_made()), []
    contents = [
        export_workbook(rules, results, language=language, one=one) for _, rules, results, language, one in made
    ]
    (folder / "wrong").mkdir()
    for number, content in enumerate(contents):
        (folder / f"{number}.xlsx").write_bytes(content)
        wrong = folder / "wrong" / f"{number}.xlsx"
        wrong.write_bytes(spoiled(content))
        paths.append(wrong)
    found = recalculate(paths, folder)
    return {
        name: Book(name, lang, one, rules, results, contents[number], read_sheets(folder / f"{number}.xlsx"), sheets)
        for number, ((name, rules, results, lang, one), sheets) in enumerate(
            zip(made, map(read_sheets, found), strict=True)
        )
    }


NAMES = (
    "pinghu",
    "pinghu one",
    "pinghu pending",
    "self-evaluation",
    "linjiang",
    "linjiang one",
    "township",
    "index",
    "fund",
    "rounding",
    "cohort",
)


@pytest.mark.parametrize("name", NAMES)
def test_no_wrong_cached_value_is_left(books: dict[str, Book], name: str, tmp_path: Path) -> None:
    book, cells = books[name], formulas(books[name].content)
    (tmp_path / "wrong.xlsx").write_bytes(spoiled(book.content))
    wrong = read_sheets(tmp_path / "wrong.xlsx")
    assert cells
    assert all(wrong.at(*place) == WRONG for place in cells)
    assert [place for place in cells if book.recalculated.at(*place) == WRONG] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_comes_to_the_value_that_was_written_for_it(books: dict[str, Book], name: str) -> None:
    book = books[name]
    different = [
        (place, formula, book.written.at(*place), book.recalculated.at(*place))
        for place, formula in formulas(book.content).items()
        if not _same(book.written.at(*place), book.recalculated.at(*place))
    ]
    assert different == []


@pytest.mark.parametrize("name", NAMES)
def test_the_check_sheet_finds_no_difference(books: dict[str, Book], name: str) -> None:
    book = books[name]
    rows = book.recalculated.rows[CHECK[book.language]]
    counted = {row[0]: row[1] for row in rows if row[0] in ("Values compared", "Differences", "比较的值", "不一致的")}
    compared, differences = counted.values()
    assert compared > 0
    assert differences == 0
    assert sum(row[7] is True for row in rows if len(row) > 7) == compared


@pytest.mark.parametrize("name", NAMES)
def test_results_are_those_of_the_engine_exactly_where_they_are_rounded(books: dict[str, Book], name: str) -> None:
    book = books[name]
    sheet, states = RESULTS[book.language], STATES[book.language]
    for entity, result in enumerate(book.results):
        expected = list(_expected(result))
        assert expected
        for index, value in enumerate(expected):
            place = (FIRST + index, 4) if book.one else (FIRST + entity, index + 1)
            shown = book.recalculated.at(sheet, *place)
            assert _is(value, shown, states), (result.entity, index, value, shown)


def _expected(result: Result) -> Iterator[Any]:
    """Yield what the sheet of results shows of an entity, in its order, from the nodes of the trace."""
    trace, plan = result.trace, result.plan
    assert trace is not None
    wanted = ["rounded total" if "rounded total" in trace else "total", "grade"]
    codes = list(_codes(plan.outline))
    wanted += [*codes, *(f"{code}/light" for code in codes)]
    wanted += [each.node for each in (*plan.decisions, *plan.alerts, *plan.outputs)]
    yield from (trace[node] for node in wanted if node in trace)


def _codes(items: Sequence[OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.code
        yield from _codes(item.children)


def _is(value: Any, shown: Any, states: dict[State, str]) -> bool:
    """Tell whether a cell shows a value: a short decimal exactly, any other number to 15 digits."""
    if isinstance(value, State):
        return bool(shown == states[value])
    if not isinstance(value, Fraction):
        return bool(shown == value)
    if not isinstance(shown, int | float) or isinstance(shown, bool):
        return False
    if (value * 1000).denominator == 1:
        return float(shown) == float(value)
    return abs(Fraction(shown) - value) <= Fraction(10) ** (magnitude(value) - 14)


def _same(written: Any, recalculated: Any) -> bool:
    if isinstance(written, float) and isinstance(recalculated, float):
        return abs(written - recalculated) <= 1e-14 * max(abs(written), abs(recalculated), 1)
    return bool(written == recalculated)
