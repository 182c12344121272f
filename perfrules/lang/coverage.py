"""What a set of intervals leaves uncovered and covers twice, and what rounding makes of an interval."""

from collections.abc import Sequence

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval, intersect, make_interval
from perfrules.lang.rounding import (
    TO_INTEGER_ABOVE,
    TO_INTEGER_BELOW,
    Rounding,
    Significant,
    round_exact,
    step_at,
)


@frozen
class Overlap:
    """What two intervals of a sequence, named by their positions, both hold."""

    first: int
    second: int
    common: Interval


def complement(a: Interval) -> list[Interval]:
    """Return the pieces that *a* leaves of all numbers, from below.

    >>> from perfrules.lang.interval import show_interval
    >>> [show_interval(piece) for piece in complement(Interval(Exact(0), Exact(1), True, False))]
    ['(-∞, 0)', '[1, ∞)']
    """
    below = [] if a.lo is None else [Interval(None, a.lo, False, not a.lo_closed)]
    above = [] if a.hi is None else [Interval(a.hi, None, not a.hi_closed, False)]
    return below + above


def holes(cover: Sequence[Interval], within: Interval = EVERYTHING, integers_only: bool = False) -> list[Interval]:
    """Return what no interval of *cover* holds of *within*, from below; for integers, with closed integer ends.

    >>> from perfrules.lang.interval import show_interval
    >>> bands = [Interval(Exact(0), Exact(5)), Interval(Exact(6), Exact(9))]
    >>> [show_interval(hole) for hole in holes(bands, Interval(Exact(0), Exact(10)))]
    ['(5, 6)', '(9, 10]']
    >>> [show_interval(hole) for hole in holes(bands, Interval(Exact(0), Exact(10)), integers_only=True)]
    ['[10, 10]']
    """
    left = [within]
    for covered in cover:
        rest = (intersect(piece, hole) for hole in left for piece in complement(covered))
        left = [piece for piece in rest if piece is not None]
    if integers_only:
        left = [whole for whole in map(integers_in, left) if whole is not None]
    return sorted(left, key=lambda hole: (hole.lo is not None, hole.lo or Exact(0), not hole.lo_closed))


def overlaps(cover: Sequence[Interval], within: Interval = EVERYTHING, integers_only: bool = False) -> list[Overlap]:
    """Return what two intervals of *cover* both hold of *within*, by their positions.

    >>> bands = [Interval(Exact(0), Exact(5)), Interval(Exact(5), Exact(9)), Interval(Exact(9), None, False)]
    >>> [(found.first, found.second) for found in overlaps(bands)]
    [(0, 1)]
    """
    found: list[Overlap] = []
    for second, later in enumerate(cover):
        for first, earlier in enumerate(cover[:second]):
            common = intersect(earlier, later)
            common = None if common is None else intersect(common, within)
            if common is not None and integers_only:
                common = integers_in(common)
            if common is not None:
                found.append(Overlap(first, second, common))
    return sorted(found, key=lambda each: (each.first, each.second))


def integers_in(a: Interval) -> Interval | None:
    """Return the interval from the first to the last integer in *a*; None if there is none.

    >>> from perfrules.lang.interval import show_interval
    >>> show_interval(integers_in(Interval(Exact(0), Exact(5, 2), False, True)))
    '[1, 2]'
    """
    lo = None if a.lo is None else round_exact(a.lo, TO_INTEGER_ABOVE)
    hi = None if a.hi is None else round_exact(a.hi, TO_INTEGER_BELOW)
    if lo is not None and lo == a.lo and not a.lo_closed:
        lo += 1
    if hi is not None and hi == a.hi and not a.hi_closed:
        hi -= 1
    return make_interval(lo, hi)


def round_interval(a: Interval, rounding: Rounding) -> Interval:
    """Return the smallest interval that holds what rounding makes of the numbers in *a*.

    >>> from perfrules.lang.interval import show_interval
    >>> from perfrules.lang.rounding import Mode
    >>> show_interval(round_interval(Interval(Exact(0), Exact(1), False, False), TO_INTEGER_BELOW))
    '[0, 0]'
    >>> show_interval(round_interval(Interval(Exact(1, 2), Exact(3), False, False), TO_INTEGER_ABOVE))
    '[1, 3]'
    """
    lo, hi = a.lo, a.hi
    if lo is not None:
        lo = round_exact(lo if a.lo_closed else _just_beside(lo, rounding, 1), rounding)
    if hi is not None:
        hi = round_exact(hi if a.hi_closed else _just_beside(hi, rounding, -1), rounding)
    return Interval(
        lo, hi, a.lo_closed or not _shrinks_at(a.lo, rounding), a.hi_closed or not _shrinks_at(a.hi, rounding)
    )


def _just_beside(x: Exact, rounding: Rounding, direction: int) -> Exact:
    """Return a number so close to *x* on one side that rounding is constant up to it, *x* itself left out.

    Rounding only jumps at multiples of half a step; halfway to the next of those there is no jump.
    """
    if _shrinks_at(x, rounding):
        return x
    half = step_at(x, rounding.target) / 2
    if isinstance(rounding.target, Significant):
        half /= 10  # toward zero the steps may be those of the magnitude below
    return x + direction * half / 4 if (x / half).denominator == 1 else _toward_grid(x, half, direction)


def _toward_grid(x: Exact, half: Exact, direction: int) -> Exact:
    grid = round_exact(x / half, TO_INTEGER_ABOVE if direction > 0 else TO_INTEGER_BELOW) * half
    return (x + grid) / 2


def _shrinks_at(x: Exact | None, rounding: Rounding) -> bool:
    """Tell whether steps shrink without end toward *x*: at zero, for significant digits."""
    return x == 0 and isinstance(rounding.target, Significant)
