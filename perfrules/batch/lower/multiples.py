"""Constant multiples of columns, and columns that are chosen from constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import frozen

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.tape import Do, Type
from perfrules.lang.exact import Exact

ONE: Final = Exact(1)


@frozen
class Scaled:
    """A column times a constant."""

    factor: Exact
    place: int


def number_at(c: Columns, place: int) -> Exact | None:
    """Return the number that a column holds everywhere; None if that is not known."""
    found = c.constant(place)
    return found if isinstance(found, Exact) else None


def chosen_once(c: Columns, place: int) -> bool:
    """Tell whether a column is one of two constants."""
    op = c.op(place)
    return op.do is Do.WHERE and all(number_at(c, each) is not None for each in op.operands[1:])


def mapped(c: Columns, place: int, change: Callable[[Exact], Exact]) -> int:
    """Change the constants that a column is chosen from."""
    value = number_at(c, place)
    if value is not None:
        return c.number(change(value))
    condition, then, otherwise = c.op(place).operands
    return truths.where(c, condition, mapped(c, then, change), mapped(c, otherwise, change))


def scaled_parts(c: Columns, place: int) -> Scaled:
    """Return what *place* is a multiple of."""
    op = c.op(place)
    if op.do is Do.MULTIPLY:
        factor = number_at(c, op.operands[1])
        if factor is not None:
            return Scaled(factor, op.operands[0])
    return Scaled(ONE, place)


def scaled(c: Columns, factor: Exact, place: int) -> int:
    """Multiply by a constant; a column that is a multiple of another becomes another multiple of that."""
    if factor == 0:
        return c.number(0)
    if factor == 1:
        return place
    if number_at(c, place) is not None or chosen_once(c, place):
        return mapped(c, place, lambda x: factor * x)
    inner = scaled_parts(c, place)
    factor *= inner.factor
    if factor == 1:
        return inner.place
    if factor == -1:
        return negated(c, inner.place)
    return c.add(Do.MULTIPLY, inner.place, c.number(factor), type=Type.NUMBER)


def negated(c: Columns, place: int) -> int:
    """Return minus a number."""
    op = c.op(place)
    if number_at(c, place) is not None or chosen_once(c, place):
        return mapped(c, place, lambda x: -x)
    match op.do:
        case Do.NEGATE:
            return op.operands[0]
        case Do.SUBTRACT:
            return c.add(Do.SUBTRACT, op.operands[1], op.operands[0], type=Type.NUMBER)
    inner = scaled_parts(c, place)
    if inner.factor != 1:
        return scaled(c, -inner.factor, inner.place)
    return c.add(Do.NEGATE, place, type=Type.NUMBER)
