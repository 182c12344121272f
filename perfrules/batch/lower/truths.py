"""Truths as columns: logic of two values, comparisons, choices; folded where constants decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.batch.lower.columns import Columns
from perfrules.batch.tape import Do, Type
from perfrules.evaluate.reference.operations import compare as compare_values
from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact

OPPOSITE: Final[Mapping[CompareOp, CompareOp]] = {
    CompareOp.EQUAL: CompareOp.UNEQUAL,
    CompareOp.UNEQUAL: CompareOp.EQUAL,
    CompareOp.LESS: CompareOp.AT_LEAST,
    CompareOp.AT_LEAST: CompareOp.LESS,
    CompareOp.GREATER: CompareOp.AT_MOST,
    CompareOp.AT_MOST: CompareOp.GREATER,
}
_TURNED: Final[Mapping[CompareOp, CompareOp]] = {
    CompareOp.LESS: CompareOp.GREATER,
    CompareOp.GREATER: CompareOp.LESS,
    CompareOp.AT_MOST: CompareOp.AT_LEAST,
    CompareOp.AT_LEAST: CompareOp.AT_MOST,
}
_HOLDS_OF_EQUALS: Final = frozenset({CompareOp.EQUAL, CompareOp.AT_MOST, CompareOp.AT_LEAST})


def negation(c: Columns, place: int) -> int:
    """Return NOT, of a comparison the opposite one."""
    op = c.op(place)
    match op.do, op.param:
        case Do.CONSTANT, _:
            return c.truth(not op.param)
        case Do.NOT, _:
            return op.operands[0]
        case Do.COMPARE, CompareOp() as compared:
            return c.add(Do.COMPARE, *op.operands, type=Type.TRUTH, param=OPPOSITE[compared])
    return c.add(Do.NOT, place, type=Type.TRUTH)


def all_of(c: Columns, places: Iterable[int]) -> int:
    """Return AND; true of none."""
    return _together(c, places, decisive=False)


def any_of(c: Columns, places: Iterable[int]) -> int:
    """Return OR; false of none."""
    return _together(c, places, decisive=True)


def _together(c: Columns, places: Iterable[int], *, decisive: bool) -> int:
    """Join truths of which one *decisive* one decides."""
    kept: dict[int, None] = {}
    for place in places:
        value = c.constant(place)
        if value is decisive:
            return c.truth(decisive)
        if value is None:
            kept[place] = None
    if any(_is_negation(c, place) in kept for place in kept):
        return c.truth(decisive)
    if len(kept) <= 1:
        return next(iter(kept), None) if kept else c.truth(not decisive)  # type: ignore[return-value]  # not empty
    return c.add(Do.OR if decisive else Do.AND, *sorted(kept), type=Type.TRUTH)


def _is_negation(c: Columns, place: int) -> int | None:
    op = c.op(place)
    return op.operands[0] if op.do is Do.NOT else None


def compared(c: Columns, op: CompareOp, left: int, right: int) -> int:
    """Compare two numbers; a constant stands on the right."""
    if left == right:
        return c.truth(op in _HOLDS_OF_EQUALS)
    first, second = c.constant(left), c.constant(right)
    if isinstance(first, Exact) and isinstance(second, Exact):
        return c.truth(compare_values(op, first, second))
    if isinstance(first, Exact):
        return compared(c, _TURNED.get(op, op), right, left)
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
    inner = c.op(otherwise)
    if inner.do is Do.WHERE and inner.operands[1] == then and inner.table == c.table(condition, then, otherwise):
        either = any_of(c, (condition, inner.operands[0]))
        return where(c, either, then, inner.operands[2])
    place = c.add(Do.WHERE, condition, then, otherwise, type=type_)
    c.learn(place)
    return place


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
