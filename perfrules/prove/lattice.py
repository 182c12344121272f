"""Lattices: numbers that are all multiples of one step. None is any number; a step of 0 holds only zero."""

from collections.abc import Sequence
from math import gcd, lcm
from typing import Final, TypeAlias

from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, make_interval

Lattice: TypeAlias = Exact | None

WHOLE: Final = Exact(1)
_FINEST: Final = 10**60
"""Finer lattices are given up: they prove nothing, and their numbers would only grow."""


def of_constant(x: Exact) -> Lattice:
    """Return the coarsest lattice that holds *x*.

    >>> of_constant(Exact(-3, 2))
    Fraction(3, 2)
    """
    return abs(x)


def common(steps: Sequence[Lattice]) -> Lattice:
    """Return the coarsest lattice that holds the sums of members of all *steps*, and each of them.

    >>> common([Exact(1, 2), Exact(1, 3)]), common([Exact(0), Exact(5)]), common([Exact(1), None])
    (Fraction(1, 6), Fraction(5, 1), None)
    """
    known = [step for step in steps if step is not None]
    if len(known) < len(steps) or not known:
        return None
    below = lcm(*(step.denominator for step in known))
    return _kept(Exact(gcd(*((step * below).numerator for step in known)), below))


def product(steps: Sequence[Lattice]) -> Lattice:
    """Return the lattice of the products of members of *steps*.

    >>> product([Exact(1, 2), Exact(3)])
    Fraction(3, 2)
    """
    result = Exact(1)
    for step in steps:
        if step is None:
            return None
        result *= step
    return _kept(result)


def tighten(numbers: Interval, step: Lattice) -> Interval | None:
    """Return the part of *numbers* from the first to the last multiple of *step*; None if there is none.

    >>> from perfrules.lang.interval import show_interval
    >>> show_interval(tighten(Interval(Exact(0), Exact(5, 2), False, True), WHOLE))
    '[1, 2]'
    """
    if step is None:
        return numbers
    if step == 0:
        return Interval(Exact(0), Exact(0)) if Exact(0) in numbers else None
    lo = None if numbers.lo is None else _first_at(numbers.lo, numbers.lo_closed, step)
    hi = None if numbers.hi is None else -_first_at(-numbers.hi, numbers.hi_closed, step)
    if lo == numbers.lo and hi == numbers.hi:
        return numbers
    return make_interval(lo, hi)


def _first_at(start: Exact, closed: bool, step: Exact) -> Exact:
    """Return the first multiple of *step* from *start* on, after it where it is not *closed*."""
    above, below = start.numerator * step.denominator, start.denominator * step.numerator
    whole, rest = divmod(above, below)
    if rest == 0 and closed:
        return start
    return (whole + 1) * step


def holds_any(numbers: Interval, step: Lattice) -> bool:
    """Tell whether a multiple of *step* lies in *numbers*."""
    return tighten(numbers, step) is not None


def kept(numbers: Interval, step: Lattice) -> Interval | None:
    """Return *numbers* as they are told to an author, None if no multiple of *step* is in them.

    Whole numbers get whole ends; of finer lattices the ends are kept as they were written.

    >>> from perfrules.lang.interval import show_interval
    >>> show_interval(kept(Interval(Exact(2), Exact(4), False, False), WHOLE))
    '[3, 3]'
    """
    inside = tighten(numbers, step)
    return inside if step == WHOLE or inside is None else numbers


def _kept(step: Exact) -> Lattice:
    return step if step.denominator <= _FINEST else None
