"""Sums of children of which some can be excluded: what becomes of the marks of those."""

from __future__ import annotations

from functools import partial

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.members import Child, Children, marks
from perfrules.ir.expressions import Combine, ShareRule


def shared_sum(c: Columns, expr: Combine, children: Children) -> int:
    """Add up the marks of those left, and share those of the others as the rule says."""
    earned = children.of_those_left(c, partial(marks, c))
    if children.stay(c):
        return earned
    match expr.share:
        case None | ShareRule.LOST:
            return earned
        case ShareRule.RESCALE:
            return _rescaled(c, earned, children)
        case ShareRule.TO:
            taker = children.with_code(expr.to)
            rescaled = _rescaled(c, earned, children) if taker is None or c.constant(taker.left) is not True else earned
            return (
                rescaled if taker is None else truths.where(c, taker.left, _taken(c, earned, taker, children), rescaled)
            )


def _rescaled(c: Columns, earned: int, children: Children) -> int:
    """Return earned × full ÷ the full marks of those left; where none is excluded that is what was earned."""
    full, rest = children.of_all(c, _full), children.of_those_left(c, _full)
    lifted = numbers.quotient(c, numbers.product(c, (earned, full)), rest)
    return lifted if numbers.number_at(c, full) else truths.where(c, children.any_out(c), lifted, earned)


def _taken(c: Columns, earned: int, taker: Child, children: Children) -> int:
    """Add what the taker's marks earn of the full marks of those excluded."""
    lost = children.of_those_out(c, _full)
    more = numbers.quotient(c, numbers.product(c, (marks(c, taker), lost)), taker.full)
    taken = numbers.total(c, (earned, more))
    return taken if numbers.number_at(c, taker.full) else truths.where(c, children.any_out(c), taken, earned)


def _full(child: Child) -> int:
    return child.full
