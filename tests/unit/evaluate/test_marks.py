"""Ledgers, judged marks, overrides, combinations, grades after vetoes, lights."""

from fractions import Fraction

import pytest

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Combine, CombineOp, Member, ShareRule
from perfrules.ir.inputs import JudgedMark, Override
from perfrules.lang.states import State
from tests.unit.evaluate.evaluating import AT, EXCLUDED, MISSING, NO, PENDING, YES, n, steps, value


def ledger(
    lines: list[tuple[int, core.Expr]], zeroed: tuple[core.Expr, ...] = (), base: core.Expr | None = None
) -> core.Ledger:
    signed = tuple(core.LedgerLine(sign, amount, AT) for sign, amount in lines)
    return core.Ledger(n(10), signed, zeroed, n(0), n(10))


def test_a_ledger_adds_up_and_then_holds_the_sum() -> None:
    assert steps(ledger([(-1, n(7)), (-1, n("4.5")), (1, n("1/3"))]))[-2:] == (Fraction(0), Fraction(-7, 6))
    assert steps(ledger([(1, n(3)), (-1, n(1))]))[-2:] == (Fraction(10), Fraction(12))
    assert steps(ledger([(-1, n("2.5"))]))[-2:] == (Fraction("7.5"), Fraction("7.5"))


def test_a_zeroed_ledger_is_zero_whatever_its_lines_say() -> None:
    assert steps(ledger([(-1, MISSING)], (NO, YES)))[-2:] == (Fraction(0), Fraction(0))
    assert value(ledger([(-1, n(1))], (PENDING, NO))) is State.PENDING
    assert value(ledger([(-1, MISSING)], (PENDING,))) is State.PENDING  # it is 0 if the condition holds
    assert value(ledger([(-1, MISSING)], (NO,))) is State.MISSING
    assert value(core.Ledger(n(10), (), (YES,), n(2), None)) == 2


LEVELS = (
    core.JudgedLevel("good", n(8), n(10), True, True),
    core.JudgedLevel("poor", n(3), n(3), True, True),
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, State.PENDING),
        (JudgedMark(level="good"), State.PENDING),
        (JudgedMark(level="good", mark=Fraction("8.5")), Fraction("8.5")),
        (JudgedMark(level="poor"), Fraction(3)),
    ],
)
def test_a_judged_mark_is_pending_until_only_one_mark_is_left(given: JudgedMark | None, expected: object) -> None:
    judged = {} if given is None else {"A": given}
    assert value(core.Judged("A", LEVELS), judged=judged) == expected


def test_an_override_replaces_the_computed_mark_which_stays_a_step() -> None:
    expr = core.Overridable("A", n(4))
    assert steps(expr) == (Fraction(4), Fraction(4))
    assert steps(expr, overrides={"A": Override(value=Fraction(9), by="b", why="w")}) == (Fraction(4), Fraction(9))


def members(*marks: core.Expr, weights: str = "", fulls: str = "10 20 30", bonus: int = -1) -> tuple[Member, ...]:
    weight = [n(text) for text in weights.split()] or [None] * len(marks)
    full = [n(text) for text in fulls.split()]
    return tuple(Member(f"M{k}", mark, weight[k], full[k], k == bonus) for k, mark in enumerate(marks))


@pytest.mark.parametrize(
    ("share", "to", "expected"),
    [
        (
            ShareRule.RESCALE,
            None,
            (Fraction(17) * 60 / 40, Fraction(17), Fraction(40)),
        ),  # 8 and 9 of 10 and 30, out of 60
        (ShareRule.LOST, None, (17, 17, 40)),
        (ShareRule.TO, "M0", (8 * 30 // 10 + 9, 17, 40)),
        (ShareRule.TO, "M1", (Fraction(17 * 60, 40), 17, 40)),  # who takes over is excluded too
    ],
)
def test_what_becomes_of_excluded_marks_in_a_sum(
    share: ShareRule, to: str | None, expected: tuple[Fraction, ...]
) -> None:
    assert steps(Combine(CombineOp.SUM, members(n(8), EXCLUDED, n(9)), share, to))[-3:] == expected


@pytest.mark.parametrize(
    ("share", "to", "expected"),
    [
        (ShareRule.RESCALE, None, Fraction(80 * 2 + 50 * 3, 5)),
        (ShareRule.LOST, None, Fraction(80 * 2 + 50 * 3, 10)),
        (ShareRule.TO, "M2", Fraction(80 * 2 + 50 * 8, 10)),
    ],
)
def test_what_becomes_of_excluded_weights_in_a_mean(share: ShareRule, to: str | None, expected: Fraction) -> None:
    expr = Combine(CombineOp.WEIGHTED_MEAN, members(n(80), EXCLUDED, n(50), weights="2 5 3"), share, to)
    assert steps(expr)[-3:] == (expected, Fraction(310), Fraction(5))


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (CombineOp.SUM, Fraction(14)),
        (CombineOp.WEIGHTED_MEAN, Fraction(14, 3)),
        (CombineOp.GEOMETRIC_MEAN, Fraction(4)),
        (CombineOp.HARMONIC_MEAN, Fraction(3) / (Fraction(1, 2) + Fraction(1, 4) + Fraction(1, 8))),
        (CombineOp.BEST, Fraction(8)),
        (CombineOp.WORST, Fraction(2)),
        (CombineOp.FIRST_AVAILABLE, Fraction(4)),
        (CombineOp.MEDIAN, Fraction(4)),
    ],
)
def test_each_way_of_combining(op: CombineOp, expected: Fraction) -> None:
    assert value(Combine(op, members(n(4), n(2), n(8)), None)) == expected


