"""Comparing enclosures: which outcomes are possible, and what an outcome leaves of either side."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import evolve

from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval, intersect, make_interval
from perfrules.prove import lattice
from perfrules.prove.enclosure import Enclosure, Texts, exactly, in_interval, nonzero_part
from perfrules.prove.lattice import WHOLE, Lattice

_ZERO: Final = Exact(0)
_OPPOSITE: Final[Mapping[CompareOp, CompareOp]] = MappingProxyType(
    {
        CompareOp.EQUAL: CompareOp.UNEQUAL,
        CompareOp.UNEQUAL: CompareOp.EQUAL,
        CompareOp.LESS: CompareOp.AT_LEAST,
        CompareOp.AT_LEAST: CompareOp.LESS,
        CompareOp.GREATER: CompareOp.AT_MOST,
        CompareOp.AT_MOST: CompareOp.GREATER,
    }
)
MIRRORED: Final[Mapping[CompareOp, CompareOp]] = MappingProxyType(
    {
        CompareOp.EQUAL: CompareOp.EQUAL,
        CompareOp.UNEQUAL: CompareOp.UNEQUAL,
        CompareOp.LESS: CompareOp.GREATER,
        CompareOp.GREATER: CompareOp.LESS,
        CompareOp.AT_MOST: CompareOp.AT_LEAST,
        CompareOp.AT_LEAST: CompareOp.AT_MOST,
    }
)


def opposite(op: CompareOp) -> CompareOp:
    """Return the comparison that holds exactly where *op* does not.

    >>> opposite(CompareOp.LESS)
    <CompareOp.AT_LEAST: '>='>
    """
    return _OPPOSITE[op]


def outcomes(op: CompareOp, left: Enclosure, right: Enclosure) -> frozenset[bool]:
    """Return which of true and false a comparison of values can come out as."""
    return frozenset(truth for truth, found in ((True, op), (False, opposite(op))) if _possible(found, left, right))


def sides(op: CompareOp, left: Enclosure, right: Enclosure) -> tuple[Enclosure, Enclosure]:
    """Return what is left of both sides where the comparison holds."""
    return _side(op, left, right), _side(MIRRORED[op], right, left)


def gap(op: CompareOp) -> Enclosure:
    """Return what the left number minus the right one can be where the comparison holds."""
    match op:
        case CompareOp.EQUAL:
            return exactly(_ZERO)
        case CompareOp.UNEQUAL:
            return nonzero_part(in_interval(EVERYTHING))
        case CompareOp.LESS | CompareOp.AT_MOST:
            return in_interval(Interval(None, _ZERO, hi_closed=op is CompareOp.AT_MOST))
        case CompareOp.GREATER | CompareOp.AT_LEAST:
            return in_interval(Interval(_ZERO, None, lo_closed=op is CompareOp.AT_LEAST))


def _possible(op: CompareOp, left: Enclosure, right: Enclosure) -> bool:
    match op:
        case CompareOp.UNEQUAL:
            return left.has_value and right.has_value and not _surely_equal(left, right)
        case CompareOp.EQUAL:
            return _side(op, left, right).has_value
        case _:
            return any(
                _ordered(op, a, b)
                for a, b in ((left.numbers, right.numbers), (left.days, right.days))
                if a is not None and b is not None
            )


def _surely_equal(left: Enclosure, right: Enclosure) -> bool:
    found = left.values_only().constant
    return found is not None and found == right.values_only().constant


def _ordered(op: CompareOp, left: Interval, right: Interval) -> bool:
    if op in (CompareOp.GREATER, CompareOp.AT_LEAST):
        return _ordered(MIRRORED[op], right, left)
    if left.lo is None or right.hi is None or left.lo < right.hi:
        return True
    return op is CompareOp.AT_MOST and left.lo == right.hi and left.lo_closed and right.hi_closed


def _side(op: CompareOp, one: Enclosure, other: Enclosure) -> Enclosure:
    """Return what is left of *one* where `one op other` holds."""
    if op is CompareOp.UNEQUAL:
        return _unlike(one, other)
    numbers = _against(op, one.numbers, other.numbers, one.step)
    days = _against(op, one.days, other.days, WHOLE)
    equal = op is CompareOp.EQUAL
    left = Enclosure(
        numbers=numbers,
        step=one.step if numbers else None,
        nonzero=one.nonzero and numbers is not None,
        days=days,
        booleans=one.booleans & other.booleans if equal else frozenset(),
        texts=_shared(one.texts, other.texts) if equal else frozenset(),
        reported=one.reported,
    )
    return nonzero_part(left) if equal and other.nonzero else left


def _against(op: CompareOp, one: Interval | None, other: Interval | None, step: Lattice) -> Interval | None:
    if one is None or other is None:
        return None
    match op:
        case CompareOp.EQUAL:
            bound: Interval | None = other
        case CompareOp.LESS:
            bound = make_interval(None, other.hi, False, False)
        case CompareOp.AT_MOST:
            bound = make_interval(None, other.hi, False, other.hi_closed)
        case CompareOp.GREATER:
            bound = make_interval(other.lo, None, False, False)
        case _:
            bound = make_interval(other.lo, None, other.lo_closed, False)
    inside = None if bound is None else intersect(one, bound)
    return None if inside is None else lattice.tighten(inside, step)


def _unlike(one: Enclosure, other: Enclosure) -> Enclosure:
    """Take the only value of *other*, if it has only one, out of *one* where that can be said."""
    found = other.values_only().constant
    match found:
        case bool():
            return evolve(one, booleans=one.booleans - {found})
        case str() if one.texts is not None:
            return evolve(one, texts=one.texts - {found})
        case Exact() if one.numbers is not None:
            numbers = _without_point(one.numbers, found, one.step)
            left = evolve(
                one, numbers=numbers, step=one.step if numbers else None, nonzero=one.nonzero and bool(numbers)
            )
            return nonzero_part(left) if found == 0 else left
        case _:
            if other.days is not None and other.days.is_point and one.days is not None and other.days.lo is not None:
                return evolve(one, days=_without_point(one.days, other.days.lo, WHOLE))
            return one


def _without_point(numbers: Interval, x: Exact, step: Lattice) -> Interval | None:
    left = make_interval(
        numbers.lo, numbers.hi, numbers.lo_closed and numbers.lo != x, numbers.hi_closed and numbers.hi != x
    )
    return None if left is None else lattice.tighten(left, step)


def _shared(one: Texts, other: Texts) -> Texts:
    if one is None or other is None:
        return other if one is None else one
    return one & other
