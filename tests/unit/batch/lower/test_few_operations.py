"""Every operation is a pass over all rows, so there are few: constants are folded, states only where possible."""

from __future__ import annotations

from typing import Any

import pytest

from perfrules.batch.lowered import Asked, Holes
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, CompareOp, Expr, LogicOp, PartsRule, ShareRule
from perfrules.ir.origin import Origin
from perfrules.lang.kinds import YesNo
from perfrules.lang.rounding import Decimals, Mode, Rounding
from perfrules.lang.states import State
from tests.strategies.building import constant, declare
from tests.support.lowered_plans import names_of, tape_of

AT = Origin("expression")
A, B, C = (core.Input(name) for name in "abc")
YES = core.Input("yes", kind=YesNo())
INPUTS = [*(declare(name) for name in "abc"), declare("yes", YesNo())]
TWO_DECIMALS = Rounding(Mode.HALF_UP, Decimals(2))
LACKS_A = Asked(holes=Holes(missing=frozenset({"a"})))


def arith(op: ArithOp, *operands: Expr) -> core.Arith:
    return core.Arith(op, operands)


def step(low: str | None, high: str | None, value: Expr, low_closed: bool = True) -> core.Step:
    low_end, high_end = (None if end is None else constant(end) for end in (low, high))
    return core.Step(core.Between(low_end, high_end, low_closed, not low_closed), value, AT)


def curve(*points: tuple[str, str]) -> core.Lines:
    return core.Lines(A, tuple((constant(x), constant(y)) for x, y in points))


def member(code: str, value: Expr, weight: str) -> core.Member:
    return core.Member(code, value, constant(weight), constant(weight))


BANDS = (step("90", None, constant(5)), step("80", "90", constant(4)), step("60", "80", constant(3)))
EXCLUDED_UNLESS = core.Select(((YES, B),), core.StateConst(State.EXCLUDED))


@pytest.mark.parametrize(
    ("expr", "operations"),
    [
        pytest.param(
            arith(ArithOp.MULTIPLY, constant("1/2"), arith(ArithOp.MULTIPLY, A, constant(2))), [], id="a factor of 1"
        ),
        pytest.param(
            arith(ArithOp.DIVIDE, arith(ArithOp.MULTIPLY, A, constant(10000)), constant(100)),
            ["multiply"],
            id="constants are divided once",
        ),
        pytest.param(
            arith(ArithOp.DIVIDE, arith(ArithOp.MULTIPLY, A, constant(3)), arith(ArithOp.MULTIPLY, B, constant(3))),
            ["divide"],
            id="factors of both sides of a quotient",
        ),
        pytest.param(arith(ArithOp.ADD, A, constant(1), B, constant(-1)), ["add"], id="constants of a sum"),
        pytest.param(core.Round(constant("1/3"), TWO_DECIMALS), [], id="a rounded constant"),
        pytest.param(
            core.Round(core.Steps(A, BANDS, constant(0)), TWO_DECIMALS),
            ["compare", "compare", "compare", "where", "where", "where"],
            id="values of bands are rounded beforehand",
        ),
        pytest.param(core.Steps(A, BANDS, None), ["compare", "compare", "where", "where"], id="the last band is left"),
        pytest.param(
            core.Steps(A, (*BANDS, step("0", "60", constant(4))), constant(4)),
            ["compare", "compare", "compare", "where", "where", "where"],
            id="bands with the value of what is beyond them",
        ),
        pytest.param(
            core.Steps(A, (core.Step(core.Among((constant(3),)), constant(1), AT),), constant(0)),
            ["compare", "where"],
            id="one value",
        ),
        pytest.param(curve(("0", "0"), ("1", "5")), ["maximum", "minimum", "multiply"], id="a straight line"),
        pytest.param(
            curve(("0", "0"), ("1", "5"), ("2", "10")), ["maximum", "minimum", "multiply"], id="a bend that is none"
        ),
        pytest.param(
            curve(("0", "0"), ("1", "5"), ("2", "5"), ("3", "8")),
            ["maximum", "minimum", "maximum", "minimum", "multiply", "multiply", "add", "subtract"],
            id="a level stretch",
        ),
        pytest.param(core.Parts(PartsRule.EXACT, A, constant("1/100")), ["multiply"], id="parts of a constant step"),
        pytest.param(
            core.Combine(
                CombineOp.WEIGHTED_MEAN,
                (member("A", A, "0.3"), member("B", B, "0.4"), member("C", C, "0.3")),
                ShareRule.RESCALE,
            ),
            ["add", "multiply", "multiply", "add"],
            id="a weighted mean of constant weights",
        ),
        pytest.param(
            core.Combine(CombineOp.SUM, (member("A", A, "5"), member("B", EXCLUDED_UNLESS, "3")), ShareRule.RESCALE),
            ["where", "add", "where", "multiply"],
            id="one child that may be excluded",
        ),
        pytest.param(
            core.Logic(
                LogicOp.AND,
                (core.Compare(CompareOp.LESS, A, constant(5)), core.Compare(CompareOp.AT_LEAST, A, constant(5))),
            ),
            [],
            id="a contradiction",
        ),
        pytest.param(core.Recover(A, State.MISSING, constant(0)), [], id="what is never missing"),
        pytest.param(
            core.Demote(core.Const("优"), ("优", "良"), (core.GradeVeto(YES, "良", False, AT),)),
            ["where"],
            id="a veto of a grade",
        ),
    ],
)
def test_data_that_lack_nothing_take(expr: Expr, operations: list[str]) -> None:
    assert names_of(tape_of(expr, INPUTS, grades=("优", "良"))) == operations


@pytest.mark.parametrize(
    ("expr", "operations"),
    [
        pytest.param(core.Recover(A, State.MISSING, constant(0)), ["same", "where"], id="a recovery"),
        pytest.param(
            arith(ArithOp.ADD, A, arith(ArithOp.MULTIPLY, A, constant(2))), ["multiply", "add"], id="one state"
        ),
        pytest.param(
            core.Recover(core.Round(arith(ArithOp.DIVIDE, A, B), TWO_DECIMALS), State.MISSING, constant(0)),
            ["divide", "round", "same", "where"],
            id="states pass through arithmetic",
        ),
        pytest.param(core.IsState(A, State.PENDING), [], id="a state that is not possible"),
    ],
)
def test_data_that_lack_an_input_take(expr: Expr, operations: list[Any]) -> None:
    assert names_of(tape_of(expr, INPUTS, LACKS_A)) == operations