def test_weighted_geometric_and_harmonic_means() -> None:
    pair = members(n(2), n(16), weights="2 1", fulls="1 1")
    assert value(Combine(CombineOp.GEOMETRIC_MEAN, pair, None)) == 4  # the cube root of 2 × 2 × 16
    assert value(Combine(CombineOp.HARMONIC_MEAN, pair, None)) == Fraction(3) / (1 + Fraction(1, 16))
    for op in (CombineOp.GEOMETRIC_MEAN, CombineOp.HARMONIC_MEAN):
        assert value(Combine(op, members(n(0), n(16), weights="2 1", fulls="1 1"), None)) == 0


def test_states_of_members() -> None:
    rescale = ShareRule.RESCALE
    assert steps(Combine(CombineOp.SUM, members(EXCLUDED, EXCLUDED, fulls="1 1"), rescale))[-3:] == (
        State.EXCLUDED, None, None)  # fmt: skip
    assert value(Combine(CombineOp.SUM, members(n(1), PENDING, MISSING), None)) is State.MISSING
    first = CombineOp.FIRST_AVAILABLE
    assert value(Combine(first, members(EXCLUDED, MISSING, n(3)), None)) == 3
    assert value(Combine(first, members(MISSING, PENDING, n(3)), None)) is State.PENDING
    assert value(Combine(first, members(EXCLUDED, MISSING, fulls="1 1"), None)) is State.MISSING
    with pytest.raises(EvaluationDefect):
        value(Combine(CombineOp.SUM, members(n(1), EXCLUDED, fulls="1 1"), None))


def test_a_bonus_is_added_afterwards_and_redistributes_nothing() -> None:
    rescale = ShareRule.RESCALE
    assert steps(Combine(CombineOp.SUM, members(n(8), EXCLUDED, n(5), bonus=2), rescale))[-3:] == (
        Fraction(29),
        Fraction(8),
        Fraction(10),
    )
    assert value(Combine(CombineOp.SUM, members(n(8), n(9), EXCLUDED, bonus=2), rescale)) == 17
    assert value(Combine(CombineOp.BEST, members(n(8), n(9), n(2), bonus=2), None)) == 11


GRADES = ("优", "良", "中", "差")


@pytest.mark.parametrize(
    ("grade", "vetoes", "expected"),
    [
        ("优", [(YES, "良", True)], "良"),
        ("中", [(YES, "良", True)], "中"),
        ("优", [(YES, "良", True), (YES, "差", False)], "差"),
        ("差", [(YES, "良", False)], "良"),
        ("优", [(NO, "差", False)], "优"),
        ("优", [(MISSING, "差", False)], State.MISSING),
        ("差", [(MISSING, "中", True)], "差"),
        ("差", [(MISSING, "中", False)], State.MISSING),
        ("优", [(YES, "差", False), (PENDING, "中", False)], "差"),
    ],
)
def test_the_severest_grade_veto_wins(grade: str, vetoes: list[tuple[core.Expr, str, bool]], expected: object) -> None:
    listed = tuple(core.GradeVeto(condition, name, at_most, AT) for condition, name, at_most in vetoes)
    assert value(core.Demote(core.Const(grade), GRADES, listed)) == expected


def test_the_worst_light_leaves_states_out() -> None:
    green, yellow, blue = (core.Const(light) for light in ("green", "yellow", "blue"))
    assert value(core.WorstLight((green, MISSING, yellow, blue))) == "yellow"
    assert value(core.WorstLight((MISSING, EXCLUDED))) is State.EXCLUDED


def test_while_a_light_is_pending_only_red_is_certain() -> None:
    assert value(core.WorstLight((core.Const("yellow"), PENDING))) is State.PENDING
    assert value(core.WorstLight((core.Const("red"), PENDING))) == "red"
