"""Truths as columns: comparisons, and choices by truths; folded where constants decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.logic import negation, together
from perfrules.batch.tape import Do, Type
from perfrules.evaluate.reference.operations import compare as compare_values
from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact

__all__ = ["all_of", "any_of", "compared", "negation", "same_code", "same_truth", "where"]

_NEGATED: Final[Mapping[CompareOp, CompareOp]] = {
    CompareOp.UNEQUAL: CompareOp.EQUAL,
    CompareOp.LESS: CompareOp.AT_LEAST,
    CompareOp.AT_MOST: CompareOp.GREATER,
}
"""The comparisons that are written as the negation of another, so that both share one pass over the numbers."""
_TURNED: Final[Mapping[CompareOp, CompareOp]] = {
    CompareOp.LESS: CompareOp.GREATER,
    CompareOp.GREATER: CompareOp.LESS,
    CompareOp.AT_MOST: CompareOp.AT_LEAST,
    CompareOp.AT_LEAST: CompareOp.AT_MOST,
}
_HOLDS_OF_EQUALS: Final = frozenset({CompareOp.EQUAL, CompareOp.AT_MOST, CompareOp.AT_LEAST})


def all_of(c: Columns, places: Iterable[int]) -> int:
    """Return AND; true of none."""
    return together(c, Do.AND, places)


def any_of(c: Columns, places: Iterable[int]) -> int:
    """Return OR; false of none."""
    return together(c, Do.OR, places)


def compared(c: Columns, op: CompareOp, left: int, right: int) -> int:
    """Compare two numbers; a constant stands on the right."""
    if left == right:
        return c.truth(op in _HOLDS_OF_EQUALS)
    first, second = c.constant(left), c.constant(right)
    if isinstance(first, Exact) and isinstance(second, Exact):
        return c.truth(compare_values(op, first, second))
    if isinstance(first, Exact):
        return compared(c, _TURNED.get(op, op), right, left)
    if op in _NEGATED:
        return negation(c, compared(c, _NEGATED[op], left, right))
    if isinstance(second, Exact) and c.listed(left):
        found = _of_listed(c, op, left, second)
        if found is not None:
            return found
    return c.add(Do.COMPARE, left, right, type=Type.TRUTH, param=op)


def _of_listed(c: Columns, op: CompareOp, left: int, right: Exact) -> int | None:
    """Compare one of two constants, or several for which the answer is the same; None of others."""
    answers = {compare_values(op, value, right) for value in c.listed(left)}
    if len(answers) == 1:
        return c.truth(answers.pop())
    condition, *chosen = c.op(left).operands
    then, otherwise = (c.constant(each) for each in chosen)
    if not isinstance(then, Exact) or not isinstance(otherwise, Exact):
        return None
    return where(c, condition, c.truth(compare_values(op, then, right)), c.truth(compare_values(op, otherwise, right)))


def same_truth(c: Columns, left: int, right: int) -> int:
    """Tell whether two truths are equal."""
    return where(c, left, right, negation(c, right))


def same_code(c: Columns, left: int, right: int) -> int:
    """Tell whether two codes are equal."""
    if left == right:
        return c.truth(True)
    first, second = c.constant(left), c.constant(right)
    if first is not None and second is not None:
        return c.truth(first == second)
    return c.add(Do.SAME, *sorted((left, right)), type=Type.TRUTH)


def where(c: Columns, condition: int, then: int, otherwise: int) -> int:
    """Return the first of two columns of one type where *condition* is true, else the second."""
    if then == otherwise or c.constant(condition) is True:
        return then
    if c.constant(condition) is False:
        return otherwise
    op = c.op(condition)
    if op.do is Do.NOT:
        return where(c, op.operands[0], otherwise, then)
    type_ = c.op(then).type
    if type_ is Type.TRUTH:
        return _where_truth(c, condition, then, otherwise)
    first, second = _chosen(c, condition, then, 1), _chosen(c, condition, otherwise, 2)
    if (first, second) != (then, otherwise):
        return where(c, condition, first, second)
    inner = c.op(otherwise)
    if inner.do is Do.WHERE and inner.operands[1] == then and inner.table == c.table(condition, then, otherwise):
        either = any_of(c, (condition, inner.operands[0]))
        return where(c, either, then, inner.operands[2])
    place = c.add(Do.WHERE, condition, then, otherwise, type=type_)
    c.learn(place)
    return place


def _chosen(c: Columns, condition: int, place: int, side: int) -> int:
    """Return what a column is once it is known which side of *condition* counts."""
    op = c.op(place)
    return op.operands[side] if op.do is Do.WHERE and op.operands[0] == condition else place


def _where_truth(c: Columns, condition: int, then: int, otherwise: int) -> int:
    first, second = c.constant(then), c.constant(otherwise)
    if first is True:
        return any_of(c, (condition, otherwise))
    if second is False:
        return all_of(c, (condition, then))
    if first is False:
        return all_of(c, (negation(c, condition), otherwise))
    if second is True:
        return any_of(c, (negation(c, condition), then))
    return c.add(Do.WHERE, condition, then, otherwise, type=Type.TRUTH)
