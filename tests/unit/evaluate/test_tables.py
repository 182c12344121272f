"""Aggregates over the records of a table."""

from decimal import Context
from fractions import Fraction

import pytest

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.trace import NOT_EVALUATED
from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, CompareOp
from perfrules.lang.kinds import Table, YesNo
from perfrules.lang.states import State
from tests.strategies.building import declare
from tests.unit.evaluate.evaluating import n, steps, value

FIELDS = (declare("amount", decimals=1, optional=True), declare("done", YesNo(), optional=True))
DECLARED = [declare("projects", Table(()), fields=FIELDS, optional=True)]
AMOUNT, DONE = core.FieldOf("p", "amount"), core.FieldOf("p", "done")


def rows(*pairs: tuple[str | State, bool | State]) -> dict[str, object]:
    return {
        "projects": tuple({"amount": a if isinstance(a, State) else Fraction(a), "done": done} for a, done in pairs)
    }


def over(op: AggregateOp, body: core.Expr | None = AMOUNT, **settings: object) -> core.TableAggregate:
    plain = {"where": None, "trimming": None, "skipping_missing": False, "empty": None}
    return core.TableAggregate(op, core.Input("projects"), "p", body=body, **{**plain, **settings})  # type: ignore[arg-type]


FOUR = rows(("1.5", True), ("4", False), ("2", True), ("4", True))


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (AggregateOp.SUM, Fraction("11.5")),
        (AggregateOp.COUNT_DISTINCT, Fraction(3)),
        (AggregateOp.MEAN, Fraction("2.875")),
        (AggregateOp.MINIMUM, Fraction("1.5")),
        (AggregateOp.MAXIMUM, Fraction(4)),
        (AggregateOp.MEDIAN, Fraction(3)),
    ],
)
def test_each_aggregate_of_numbers(op: AggregateOp, expected: Fraction) -> None:
    assert value(over(op), FOUR, DECLARED) == expected


def test_counts_shares_and_conditions() -> None:
    assert value(over(AggregateOp.COUNT, None, where=DONE), FOUR, DECLARED) == 3
    assert value(over(AggregateOp.SHARE, DONE), FOUR, DECLARED) == Fraction(3, 4)
    big = core.Compare(CompareOp.AT_LEAST, AMOUNT, n(4))
    assert value(over(AggregateOp.ANY, big, where=DONE), FOUR, DECLARED) is True
    assert value(over(AggregateOp.ALL, big, where=DONE), FOUR, DECLARED) is False


def test_deviations() -> None:
    eight = rows(*((text, True) for text in ["2", "4", "4", "4", "5", "5", "7", "9"]))
    assert value(over(AggregateOp.DEVIATION_POPULATION), eight, DECLARED) == 2
    sample = value(over(AggregateOp.DEVIATION_SAMPLE), eight, DECLARED)
    assert sample == Fraction(Context(prec=34).create_decimal(Context(prec=80).sqrt(Context(prec=90).divide(32, 7))))
    one = rows(("2", True))
    assert value(over(AggregateOp.DEVIATION_SAMPLE, empty=n(0)), one, DECLARED) == 0


def test_a_trimmed_mean_trims_only_when_there_are_enough() -> None:
    trimming = core.Trimming(high=1, low=1, at_least=4)
    assert value(over(AggregateOp.TRIMMED_MEAN, trimming=trimming), FOUR, DECLARED) == 3
    three = rows(("1", True), ("2", True), ("6", True))
    assert value(over(AggregateOp.TRIMMED_MEAN, trimming=trimming), three, DECLARED) == 3


def test_the_steps_of_an_aggregate_tell_each_record() -> None:
    table = rows(("1", True), ("2", False))
    expr = over(AggregateOp.SUM, where=DONE)
    assert steps(expr, table, DECLARED) == (
        table["projects"], Fraction(1), ((True, Fraction(1)), (False, NOT_EVALUATED)))  # fmt: skip


GAP = rows(("1", True), (State.MISSING, True), ("5", State.MISSING))


def test_a_missing_cell_makes_the_whole_missing_unless_it_is_skipped() -> None:
    assert value(over(AggregateOp.SUM), GAP, DECLARED) is State.MISSING
    assert value(over(AggregateOp.SUM, skipping_missing=True), GAP, DECLARED) == 6
    assert value(over(AggregateOp.COUNT, None, where=DONE), GAP, DECLARED) is State.MISSING
    assert value(over(AggregateOp.COUNT, None, where=DONE, skipping_missing=True), GAP, DECLARED) == 2


def test_any_and_all_are_three_valued() -> None:
    one = core.Compare(CompareOp.EQUAL, AMOUNT, n(1))
    assert value(over(AggregateOp.ANY, one), GAP, DECLARED) is True
    assert value(over(AggregateOp.ALL, one), GAP, DECLARED) is False
    assert value(over(AggregateOp.ALL, one, where=DONE), GAP, DECLARED) is State.MISSING


def test_no_records_and_no_table() -> None:
    none = rows()
    assert value(over(AggregateOp.SUM), none, DECLARED) == 0
    assert value(over(AggregateOp.ANY, DONE), none, DECLARED) is False
    assert value(over(AggregateOp.ALL, DONE), none, DECLARED) is True
    assert value(over(AggregateOp.MEAN, empty=n(7)), none, DECLARED) == 7
    assert value(over(AggregateOp.SUM), {"projects": State.MISSING}, DECLARED) is State.MISSING
    with pytest.raises(EvaluationDefect):
        value(over(AggregateOp.MEAN), none, DECLARED)
