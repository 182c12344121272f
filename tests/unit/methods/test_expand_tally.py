"""What each line of a tally becomes, by hand from the manual's words."""

from fractions import Fraction

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import (
    AggregateOp,
    ArithOp,
    CompareOp,
    Const,
    Input,
    LedgerLine,
    LogicOp,
    Origin,
    PartsRule,
)

ANYWHERE = Origin("test")


def number(value: int | str) -> Const:
    return Const(Fraction(value))


def minus(amount: core.Expr) -> LedgerLine:
    return LedgerLine(-1, amount, ANYWHERE)


def times(amount: str, count: core.Expr) -> core.Arith:
    return core.Arith(ArithOp.MULTIPLY, (number(amount), count))


def ledger_of(scored, line: str) -> core.Ledger:
    found = scored(f"score tally from full {{\n{line}\n}}")
    assert found.errors == []
    ledger = found.nodes["A/score"]
    assert isinstance(ledger, core.Ledger)
    return ledger


def line_of(scored, line: str) -> LedgerLine:
    [only] = ledger_of(scored, line).lines
    return only


def distance_above(reference: str) -> core.Arith:
    difference = core.Arith(ArithOp.SUBTRACT, (Input("rate"), number(reference)))
    return core.Arith(ArithOp.MAXIMUM, (number(0), difference))


def test_a_tally_starts_from_its_base_and_is_held_between_0_and_full(scored):
    ledger = ledger_of(scored, "done: less 1 point each")
    assert (ledger.base, ledger.floor, ledger.ceiling) == (number(10), number(0), number(10))


def test_its_own_limits_replace_these(scored):
    ledger = ledger_of(scored, "done: less 1 point each\nbetween -5 and 12")
    assert (ledger.floor, ledger.ceiling) == (number(-5), number(12))


def test_unbounded_holds_nothing(scored):
    ledger = ledger_of(scored, "done: less 1 point each\nunbounded")
    assert (ledger.floor, ledger.ceiling) == (None, None)


@pytest.mark.parametrize(
    ("word", "rule"), [("exact", PartsRule.EXACT), ("whole", PartsRule.WHOLE), ("started", PartsRule.STARTED)]
)
def test_a_distance_counts_in_parts_of_a_step(scored, word, rule):
    line = line_of(scored, f"rate above 100%: less 0.5 points per {word} 1pp")
    assert line == minus(times("1/2", core.Parts(rule, distance_above("1"), number("1/100"))))


def test_below_measures_from_the_reference_down(scored):
    line = line_of(scored, "rate below 90%: less 1 point per whole 1pp")
    difference = core.Arith(ArithOp.SUBTRACT, (number("9/10"), Input("rate")))
    distance = core.Arith(ArithOp.MAXIMUM, (number(0), difference))
    assert line == minus(times("1", core.Parts(PartsRule.WHOLE, distance, number("1/100"))))


def test_away_from_measures_either_way(scored):
    line = line_of(scored, "rate away from 100%: less 1 point per exact 3pp")
    difference = core.Arith(ArithOp.SUBTRACT, (Input("rate"), number(1)))
    distance = core.Arith(ArithOp.ABSOLUTE, (difference,))
    assert line == minus(times("1", core.Parts(PartsRule.EXACT, distance, number("3/100"))))


def test_the_step_takes_the_unit_of_the_distance(scored):
    line = line_of(scored, "budget above 3 亿元: less 1 point per whole 500 万元")
    difference = core.Arith(ArithOp.SUBTRACT, (Input("budget"), number(3)))
    distance = core.Arith(ArithOp.MAXIMUM, (number(0), difference))
    assert line == minus(times("1", core.Parts(PartsRule.WHOLE, distance, number("1/20"))))


def test_a_step_may_be_a_part_of_the_target(scored):
    line = line_of(scored, "done above 50: plus 3 points per whole 10% of done, at most 9 points")
    distance = core.Arith(ArithOp.MAXIMUM, (number(0), core.Arith(ArithOp.SUBTRACT, (Input("done"), number(50)))))
    step = core.Arith(ArithOp.MULTIPLY, (number("1/10"), Input("done")))
    steps = times("3", core.Parts(PartsRule.WHOLE, distance, step))
    assert line == LedgerLine(1, core.Arith(ArithOp.MINIMUM, (steps, number(9))), ANYWHERE)


def test_a_count_costs_its_amount_each(scored):
    assert line_of(scored, "done: less 2 points each") == minus(times("2", Input("done")))


def test_a_fact_costs_its_amount_once(scored):
    expected = core.Select(((Input("fraud"), number(2)),), number(0))
    assert line_of(scored, "fraud: less 2 points") == minus(expected)


def test_several_subjects_are_lines_of_their_own(scored):
    lines = ledger_of(scored, "fraud, filed: plus 20% of full each").lines
    share = core.Arith(ArithOp.MULTIPLY, (number("1/5"), number(10)))
    assert lines == tuple(
        LedgerLine(1, core.Select(((Input(name), share),), number(0)), ANYWHERE) for name in ("fraud", "filed")
    )


