"""Comparisons as columns, of numbers, dates, truths and texts; of a subject with the ends of a step."""

from __future__ import annotations

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.pairs import Pair, joined, value_of, with_state
from perfrules.batch.lowered import Shape
from perfrules.ir.expressions import CompareOp


def compare(c: Columns, op: CompareOp, left: Pair, right: Pair) -> Pair:
    """Compare; undecided where either side is in a state."""
    holds = Pair(compare_values(c, op, left, right), None, Shape.TRUTH)
    return with_state(c, holds, joined(c, (left.state, right.state)))


def compare_values(c: Columns, op: CompareOp, left: Pair, right: Pair) -> int:
    """Compare what both sides hold, states aside."""
    if left.value is None or right.value is None:
        return c.truth(False)
    first, second = value_of(c, left), value_of(c, right)
    match left.shape:
        case Shape.NUMBER | Shape.DATE:
            return truths.compared(c, op, first, second)
        case Shape.TRUTH:
            same = truths.same_truth(c, first, second)
        case Shape.TEXT:
            same = truths.same_code(c, first, second)
    return same if op is CompareOp.EQUAL else truths.negation(c, same)
