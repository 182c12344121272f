"""Sums of columns times constants: constants added up, equal factors multiplied once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.multiples import ONE, Scaled, chosen_once, mapped, negated, number_at, scaled, scaled_parts
from perfrules.batch.tape import Do, Type
from perfrules.lang.exact import Exact


def total(c: Columns, places: Iterable[int]) -> int:
    """Add."""
    return weighted(c, [(ONE, place) for place in places])


def difference(c: Columns, left: int, right: int) -> int:
    """Subtract."""
    return weighted(c, [(ONE, left), (-ONE, right)])


def weighted(c: Columns, terms: Iterable[tuple[Exact, int]]) -> int:
    """Add up numbers times constants; what has the same factor is added first and multiplied once."""
    constant, factors = _collected(c, terms)
    if len(factors) == 1:
        ((place, factor),) = factors.items()
        if chosen_once(c, place):
            return mapped(c, place, lambda x: factor * x + constant)
    added: dict[Exact, list[int]] = {}
    for place, factor in factors.items():
        added.setdefault(factor, []).append(place)
    above = added.pop(ONE, [])
    above += [scaled(c, factor, _sum(c, places)) for factor, places in added.items() if factor > 0]
    below = [scaled(c, -factor, _sum(c, places)) for factor, places in added.items() if factor < 0]
    if below and not above and not constant:
        return negated(c, _sum(c, below))
    if constant > 0 or (constant and below) or not above:
        above.append(c.number(constant))
    elif constant:
        below.append(c.number(-constant))
    plus = _sum(c, above)
    return c.add(Do.SUBTRACT, plus, _sum(c, below), type=Type.NUMBER) if below else plus


def _collected(c: Columns, terms: Iterable[tuple[Exact, int]]) -> tuple[Exact, dict[int, Exact]]:
    """Return the sum of the constants, and each other column's factor."""
    constant = Exact(0)
    factors: dict[int, Exact] = {}
    for factor, place in terms:
        value = number_at(c, place)
        if value is not None:
            constant += factor * value
            continue
        inner = Scaled(ONE, place) if abs(factor) == 1 else scaled_parts(c, place)
        factors[inner.place] = factors.get(inner.place, Exact(0)) + factor * inner.factor
    return constant, {place: factor for place, factor in factors.items() if factor}


def _sum(c: Columns, places: Sequence[int]) -> int:
    return places[0] if len(places) == 1 else c.add(Do.ADD, *places, type=Type.NUMBER)
