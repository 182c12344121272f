"""Logic, cases, step tables, recoveries, dated values: what is chosen, and what is not evaluated."""

from datetime import date
from fractions import Fraction

import pytest

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.trace import NOT_EVALUATED
from perfrules.ir import expressions as core
from perfrules.ir.expressions import LogicOp
from perfrules.lang.states import State
from tests.unit.evaluate.evaluating import AT, EXCLUDED, MISSING, NO, PENDING, YES, n, steps, value


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        (LogicOp.AND, (YES, YES), (True, True, True)),
        (LogicOp.AND, (NO, YES), (False, NOT_EVALUATED, False)),
        (LogicOp.AND, (MISSING, NO), (State.MISSING, False, False)),
        (LogicOp.AND, (PENDING, YES, MISSING), (State.PENDING, True, State.MISSING, State.MISSING)),
        (LogicOp.OR, (YES, NO), (True, NOT_EVALUATED, True)),
        (LogicOp.OR, (MISSING, YES, NO), (State.MISSING, True, NOT_EVALUATED, True)),
        (LogicOp.OR, (NO, EXCLUDED), (False, State.EXCLUDED, State.EXCLUDED)),
        (LogicOp.NOT, (YES,), (True, False)),
        (LogicOp.NOT, (MISSING,), (State.MISSING, State.MISSING)),
    ],
)
def test_logic_stops_at_what_decides(
    op: LogicOp, operands: tuple[core.Expr, ...], expected: tuple[object, ...]
) -> None:
    assert steps(core.Logic(op, operands)) == expected


def test_the_first_case_that_holds_is_taken_and_nothing_after_it_evaluated() -> None:
    expr = core.Select(((NO, n(1)), (YES, n(2)), (YES, n(3))), n(4))
    skipped = NOT_EVALUATED
    assert steps(expr) == (False, skipped, True, Fraction(2), skipped, skipped, skipped, Fraction(2))


def test_an_undecided_case_stops_the_search() -> None:
    assert steps(core.Select(((MISSING, n(1)), (YES, n(2))), n(4)))[-1] is State.MISSING
    assert value(core.Select(((NO, n(1)),), n(4))) == 4


def test_asking_for_a_state_is_always_decided() -> None:
    assert value(core.IsState(MISSING, State.MISSING)) is True
    assert value(core.IsState(EXCLUDED, State.MISSING)) is False
    assert value(core.IsState(n(1), State.MISSING)) is False


def test_a_recovery_replaces_its_own_state_only() -> None:
    assert steps(core.Recover(MISSING, State.MISSING, n(0))) == (State.MISSING, Fraction(0), Fraction(0))
    assert steps(core.Recover(PENDING, State.MISSING, n(0))) == (State.PENDING, NOT_EVALUATED, State.PENDING)
    assert steps(core.Recover(n(5), State.MISSING, n(0))) == (Fraction(5), NOT_EVALUATED, Fraction(5))


LADDER = (
    core.Step(core.Between(n(90), None, True, False), n(5), AT),
    core.Step(core.Between(n(80), n(90), True, False), n(4), AT),
    core.Step(core.Among((n(3), n("7.5"))), n(1), AT),
)


@pytest.mark.parametrize(("subject", "expected"), [("90", 5), ("89.99", 4), ("80", 4), ("79.99", 0), ("7.5", 1)])
def test_a_step_table_takes_the_first_step_that_holds_the_subject(subject: str, expected: int) -> None:
    assert value(core.Steps(n(subject), LADDER, n(0))) == expected


def test_ends_are_evaluated_as_far_as_needed() -> None:
    skipped = NOT_EVALUATED
    chosen = steps(core.Steps(n(85), LADDER, n(0)))
    assert chosen == (
        Fraction(85),
        Fraction(90),
        skipped,
        Fraction(80),
        Fraction(90),
        Fraction(4),
        skipped,
        skipped,
        skipped,
        skipped,
        Fraction(4),
    )
    below = steps(core.Steps(n(3), LADDER, n(0)))
    assert below == (
        Fraction(3),
        Fraction(90),
        skipped,
        Fraction(80),
        skipped,
        skipped,
        Fraction(3),
        skipped,
        Fraction(1),
        skipped,
        Fraction(1),
    )


def test_an_end_in_a_state_is_an_undecided_condition() -> None:
    table = (core.Step(core.Between(MISSING, n(5), True, True), n(1), AT),)
    assert value(core.Steps(n(4), table, n(0))) is State.MISSING
    assert value(core.Steps(n(6), table, n(0))) == 0
    assert steps(core.Steps(PENDING, table, n(0)))[1:5] == (NOT_EVALUATED,) * 4


def test_a_table_without_a_taker_is_our_own_mistake() -> None:
    with pytest.raises(EvaluationDefect):
        value(core.Steps(n(1), LADDER[:1], None))


def test_a_dated_value_is_the_latest_that_has_begun() -> None:
    entries = ((date(2022, 1, 1), n("0.65")), (date(2019, 1, 1), n("0.6")))
    expr = core.Dated(entries)
    assert steps(expr, as_of=date(2021, 12, 31)) == (NOT_EVALUATED, Fraction("0.6"), Fraction("0.6"))
    assert value(expr, as_of=date(2022, 1, 1)) == Fraction("0.65")
    with pytest.raises(EvaluationDefect):
        value(expr, as_of=date(2018, 12, 31))
    with pytest.raises(EvaluationDefect):
        value(expr)
