"""`v in violations where … once per v.key: less 1 point each unless v.excused`: one event for each record that counts.

`unless` that mentions the record leaves out single records; else it guards the whole line, which is not known here.
"""

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, CompareOp, Expr, Origin
from perfrules.lang.kinds import Kind, Number, Points, Unknown, YesNo
from perfrules.methods.lowers import Lowers
from perfrules.methods.misplaced import misplaced, unstated
from perfrules.methods.parts import both, is_broken, mentions, negated, placed, times, zero
from perfrules.methods.tally_steps import steps_of
from perfrules.methods.wording import expression_as_written
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.scoring import Records, TallyLine


@frozen
class FromRecords:
    """The amount before cap and guard, and whether the records already answer the line's `unless`."""

    amount: Expr
    answers_unless: bool


@frozen
class _Opened:
    """A table with the place where a record can be named, and the condition under which a record counts."""

    records: Records
    inside: Lowers
    table: Expr
    taken: Expr | None
    answers_unless: bool

    def aggregate(self, op: AggregateOp, where: Expr | None, body: Expr | None, kind: Kind) -> Expr:
        """Return one value from the records."""
        origin = Origin("tally line", "events", self.records.span)
        variable = self.records.variable.text
        return core.TableAggregate(op, self.table, variable, where, body, None, False, None, kind=kind, origin=origin)


def from_records(line: TallyLine, records: Records, lowering: Lowers) -> FromRecords:
    """Return what the records that count come to."""
    opened = _open(line, records, lowering)
    if opened is None:
        return FromRecords(core.Broken(kind=Unknown(), origin=Origin("tally line", span=line.span)), True)
    if line.amount is None:
        missing = unstated("amount", line.effect.value, f"{line.effect.value} 1 point", line.span)
        return FromRecords(lowering.broken(missing, line.span), opened.answers_unless)
    amount = placed(opened.inside.marks(line.amount), Origin("tally line", "amount", line.amount.span))
    return FromRecords(_total(line, line.amount, amount, opened, lowering), opened.answers_unless)


def any_record(line: TallyLine, records: Records, lowering: Lowers) -> tuple[Expr, bool]:
    """Return the condition that some record counts, and whether that answers the line's `unless`."""
    opened = _open(line, records, lowering)
    origin = Origin("tally line", "condition", records.span)
    if opened is None:
        return core.Broken(kind=Unknown(), origin=origin), True
    if opened.taken is not None:
        return placed(opened.aggregate(AggregateOp.ANY, None, opened.taken, YesNo()), origin), opened.answers_unless
    count = opened.aggregate(AggregateOp.COUNT, None, None, Number())
    nothing = evolve(zero(), kind=Number())
    return core.Compare(CompareOp.GREATER, count, nothing, kind=YesNo(), origin=origin), opened.answers_unless


def _total(line: TallyLine, tree: Expression, amount: Expr, opened: _Opened, lowering: Lowers) -> Expr:
    """Return the sum of amounts that depend on the record, else the amount times the number of records or of steps."""
    records = opened.records
    if mentions(amount, records.variable.text):
        if records.once_per is None and line.per is None:
            return opened.aggregate(AggregateOp.SUM, opened.taken, amount, Points())
        inside = "per" if line.per is not None else "once per"
        return lowering.broken(misplaced(expression_as_written(tree), inside, ("each",), tree.span), line.span)
    count = _count(opened)
    if line.per is not None:
        count = steps_of(line.per, count, lowering)
    if is_broken(count):
        return count
    return times(amount, count, Points(), Origin("tally line", "uncapped amount", line.span))


def _count(opened: _Opened) -> Expr:
    once_per = opened.records.once_per
    if once_per is None:
        return opened.aggregate(AggregateOp.COUNT, opened.taken, None, Number())
    key = placed(opened.inside.expression(once_per), Origin("tally line", "key", once_per.span))
    return opened.aggregate(AggregateOp.COUNT_DISTINCT, opened.taken, key, Number())


def _open(line: TallyLine, records: Records, lowering: Lowers) -> _Opened | None:
    found = lowering.with_record(records.variable, records.table)
    if found is None:
        return None
    inside, table = found
    where = None
    if records.where is not None:
        where = placed(inside.condition(records.where), Origin("tally line", "where", records.where.span))
    if line.unless is None:
        return _Opened(records, inside, table, where, False)
    excuse = placed(inside.condition(line.unless), Origin("tally line", "unless", line.unless.span))
    if not mentions(excuse, records.variable.text):
        return _Opened(records, inside, table, where, False)
    taken = both(where, negated(excuse), Origin("tally line", "where", line.unless.span))
    return _Opened(records, inside, table, taken, True)
