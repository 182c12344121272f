"""Cells of data as facts: nothing is adjusted, and what is refused says why."""

from __future__ import annotations

from datetime import date

import pytest

from perfrules.ir.cell_text import fit_text
from perfrules.ir.facts_check import Fitted
from perfrules.ir.inputs import Bounds, InputDeclaration, WrittenAs
from perfrules.lang import kinds
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.lang.units import BUILT_IN, UnitTable

MONEY = InputDeclaration(
    name="spent",
    title=None,
    kind=kinds.Quantity(BUILT_IN["万元"]),
    unit_text="万元",
    decimals=2,
    bounds=Bounds(Exact(0), Exact(1000)),
)
RATE = InputDeclaration(name="rate", title=None, kind=kinds.Percent(), unit_text="%", decimals=1)
RATIO = InputDeclaration(name="rate", title=None, kind=kinds.Percent(), written_as=WrittenAs.RATIO, decimals=3)
HUNDREDS = InputDeclaration(name="rate", title=None, kind=kinds.Percent(), written_as=WrittenAs.PERCENT)
COUNT = InputDeclaration(name="n", title=None, kind=kinds.Number())
TOWN = InputDeclaration(name="town", title=None, kind=kinds.Choice(("a b", "c")), options=("a b", "c"), optional=True)
DONE = InputDeclaration(name="done", title=None, kind=kinds.YesNo())
DAY = InputDeclaration(name="day", title=None, kind=kinds.Date())
MARK = InputDeclaration(name="A1.mark", title=None, kind=kinds.Points())
WORDS = InputDeclaration(name="words", title=None, kind=kinds.Text())


@pytest.mark.parametrize(
    ("declaration", "cell", "value"),
    [
        (MONEY, "200 元", Exact(1, 50)),
        (MONEY, "1000", Exact(1000)),
        (MONEY, "12.50 万元", Exact(25, 2)),
        (RATE, "95.5%", Exact(191, 200)),
        (RATE, "９５％", Exact(19, 20)),
        (RATIO, "0.955", Exact(191, 200)),
        (RATIO, "95.5%", Exact(191, 200)),
        (HUNDREDS, "95.5", Exact(191, 200)),
        (COUNT, "-3", Exact(-3)),
        (COUNT, "1.5e3", Exact(1500)),
        (TOWN, "a b", "a b"),
        (TOWN, "", State.MISSING),
        (TOWN, "缺失", State.MISSING),
        (COUNT, "pending", State.PENDING),
        (DONE, "是", True),
        (DONE, "No", False),
        (DAY, "2024年1月31日", date(2024, 1, 31)),
        (MARK, "4分", Exact(4)),
        (WORDS, "missing", "missing"),
    ],
)
def test_a_cell_is_a_fact_in_the_declared_unit(declaration, cell, value):
    found = fit_text(declaration, cell, UnitTable())
    assert isinstance(found, Fitted)
    assert found.value == value


def test_a_converted_unit_is_noted():
    [note] = fit_text(MONEY, "200 元", UnitTable()).notes
    assert (note.code, note.args["converted"]) == ("data-unit-converted", "0.02 万元")


@pytest.mark.parametrize(
    ("declaration", "cell", "code"),
    [
        (MONEY, "1 元", "data-too-fine"),
        (MONEY, "12.505", "data-too-fine"),
        (MONEY, "1000.01", "data-outside-range"),
        (MONEY, "1 亿元", "data-misplaced-multiplier"),
        (MONEY, "3 亩", "data-wrong-unit"),
        (MONEY, "3%", "data-wrong-unit"),
        (MONEY, "about 3", "data-not-a-number"),
        (MONEY, "", "data-missing"),
        (RATE, "95", "data-bare-number-in-percent"),
        (RATE, "95.55%", "data-too-fine"),
        (RATE, "2pp", "data-wrong-unit"),
        (TOWN, "d", "data-not-an-option"),
        (DONE, "maybe", "data-not-yes-no"),
        (DAY, "2023-02-29", "data-not-a-date"),
    ],
)
def test_what_does_not_fit_is_refused(declaration, cell, code):
    assert fit_text(declaration, cell, UnitTable()).code == code
