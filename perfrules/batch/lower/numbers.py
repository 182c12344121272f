"""Numbers as columns: arithmetic folded where constants decide, so that few passes over the data are left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.multiples import ONE, Scaled, chosen_once, mapped, negated, number_at, scaled, scaled_parts
from perfrules.batch.lower.sums import difference, total, weighted
from perfrules.batch.tape import Do, Type
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.reference.operations import irrational_result
from perfrules.ir.expressions import IrrationalFunction
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Rounding, round_exact

__all__ = [
    "absolute",
    "difference",
    "greatest",
    "held",
    "irrational",
    "least",
    "negated",
    "number_at",
    "power",
    "product",
    "quotient",
    "rounded",
    "scaled",
    "scaled_parts",
    "total",
    "weighted",
]


def product(c: Columns, places: Sequence[int]) -> int:
    """Multiply; the constant factors, those within too, are one factor at the end."""
    factor = ONE
    rest: list[int] = []
    for place in places:
        value = number_at(c, place)
        inner = scaled_parts(c, place) if value is None and len(places) > 1 else Scaled(ONE, place)
        factor *= inner.factor if value is None else value
        if value is None:
            rest.append(inner.place)
    if not rest or factor == 0:
        return c.number(factor)
    for position, place in enumerate(rest):
        if factor != 1 and chosen_once(c, place):
            rest[position], factor = scaled(c, factor, place), ONE
    return scaled(c, factor, reduce(lambda left, right: c.add(Do.MULTIPLY, left, right, type=Type.NUMBER), rest))


def quotient(c: Columns, dividend: int, divisor: int) -> int:
    """Divide; by a constant, multiply. What is divided by zero means nothing."""
    by, value = number_at(c, divisor), number_at(c, dividend)
    if by is not None:
        return scaled(c, 1 / by, dividend) if by else c.number(0)
    if value == 0:
        return c.number(0)
    if dividend == divisor:
        return c.number(1)
    if chosen_once(c, divisor):
        return product(c, (dividend, mapped(c, divisor, lambda by: 1 / by if by else by)))
    above, below = scaled_parts(c, dividend), scaled_parts(c, divisor)
    divided = c.add(Do.DIVIDE, above.place, below.place, type=Type.NUMBER)
    return scaled(c, above.factor / below.factor, divided)


def power(c: Columns, base: int, exponent: int) -> int:
    """Raise to a whole power, by squaring; what is no power means nothing."""
    value = number_at(c, base)
    if exponent < 0:
        return quotient(c, c.number(1), power(c, base, -exponent))
    if value is not None:
        return c.number(value**exponent)
    result = c.number(1)
    while exponent:
        if exponent % 2:
            result = product(c, (result, base))
        exponent //= 2
        base = product(c, (base, base)) if exponent else base
    return result


def absolute(c: Columns, place: int) -> int:
    """Return the size of a number."""
    return _of_one(c, place, abs, lambda: c.add(Do.ABSOLUTE, place, type=Type.NUMBER))


def least(c: Columns, places: Iterable[int]) -> int:
    """Return the least of some numbers."""
    return _extreme(c, Do.MINIMUM, places)


def greatest(c: Columns, places: Iterable[int]) -> int:
    """Return the greatest of some numbers."""
    return _extreme(c, Do.MAXIMUM, places)


def _extreme(c: Columns, do: Do, places: Iterable[int]) -> int:
    take = min if do is Do.MINIMUM else max
    constants: list[Exact] = []
    rest: dict[int, None] = {}
    for place in places:
        value = number_at(c, place)
        if value is None:
            rest[place] = None
        else:
            constants.append(value)
    kept = sorted(rest)
    if constants:
        end = take(constants)
        if len(kept) == 1:
            return _of_one(c, kept[0], lambda x: take(x, end), lambda: _added(c, do, kept[0], end))
        kept.append(c.number(end))
    return kept[0] if len(kept) == 1 else c.add(do, *kept, type=Type.NUMBER)


def _added(c: Columns, do: Do, place: int, end: Exact) -> int:
    return c.add(do, place, c.number(end), type=Type.NUMBER)


def held(c: Columns, place: int, floor: int | None, ceiling: int | None) -> int:
    """Raise to a floor, then cap at a ceiling."""
    if floor is not None and ceiling is not None:
        low, high = number_at(c, floor), number_at(c, ceiling)
        if low is not None and high is not None and low >= high:
            return ceiling
    raised = place if floor is None else greatest(c, (place, floor))
    return raised if ceiling is None else least(c, (raised, ceiling))


def rounded(c: Columns, place: int, rounding: Rounding) -> int:
    """Round."""
    op = c.op(place)
    if op.do is Do.ROUND and op.param == rounding:
        return place
    add = lambda: c.add(Do.ROUND, place, type=Type.NUMBER, param=rounding)  # noqa: E731 - written only where needed
    return _of_one(c, place, lambda x: round_exact(x, rounding), add)


def _of_one(c: Columns, place: int, change: Callable[[Exact], Exact], add: Callable[[], int]) -> int:
    """Change the constants that a column is chosen from; else write the operation that *add* writes."""
    return mapped(c, place, change) if c.listed(place) else add()


def irrational(c: Columns, function: IrrationalFunction, places: Sequence[int]) -> int:
    """Apply an irrational function; outside its domain it means nothing."""
    values = [number_at(c, place) for place in places]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return c.add(Do.IRRATIONAL, *places, type=Type.NUMBER, param=function)
    try:
        return c.number(irrational_result(function, known))
    except EvaluationDefect:
        return c.number(0)