def test_one_cap_over_several_subjects_holds_them_together(scored):
    line = line_of(scored, "done, late: less 1 point each, at most 3 points")
    both = core.Arith(ArithOp.ADD, (times("1", Input("done")), times("1", Input("late"))))
    assert line == minus(core.Arith(ArithOp.MINIMUM, (both, number(3))))


def test_unless_sets_the_line_aside(scored):
    line = line_of(scored, "done: less 2 points each, unless filed")
    assert line == minus(core.Select(((Input("filed"), number(0)),), times("2", Input("done"))))


def count(where: core.Expr | None, op: AggregateOp = AggregateOp.COUNT, body: core.Expr | None = None) -> core.Expr:
    return core.TableAggregate(op, Input("faults"), "c", where, body, None, False, None)


def test_records_cost_their_amount_each(scored):
    assert line_of(scored, "c in faults: less 1 point each") == minus(times("1", count(None)))


def test_records_of_one_key_count_once(scored):
    line = line_of(scored, "c in faults once per c.matter: less 1 point each")
    key = core.FieldOf("c", "matter")
    assert line == minus(times("1", count(None, AggregateOp.COUNT_DISTINCT, key)))


def test_an_amount_that_depends_on_the_record_is_summed(scored):
    line = line_of(scored, "c in faults: less c.marks each, at most 4 points")
    total = count(None, AggregateOp.SUM, core.FieldOf("c", "marks"))
    assert line == minus(core.Arith(ArithOp.MINIMUM, (total, number(4))))


def test_unless_about_the_record_leaves_out_records(scored):
    line = line_of(scored, "c in faults where c.marks > 1: less 1 point each, unless c.excused")
    taken = core.Logic(
        LogicOp.AND,
        (
            core.Compare(CompareOp.GREATER, core.FieldOf("c", "marks"), number(1)),
            core.Logic(LogicOp.NOT, (core.FieldOf("c", "excused"),)),
        ),
    )
    assert line == minus(times("1", count(taken)))


def test_unless_about_something_else_guards_the_line(scored):
    line = line_of(scored, "c in faults: less 1 point each, unless filed")
    assert line == minus(core.Select(((Input("filed"), number(0)),), times("1", count(None))))


def test_when_costs_its_amount_once(scored):
    line = line_of(scored, "when rate < 50%: less 3 points")
    condition = core.Compare(CompareOp.LESS, Input("rate"), number("1/2"))
    assert line == minus(core.Select(((condition, number(3)),), number(0)))


@pytest.mark.parametrize(
    ("subject", "condition"),
    [
        ("when fraud", Input("fraud")),
        ("fraud", Input("fraud")),
        ("done", core.Compare(CompareOp.GREATER, Input("done"), number(0))),
        ("rate below 50%", core.Compare(CompareOp.LESS, Input("rate"), number("1/2"))),
        ("c in faults", core.Compare(CompareOp.GREATER, count(None), number(0))),
        ("c in faults where c.excused", count(None, AggregateOp.ANY, core.FieldOf("c", "excused"))),
    ],
)
def test_zero_is_a_condition_over_the_whole_tally(scored, subject, condition):
    ledger = ledger_of(scored, f"{subject}: zero")
    assert (ledger.lines, ledger.zeroed) == ((), (condition,))


def test_a_nested_tally_is_a_line_with_its_own_limits(scored):
    line = line_of(scored, "tally from 0 {\n done: less 1 point each\n between -3 and 0\n}")
    inner = core.Ledger(number(0), (minus(times("1", Input("done"))),), (), number(-3), number(0))
    assert line == LedgerLine(1, inner, ANYWHERE)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("rate above 100%: less 1 point per 1pp", "part-unit-unstated at per 1pp"),
        ("rate above 100%: less 1 point per whole 1%", "per-percent-ambiguous at 1%"),
        ("rate above 100%: less 1 point", "missing-clause at rate above 100%: less 1 point"),
        ("rate above 100%: less 1 point each", "missing-clause at rate above 100%: less 1 point each"),
        ("done: less 1 point", "missing-clause at done: less 1 point"),
        ("c in faults: less 1 point", "missing-clause at c in faults: less 1 point"),
        ("c in faults once per c.matter: less c.marks each", "wrong-place at c.marks"),
        ("when fraud: less 1 point each", "wrong-place at when fraud: less 1 point each"),
        ("fraud: zero, at most 3 points", "wrong-place at fraud: zero, at most 3 points"),
        ("late: less 1 point per whole 0 workdays", "zero-denominator at 0 workdays"),
    ],
)
def test_a_line_that_does_not_say_enough_is_reported(scored, line, error):
    assert scored(f"score tally from full {{\n{line}\n}}").errors == [error]


def test_the_amount_of_money_is_not_a_number_of_events(scored):
    [error] = scored("score tally from full {\nspent: less 1 point each\n}").errors
    assert error.startswith("kinds-differ")
