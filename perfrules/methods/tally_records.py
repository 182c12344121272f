"""`v in violations where … once per v.key: less 1 point each unless v.excused`: one event for each record that counts.

`unless` that mentions the record leaves out single records; else it guards the whole line, which is not known here.
"""

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, CompareOp, Expr, Origin
from perfrules.lang.kinds import Kind, Number, Points, YesNo
from perfrules.methods.lowers import Lowers
from perfrules.methods.misplaced import misplaced, unstated
from perfrules.methods.parts import both, is_broken, mentions, negated, placed, times, zero
from perfrules.methods.tally_steps import steps_of
from perfrules.methods.wording import expression_as_written
from perfrules.syntax.ast.scoring import Records, TallyLine


@frozen
class FromRecords:
    """The amount before cap and guard, and whether the records already answer the line's `unless`."""

    amount: Expr
    answers_unless: bool


def from_records(line: TallyLine, records: Records, lowering: Lowers) -> FromRecords:
    """Return what the records that count come to."""
    table, taken, answers = _taken(line, records, lowering)
    inside, _ = lowering.with_record(records.variable, records.table)
    if line.amount is None:
        missing = unstated("amount", line.effect.value, f"{line.effect.value} 1 point", line.span)
        return FromRecords(lowering.broken(missing, line.span), answers)
    amount = placed(inside.marks(line.amount), Origin("tally line", "amount", line.amount.span))
    varies = mentions(amount, records.variable.text)
    if varies and (records.once_per is not None or line.per is not None):
        clause = expression_as_written(line.amount)
        inside_of = "per" if line.per is not None else "once per"
        return FromRecords(
            lowering.broken(misplaced(clause, inside_of, ("each",), line.amount.span), line.span), answers
        )
    if varies:
        return FromRecords(_aggregate(AggregateOp.SUM, records, table, taken, amount, Points()), answers)
    count = counted(records, table, taken, lowering)
    if line.per is not None:
        count = steps_of(line.per, count, lowering)
    if is_broken(count):
        return FromRecords(count, answers)
    return FromRecords(times(amount, count, Points(), Origin("tally line", "uncapped amount", line.span)), answers)


def any_record(line: TallyLine, records: Records, lowering: Lowers) -> tuple[Expr, bool]:
    """Return the condition that some record counts, and whether that answers the line's `unless`."""
    table, taken, answers = _taken(line, records, lowering)
    origin = Origin("tally line", "condition", records.span)
    if taken is not None:
        found = _aggregate(AggregateOp.ANY, records, table, None, taken, YesNo())
        return placed(found, origin), answers
    count = _aggregate(AggregateOp.COUNT, records, table, None, None, Number())
    nothing = evolve(zero(), kind=Number())
    return core.Compare(CompareOp.GREATER, count, nothing, kind=YesNo(), origin=origin), answers


def counted(records: Records, table: Expr, taken: Expr | None, lowering: Lowers) -> Expr:
    """Return the number of records that count, or of their distinct keys."""
    if records.once_per is None:
        return _aggregate(AggregateOp.COUNT, records, table, taken, None, Number())
    inside, _ = lowering.with_record(records.variable, records.table)
    key = placed(inside.expression(records.once_per), Origin("tally line", "key", records.once_per.span))
    return _aggregate(AggregateOp.COUNT_DISTINCT, records, table, taken, key, Number())


def _taken(line: TallyLine, records: Records, lowering: Lowers) -> tuple[Expr, Expr | None, bool]:
    """Return the table, the condition under which a record counts, and whether that includes `unless`."""
    inside, table = lowering.with_record(records.variable, records.table)
    where = None
    if records.where is not None:
        where = placed(inside.condition(records.where), Origin("tally line", "where", records.where.span))
    if line.unless is None:
        return table, where, False
    excuse = placed(inside.condition(line.unless), Origin("tally line", "unless", line.unless.span))
    if not mentions(excuse, records.variable.text):
        return table, where, False
    return table, both(where, negated(excuse), Origin("tally line", "where", line.unless.span)), True


def _aggregate(
    op: AggregateOp, records: Records, table: Expr, where: Expr | None, body: Expr | None, kind: Kind
) -> Expr:
    return core.TableAggregate(
        op,
        table,
        records.variable.text,
        where,
        body,
        None,
        False,
        None,
        kind=kind,
        origin=Origin("tally line", "events", records.span),
    )
