"""Columns of exact rational numbers as Python integers, and the arithmetic on them.

A column is numerators over denominators, where the denominators are one integer if they are the same for all cells,
which is the common case. Fractions are reduced where denominators differ by cell, else only when they grow long.
A division by zero gives 0: such cells are never read.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import reduce
from math import gcd, lcm
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact

Cells: TypeAlias = NDArray[Any]

_LONG: Final = 1 << 64
_MADE_BY: Final[dict[CompareOp, Callable[[Cells, Cells], Cells]]] = {
    CompareOp.EQUAL: operator.eq,
    CompareOp.UNEQUAL: operator.ne,
    CompareOp.LESS: operator.lt,
    CompareOp.AT_MOST: operator.le,
    CompareOp.GREATER: operator.gt,
    CompareOp.AT_LEAST: operator.ge,
}


@frozen(eq=False)
class Numbers:
    """Exact numbers: Python integers in object arrays; denominators are positive, one integer if all are the same."""

    numerators: Cells
    denominators: Cells | int

    def __len__(self) -> int:
        return len(self.numerators)

    def of_each(self) -> Cells:
        """Return the denominators as an array."""
        if isinstance(self.denominators, int):
            return np.full(len(self), self.denominators, dtype=object)
        return self.denominators

    def fractions(self) -> list[Exact]:
        """Return the numbers one by one."""
        return [Exact(n, d) for n, d in zip(self.numerators.tolist(), self.of_each().tolist(), strict=True)]


def from_fractions(values: Sequence[Exact]) -> Numbers:
    """Return a column of these numbers.

    >>> from_fractions([Exact(1, 2), Exact(1, 4)]).denominators
    array([2, 4], dtype=object)
    >>> from_fractions([Exact(1, 2), Exact(3, 2)]).denominators
    2
    """
    numerators, denominators = np.empty(len(values), object), np.empty(len(values), object)
    numerators[:] = [value.numerator for value in values]
    denominators[:] = [value.denominator for value in values]
    return Numbers(numerators, together(denominators))


def constant(value: Exact, length: int) -> Numbers:
    """Return a column that holds *value* in each of *length* cells."""
    return Numbers(np.full(length, value.numerator, dtype=object), value.denominator)


def joined(numbers: Numbers) -> Numbers:
    """Return *numbers* with one integer as denominator, if all denominators are the same.

    >>> joined(Numbers(np.array([2, 3], object), np.array([7, 7], object))).denominators
    7
    """
    below = numbers.denominators
    return numbers if isinstance(below, int) else Numbers(numbers.numerators, together(below))


def reduced(numbers: Numbers) -> Numbers:
    """Return *numbers* in lowest terms, cell by cell.

    >>> reduced(Numbers(np.array([2, 3], object), 6)).denominators
    array([3, 2], dtype=object)
    """
    return _reduced(numbers.numerators, numbers.of_each())


def total(operands: Sequence[Numbers]) -> Numbers:
    """Return the sum."""
    alike = with_common(operands)
    if alike is not None:
        tops, common = alike
        return _short(reduce(operator.add, tops), common)
    return reduce(_sum_of_two, operands)


def product(left: Numbers, right: Numbers) -> Numbers:
    """Return the product."""
    tops = left.numerators * right.numerators
    if isinstance(left.denominators, int) and isinstance(right.denominators, int):
        return _short(tops, left.denominators * right.denominators)
    return _reduced(tops, left.of_each() * right.of_each())


def quotient(left: Numbers, right: Numbers) -> Numbers:
    """Return the quotient; 0 where the divisor is 0."""
    divisor = together(right.numerators)
    if isinstance(divisor, int):
        if divisor == 0:
            return constant(Exact(0), len(left))
        if isinstance(left.denominators, int) and isinstance(right.denominators, int):
            sign = 1 if divisor > 0 else -1
            return _short(left.numerators * (sign * right.denominators), left.denominators * abs(divisor))
    nothing = (right.numerators == 0).astype(bool)
    below = np.where(nothing, 1, right.numerators)
    signs = np.where((below < 0).astype(bool), -1, 1).astype(object)
    tops = np.where(nothing, 0, left.numerators * right.of_each() * signs)
    return _reduced(tops, left.of_each() * below * signs)


def negative(numbers: Numbers) -> Numbers:
    """Return the opposite."""
    return Numbers(-numbers.numerators, numbers.denominators)


def size(numbers: Numbers) -> Numbers:
    """Return the absolute value."""
    return Numbers(abs(numbers.numerators), numbers.denominators)


def extreme(op: CompareOp, operands: Sequence[Numbers]) -> Numbers:
    """Return, with LESS, the least of the operands, with GREATER the greatest."""
    return reduce(lambda left, right: either(compared(op, left, right), left, right), operands)


def compared(op: CompareOp, left: Numbers, right: Numbers) -> Cells:
    """Return whether *left* stands in this relation to *right*."""
    first, second = left.numerators, right.numerators
    if isinstance(left.denominators, int) and isinstance(right.denominators, int):
        common = lcm(left.denominators, right.denominators)
        first, second = _times(first, common // left.denominators), _times(second, common // right.denominators)
    else:
        first, second = first * right.denominators, second * left.denominators
    return _MADE_BY[op](first, second).astype(bool)


def either(where: Cells, left: Numbers, right: Numbers) -> Numbers:
    """Return *left* where it is so, else *right*."""
    alike = with_common((left, right))
    if alike is not None:
        (first, second), common = alike
        return Numbers(np.where(where, first, second), common)
    return Numbers(
        np.where(where, left.numerators, right.numerators), together(np.where(where, left.of_each(), right.of_each()))
    )


def with_common(operands: Sequence[Numbers]) -> tuple[list[Cells], int] | None:
    """Return numerators over one denominator, and it; None if the denominators differ by cell."""
    denominators = [each.denominators for each in operands if isinstance(each.denominators, int)]
    if len(denominators) < len(operands):
        return None
    common = lcm(*denominators)
    pairs = zip(operands, denominators, strict=True)
    return [_times(each.numerators, common // denominator) for each, denominator in pairs], common


def _sum_of_two(left: Numbers, right: Numbers) -> Numbers:
    first, second = left.of_each(), right.of_each()
    common = np.lcm(first, second)
    return _reduced(left.numerators * (common // first) + right.numerators * (common // second), common)


def _times(numerators: Cells, factor: int) -> Cells:
    return numerators if factor == 1 else numerators * factor


def _short(numerators: Cells, denominator: int) -> Numbers:
    """Cancel what all cells and a long denominator share."""
    if denominator < _LONG:
        return Numbers(numerators, denominator)
    shared = gcd(int(np.gcd.reduce(numerators)) if len(numerators) else 0, denominator)
    return Numbers(numerators // shared, denominator // shared)


def _reduced(numerators: Cells, denominators: Cells) -> Numbers:
    shared = np.gcd(numerators, denominators)
    return Numbers(numerators // shared, together(denominators // shared))


def together(cells: Cells) -> Cells | int:
    """Return the one integer that all cells hold, else the cells."""
    if len(cells) == 0:
        return 1
    first: int = cells[0]
    return first if bool((cells == first).all()) else cells
