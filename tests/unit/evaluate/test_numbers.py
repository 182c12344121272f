"""Arithmetic, comparisons, curves, limits, rounding, irrational functions, dates: values derived by hand."""

from datetime import date
from fractions import Fraction

import pytest

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CompareOp, IrrationalFunction, PartsRule
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.rounding import Decimals, Mode, Rounding, ToStep
from perfrules.lang.states import State
from tests.strategies.building import declare
from tests.unit.evaluate.evaluating import EXCLUDED, MISSING, PENDING, n, steps, value

X = core.Input("x")
SCALED, FREE = declare("x", decimals=2), declare("x")


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        (ArithOp.ADD, ("1/3", "1/6", "1/2"), Fraction(1)),
        (ArithOp.SUBTRACT, ("1/3", "1/2"), Fraction(-1, 6)),
        (ArithOp.MULTIPLY, ("2/3", "3/4", "5"), Fraction(5, 2)),
        (ArithOp.DIVIDE, ("1", "-3"), Fraction(-1, 3)),
        (ArithOp.NEGATE, ("2.5",), Fraction(-5, 2)),
        (ArithOp.ABSOLUTE, ("-1/3",), Fraction(1, 3)),
        (ArithOp.MINIMUM, ("1/3", "0.33", "1/2"), Fraction(33, 100)),
        (ArithOp.MAXIMUM, ("1/3", "0.34", "-1"), Fraction(17, 50)),
        (ArithOp.POWER, ("-2/3", "3"), Fraction(-8, 27)),
        (ArithOp.POWER, ("2/3", "-2"), Fraction(9, 4)),
        (ArithOp.POWER, ("0", "0"), Fraction(1)),
    ],
)
def test_arithmetic_is_exact(op: ArithOp, operands: tuple[str, ...], expected: Fraction) -> None:
    assert value(core.Arith(op, tuple(n(operand) for operand in operands))) == expected


@pytest.mark.parametrize("declared", [SCALED, FREE], ids=["two decimals", "any decimals"])
def test_arithmetic_on_data_is_exact_in_every_form(declared: object) -> None:
    third = core.Arith(ArithOp.DIVIDE, (X, n(3)))
    ratio = core.Arith(ArithOp.DIVIDE, (n(1), core.Arith(ArithOp.SUBTRACT, (X, n(1)))))
    expr = core.Arith(ArithOp.ADD, (third, ratio))
    assert value(expr, {"x": Fraction(1, 4)}, [declared]) == Fraction(1, 12) - Fraction(4, 3)


def test_operands_in_states_make_the_result_their_join_and_are_all_evaluated() -> None:
    expr = core.Arith(ArithOp.ADD, (PENDING, n(1), MISSING, EXCLUDED))
    assert steps(expr) == (State.PENDING, Fraction(1), State.MISSING, State.EXCLUDED, State.MISSING)


@pytest.mark.parametrize(
    ("rule", "distance", "step", "expected"),
    [
        (PartsRule.EXACT, "2.4", "1", Fraction(12, 5)),
        (PartsRule.WHOLE, "2.4", "1", Fraction(2)),
        (PartsRule.STARTED, "2.4", "1", Fraction(3)),
        (PartsRule.WHOLE, "3", "1", Fraction(3)),
        (PartsRule.STARTED, "3", "1", Fraction(3)),
        (PartsRule.WHOLE, "-2.4", "1", Fraction(-3)),
        (PartsRule.STARTED, "-2.4", "1", Fraction(-2)),
        (PartsRule.WHOLE, "0.3", "0.1", Fraction(3)),
        (PartsRule.STARTED, "1/3", "1/9", Fraction(3)),
        (PartsRule.STARTED, "0", "5", Fraction(0)),
    ],
)
def test_parts_are_exact_whole_or_started(rule: PartsRule, distance: str, step: str, expected: Fraction) -> None:
    assert value(core.Parts(rule, n(distance), n(step))) == expected


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (CompareOp.EQUAL, (False, True, False)),
        (CompareOp.UNEQUAL, (True, False, True)),
        (CompareOp.LESS, (True, False, False)),
        (CompareOp.AT_MOST, (True, True, False)),
        (CompareOp.GREATER, (False, False, True)),
        (CompareOp.AT_LEAST, (False, True, True)),
    ],
)
def test_comparisons_on_and_next_to_the_boundary(op: CompareOp, expected: tuple[bool, ...]) -> None:
    ratio = core.Compare(op, core.Arith(ArithOp.DIVIDE, (X, n(3))), n("1/3"))
    assert tuple(value(ratio, {"x": Fraction(x)}, [SCALED]) for x in ("0.99", "1", "1.01")) == expected


