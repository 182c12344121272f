"""Amounts of tally lines that data bring below zero: such entities are put aside, to be refused with a reason."""

from __future__ import annotations

from collections.abc import Generator

from perfrules.batch.lower import truths
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.pairs import Pair, is_decided, value_of
from perfrules.evaluate.negative_amounts import doubtful_parts
from perfrules.ir.expressions import CompareOp, Expr, Input, Ledger, TableAggregate
from perfrules.ir.tally_parts import written_part


def put_negative_amounts_aside(lowering: Lowering, expr: Ledger) -> Generator[Expr, Pair, None]:
    """Look at each part of a line that could be negative; of amounts of records at those of each record."""
    for line in expr.lines:
        for part in doubtful_parts(lowering.plan, line):
            if written_part(part) is part:
                _put_aside(lowering, (yield part))
            elif isinstance(part, TableAggregate) and isinstance(part.table, Input) and part.body is not None:
                with lowering.about(part.variable, part.table.name):
                    taken = None if part.where is None else (yield part.where)
                    amount = yield part.body
                    if taken is None:
                        _put_aside(lowering, amount)
                    else:
                        with lowering.where(value_of(lowering.columns, taken)):
                            _put_aside(lowering, amount)


def _put_aside(lowering: Lowering, amount: Pair) -> None:
    c = lowering.columns
    if amount.value is not None:
        below = truths.compared(c, CompareOp.LESS, amount.value, c.number(0))
        lowering.aside("negative amount", truths.all_of(c, (is_decided(c, amount), below)))
