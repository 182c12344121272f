"""Inputs, units, tables, names and calendars as declared."""

from __future__ import annotations

from datetime import date

import pytest

from perfrules.ir.inputs import Bounds
from perfrules.lang import kinds
from perfrules.lang.calendar import Calendar
from perfrules.lang.exact import Exact
from perfrules.model.checks.inputs_without_range import inputs_without_range
from perfrules.model.checks.unused_inputs import unused_inputs
from perfrules.model.readings import readings


def _declared(lower, items, **more):
    return lower(items, beside="", **more).lowering.declared


def test_a_range_is_kept_in_the_declared_unit(lower):
    [spent, rate] = _declared(lower, "input a : 万元 decimals 2 in [1 元, 3 亿元)\ninput b : % in [0, 95%]").inputs
    assert spent.bounds == Bounds(Exact(1, 10000), Exact(30000), True, False)
    assert spent.decimals == 2
    assert rate.bounds == Bounds(Exact(0), Exact(19, 20))


def test_units_may_be_declared_in_any_order(lower):
    units = _declared(lower, "unit 村 = 300 户\nunit 户 : count\nunit 场").units
    assert units.find("村").factor == 300
    assert units.find("户").is_count
    assert units.find("场").dimensions == (("场", 1),)


def test_a_quotient_of_units_is_a_unit(lower):
    [each] = _declared(lower, "input a : 万元/persons in [0, 5]").inputs
    assert each.kind.unit.dimensions == (("money", 1), ("person", -1))
    assert each.unit_text == "万元/persons"


@pytest.mark.parametrize(
    ("items", "places"),
    [
        ("input a : 万圆", [("unknown-name", "万圆")]),
        ("input a : number in [3, 1]", [("empty-range", "[3, 1]")]),
        ("input a : number in (1, 1]", [("empty-range", "(1, 1]")]),
        ("input a : % in [0, 95]", [("number-with-percent", "95")]),
        ("input a : 亩 in [0 亩, 5 元]", [("kinds-differ", "5 元")]),
        ("input a : text decimals 2", [("wrong-place", "text")]),
        ("input a : number written as ratio", [("wrong-place", "number")]),
        ("input a : yes/no\ninput a : text", [("duplicate-name", "a")]),
        ("input a : yes/no\nparam a : number = 1", [("duplicate-name", "a")]),
        ("input A1 : yes/no\nindicator A { indicator A1 1 points { score = 1 } }", [("duplicate-name", "A1")]),
        ("indicator A 1 points { score = 1 }\nindicator A 2 points { score = 2 }", [("duplicate-name", "A")]),
        ("let x = 1\nindicator A 1 points { let x = 2; score = x }", [("duplicate-name", "x")]),
        ("input A1 : yes/no\ninput А1 : yes/no", [("look-alike-names", "А1")]),
        ("table t { input a : text; input a : text }", [("duplicate-name", "a")]),
        ("unit 元 = 3 户", [("unknown-name", "户")]),
        ("unit 元 = 3 亩", [("duplicate-name", "元")]),
        ('holidays from "none.csv"', [("data-unreadable", '"none.csv"')]),
    ],
)
def test_what_cannot_be_declared_is_reported_in_its_place(lower, items, places):
    assert lower(items, beside="").places == places


def test_a_duplicate_shows_where_the_name_was_first(lower):
    found = lower("input a : yes/no\ninput a : text", beside="")
    [first] = found.diagnostics[0].others
    assert found.source.span_text(first.span) == "a"
    assert first.span.start < found.diagnostics[0].at.start


def test_codes_may_repeat_in_different_parents_and_names_in_different_tables(lower):
    items = """
      table t { input a : text }
      table u { input a : text }
      indicator A { indicator X 1 points { let k = 1; score = k } }
      indicator B { indicator X 1 points { let k = 1; score = k } }
    """
    found = lower(items, beside="")
    assert found.codes == []
    assert found.lowering.declared.names.top == ("A", "B")
    assert found.lowering.declared.names.indicators["A"].children == ("A.X",)


def test_a_calendar_covers_the_years_its_file_names(lower):
    content = "日期,类型\n2024-01-01,节假日\n2025年1月26日,工作日\n".encode("gb18030")
    declared = _declared(lower, 'holidays from "cn.csv"', files={"cn.csv": content})
    assert declared.calendar == Calendar(
        date(2024, 1, 1), date(2025, 12, 31), frozenset({date(2024, 1, 1)}), frozenset({date(2025, 1, 26)})
    )


def test_numbers_without_a_range_are_worth_a_look(lower):
    declared = _declared(lower, "input a : number\ninput b : text\ntable t { input c : % }\ninput d : % in [0, 1%]")
    assert [each.args["name"] for each in inputs_without_range(declared.inputs)] == ["a", "c"]


def test_names_that_nothing_uses_are_worth_a_look(lower):
    items = "input a : number\ninput b : number\nparam p : number = 1\nparam q : number = b\nlet x = q\nlet y = x"
    found = lower(items, beside="")
    unused = list(unused_inputs(found.lowering.scope.names, readings(found.nodes.values())))
    assert [(each.code.value, each.args["name"]) for each in unused] == [
        ("unused-input", "a"),
        ("unused-name", "p"),
        ("unused-name", "y"),
    ]


def test_a_choice_has_its_options(lower):
    [each] = _declared(lower, 'input a : one of (central, "far west")').inputs
    assert each.kind == kinds.Choice(("central", "far west"))
    assert each.options == ("central", "far west")