def test_texts_options_and_conditions_compare_by_equality_and_dates_by_order() -> None:
    assert value(core.Compare(CompareOp.EQUAL, core.Const("优"), core.Const("优"))) is True
    assert value(core.Compare(CompareOp.UNEQUAL, core.Const(True), core.Const(False))) is True
    assert value(core.Compare(CompareOp.LESS, core.Const(date(2024, 1, 1)), core.Const(date(2024, 1, 2)))) is True
    assert value(core.Compare(CompareOp.EQUAL, core.Const("missing"), MISSING)) is State.MISSING


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("-1", Fraction(2)),
        ("0", Fraction(2)),
        ("1/2", Fraction(7, 2)),
        ("1", Fraction(5)),
        ("2", Fraction(4)),
        ("4", Fraction(2)),
        ("9", Fraction(2)),
    ],
)
def test_a_curve_is_piecewise_linear_and_flat_outside(at: str, expected: Fraction) -> None:
    points = ((n(0), n(2)), (n(1), n(5)), (n(4), n(2)))
    assert value(core.Lines(n(at), points)) == expected
    assert value(core.Lines(X, points), {"x": Fraction(at)}, [SCALED]) == expected
    assert value(core.Lines(X, points), {"x": Fraction(at)}, [FREE]) == expected


def test_a_curve_to_a_target_in_the_data() -> None:
    points = ((n(0), n(0)), (core.Input("target"), n(10)))
    declared = [SCALED, declare("target", decimals=1)]
    assert value(core.Lines(X, points), {"x": Fraction(1), "target": Fraction(3)}, declared) == Fraction(10, 3)
    assert steps(core.Lines(X, points), {"x": Fraction(4), "target": Fraction(3)}, declared) == (
        Fraction(4),
        0,
        0,
        Fraction(3),
        Fraction(10),
        Fraction(10),
    )


def test_limits_hold_the_floor_first_and_cap_last() -> None:
    assert value(core.Clamp(n("-0.1"), n(0), n(5))) == 0
    assert value(core.Clamp(n("5.01"), n(0), n(5))) == 5
    assert value(core.Clamp(n("-7"), None, n(5))) == -7
    assert value(core.Clamp(n(3), n(9), n(5))) == 5
    assert value(core.Clamp(n(3), n(1), PENDING)) is State.PENDING


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Mode.HALF_UP, ("0.13", "-0.13", "0.38")),
        (Mode.HALF_EVEN, ("0.12", "-0.12", "0.38")),
        (Mode.HALF_DOWN, ("0.12", "-0.12", "0.37")),
        (Mode.CEILING, ("0.13", "-0.12", "0.38")),
        (Mode.FLOOR, ("0.12", "-0.13", "0.37")),
        (Mode.TRUNCATE, ("0.12", "-0.12", "0.37")),
    ],
)
@pytest.mark.parametrize("declared", [declare("x", decimals=3), FREE], ids=["three decimals", "any decimals"])
def test_ties_are_rounded_as_the_mode_says(mode: Mode, expected: tuple[str, ...], declared: object) -> None:
    rounded = core.Round(X, Rounding(mode, Decimals(2)))
    found = tuple(value(rounded, {"x": Fraction(x)}, [declared]) for x in ("0.125", "-0.125", "0.375"))
    assert found == tuple(Fraction(text) for text in expected)


def test_rounding_to_a_step() -> None:
    half = Rounding(Mode.HALF_UP, ToStep(Fraction(1, 2)))
    assert value(core.Round(X, half), {"x": Fraction("1.25")}, [SCALED]) == Fraction(3, 2)
    assert value(core.Round(X, half), {"x": Fraction("1.24")}, [SCALED]) == Fraction(1)
    assert value(core.Round(n("100"), Rounding(Mode.HALF_UP, ToStep(Fraction(3, 7))))) == Fraction(699, 7)


def test_irrational_functions_are_exact_where_the_result_is_rational() -> None:
    function = IrrationalFunction
    assert value(core.Irrational(function.SQRT, (n("9/4"),))) == Fraction(3, 2)
    assert value(core.Irrational(function.ROOT, (n("-27/8"), n(3)))) == Fraction(-3, 2)
    assert value(core.Irrational(function.POWER, (n(8), n("1/3")))) == 2
    assert value(core.Irrational(function.LN, (n(1),))) == 0
    assert value(core.Irrational(function.EXP, (n(1),))) == Fraction("2.718281828459045235360287471352662")


def test_days_and_workdays_between_dates() -> None:
    ends = core.Const(date(2024, 1, 5)), core.Const(date(2024, 1, 8))
    assert value(core.DateDifference(False, *ends)) == 3
    assert value(core.DateDifference(True, *ends)) == 1
    assert value(core.DateDifference(False, *reversed(ends))) == -3
    with pytest.raises(OutsideCalendar):
        value(core.DateDifference(True, ends[0], core.Const(date(2025, 1, 1))))


@pytest.mark.parametrize(
    "expr",
    [
        core.Arith(ArithOp.DIVIDE, (n(1), n(0))),
        core.Arith(ArithOp.POWER, (n(0), n(-1))),
        core.Parts(PartsRule.WHOLE, n(1), n(0)),
        core.Irrational(IrrationalFunction.LN, (n(-1),)),
        core.Irrational(IrrationalFunction.SQRT, (n(-1),)),
        core.Lines(n(1), ((n(2), n(0)), (n(2), n(1)))),
        core.Broken(),
        core.Input("not declared"),
    ],
    ids=repr,
)
def test_what_the_checker_excludes_is_our_own_mistake(expr: core.Expr) -> None:
    with pytest.raises(EvaluationDefect):
        value(expr)
