"""Numbers as columns: arithmetic folded where constants decide, so that few passes over the data are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from attrs import frozen

from perfrules.batch.lower.columns import Columns
from perfrules.batch.tape import Do, Type
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.reference.operations import irrational_result
from perfrules.ir.expressions import IrrationalFunction
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Rounding, round_exact

_NOTHING = Exact(0)
_ONE = Exact(1)


def number_at(c: Columns, place: int) -> Exact | None:
    """Return the number that a column holds everywhere; None if that is not known."""
    found = c.constant(place)
    return found if isinstance(found, Exact) else None


@frozen
class Scaled:
    """A column times a constant."""

    factor: Exact
    place: int


def scaled_parts(c: Columns, place: int) -> Scaled:
    """Return what *place* is a multiple of."""
    op = c.op(place)
    if op.do is Do.MULTIPLY:
        factor = number_at(c, op.operands[1])
        if factor is not None:
            return Scaled(factor, op.operands[0])
    return Scaled(_ONE, place)


def scaled(c: Columns, factor: Exact, place: int) -> int:
    """Multiply by a constant; a column that is a multiple of another becomes another multiple of that."""
    value = number_at(c, place)
    if value is not None:
        return c.number(factor * value)
    if factor == 0:
        return c.number(0)
    if factor == 1:
        return place
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
    match op.do, op.param:
        case Do.CONSTANT, Exact() as value:
            return c.number(-value)
        case Do.NEGATE, _:
            return op.operands[0]
        case Do.SUBTRACT, _:
            return difference(c, op.operands[1], op.operands[0])
    inner = scaled_parts(c, place)
    return scaled(c, -1 * inner.factor, inner.place) if inner.factor != 1 else _negated(c, place)


def _negated(c: Columns, place: int) -> int:
    return c.add(Do.NEGATE, place, type=Type.NUMBER)


def total(c: Columns, places: Iterable[int]) -> int:
    """Add."""
    return weighted(c, [(_ONE, place) for place in places])


def difference(c: Columns, left: int, right: int) -> int:
    """Subtract."""
    return weighted(c, [(_ONE, left), (-_ONE, right)])


def weighted(c: Columns, terms: Iterable[tuple[Exact, int]]) -> int:
    """Add up numbers times constants; what has the same factor is added first and multiplied once."""
    constant, factors = _collected(c, terms)
    added: dict[Exact, list[int]] = {}
    for place, factor in factors.items():
        added.setdefault(factor, []).append(place)
    above = [scaled(c, factor, _sum(c, places)) for factor, places in added.items() if factor > 0]
    below = [scaled(c, -factor, _sum(c, places)) for factor, places in added.items() if factor < 0]
    if not above and not constant and len(below) == 1:
        return negated(c, below[0])
    if constant > 0 or (constant and below) or not above:
        above.append(c.number(constant))
    elif constant:
        below.append(c.number(-constant))
    plus = _sum(c, above)
    return c.add(Do.SUBTRACT, plus, _sum(c, below), type=Type.NUMBER) if below else plus


def _collected(c: Columns, terms: Iterable[tuple[Exact, int]]) -> tuple[Exact, dict[int, Exact]]:
    """Return the sum of the constants, and each other column's factor."""
    constant = _NOTHING
    factors: dict[int, Exact] = {}
    for factor, place in terms:
        value = number_at(c, place)
        if value is not None:
            constant += factor * value
            continue
        inner = Scaled(_ONE, place) if abs(factor) == 1 else scaled_parts(c, place)
        factors[inner.place] = factors.get(inner.place, _NOTHING) + factor * inner.factor
    return constant, {place: factor for place, factor in factors.items() if factor}


def _sum(c: Columns, places: Sequence[int]) -> int:
    return places[0] if len(places) == 1 else c.add(Do.ADD, *places, type=Type.NUMBER)


def product(c: Columns, places: Sequence[int]) -> int:
    """Multiply; the constant factors, those within too, are one factor at the end."""
    factor = _ONE
    rest: list[int] = []
    for place in places:
        value = number_at(c, place)
        inner = scaled_parts(c, place) if value is None and len(places) > 1 else Scaled(_ONE, place)
        factor *= inner.factor if value is None else value
        if value is None:
            rest.append(inner.place)
    if not rest or factor == 0:
        return c.number(factor)
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
    value = number_at(c, place)
    return c.add(Do.ABSOLUTE, place, type=Type.NUMBER) if value is None else c.number(abs(value))


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
        kept.append(c.number(take(constants)))
    return kept[0] if len(kept) == 1 else c.add(do, *kept, type=Type.NUMBER)


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
    value = number_at(c, place)
    if value is not None:
        return c.number(round_exact(value, rounding))
    op = c.op(place)
    if op.do is Do.ROUND and op.param == rounding:
        return place
    return c.add(Do.ROUND, place, type=Type.NUMBER, param=rounding)


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
