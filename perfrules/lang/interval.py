"""Intervals of exact numbers with open, closed or unbounded ends, and their arithmetic.

Every operation returns the smallest interval that holds all results for independent operands; an end is closed only
if it is attained. An empty result is None. What a set of intervals leaves uncovered is in `coverage`.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from attrs import frozen

from perfrules.lang.exact import Exact

_End: TypeAlias = tuple[int, Exact, bool]
"""Rank (-1, 0 or 1 for minus infinity, a number, infinity), the number, and whether it is attained."""
_ZERO: Final = Exact(0)


@frozen
class Interval:
    """The numbers from *lo* to *hi*, never none; None is unbounded, and an unbounded end is open."""

    lo: Exact | None
    hi: Exact | None
    lo_closed: bool = True
    hi_closed: bool = True

    def __attrs_post_init__(self) -> None:
        # An unbounded end has one form, so that equal intervals compare equal.
        if self.lo is None:
            object.__setattr__(self, "lo_closed", False)
        if self.hi is None:
            object.__setattr__(self, "hi_closed", False)
        if self.lo is not None and self.hi is not None and _is_empty(self.lo, self.hi, self.lo_closed, self.hi_closed):
            raise ValueError("an interval holds at least one number")

    def __contains__(self, x: Exact) -> bool:
        above = self.lo is None or self.lo < x or (self.lo_closed and self.lo == x)
        below = self.hi is None or x < self.hi or (self.hi_closed and self.hi == x)
        return above and below

    @property
    def is_point(self) -> bool:
        """Tell whether there is only one number in it."""
        return self.lo is not None and self.lo == self.hi


EVERYTHING: Final = Interval(None, None)


def make_interval(
    lo: Exact | None, hi: Exact | None, lo_closed: bool = True, hi_closed: bool = True
) -> Interval | None:
    """Return the interval, or None if it would hold no number.

    >>> make_interval(Exact(1), Exact(1), True, False) is None
    True
    """
    if lo is not None and hi is not None and _is_empty(lo, hi, lo_closed, hi_closed):
        return None
    return Interval(lo, hi, lo_closed, hi_closed)


def point(x: Exact) -> Interval:
    """Return the interval that holds *x* only.

    >>> point(Exact(2)).is_point
    True
    """
    return Interval(x, x)


def add(a: Interval, b: Interval) -> Interval:
    """Return the sums.

    >>> show_interval(add(Interval(Exact(0), Exact(1), True, False), point(Exact(2))))
    '[2, 3)'
    """
    lo = None if a.lo is None or b.lo is None else a.lo + b.lo
    hi = None if a.hi is None or b.hi is None else a.hi + b.hi
    return Interval(lo, hi, a.lo_closed and b.lo_closed, a.hi_closed and b.hi_closed)


def negate(a: Interval) -> Interval:
    """Return the opposites.

    >>> show_interval(negate(Interval(Exact(0), Exact(1), True, False)))
    '(-1, 0]'
    """
    return Interval(_opposite(a.hi), _opposite(a.lo), a.hi_closed, a.lo_closed)


def subtract(a: Interval, b: Interval) -> Interval:
    """Return the differences.

    >>> show_interval(subtract(Interval(Exact(0), Exact(1)), Interval(Exact(0), Exact(1), True, False)))
    '(-1, 1]'
    """
    return add(a, negate(b))


def multiply(a: Interval, b: Interval) -> Interval:
    """Return the products.

    >>> show_interval(multiply(Interval(Exact(-1), Exact(2), True, False), Interval(Exact(0), Exact(3))))
    '[-3, 6)'
    """
    return _span([_end_product(x, y) for x in _ends(a) for y in _ends(b)])


def scale(a: Interval, factor: Exact) -> Interval:
    """Return the products with one number.

    >>> show_interval(scale(Interval(Exact(0), None), Exact(-2)))
    '(-∞, 0]'
    """
    return multiply(a, point(factor))


def divide(a: Interval, b: Interval) -> Interval | None:
    """Return the quotients; None if *b* holds zero.

    >>> show_interval(divide(point(Exact(1)), Interval(Exact(0), Exact(2), False, True)))
    '[1/2, ∞)'
    >>> divide(point(Exact(1)), Interval(Exact(0), Exact(2))) is None
    True
    """
    if _ZERO in b:
        return None
    return multiply(a, Interval(_inverse_end(b.hi), _inverse_end(b.lo), b.hi_closed, b.lo_closed))


def absolute(a: Interval) -> Interval:
    """Return the distances from zero.

    >>> show_interval(absolute(Interval(Exact(-3), Exact(2), False, True)))
    '[0, 3)'
    """
    if _ZERO in a:
        return maximum(point(_ZERO), maximum(a, negate(a)))
    return a if a.lo is not None and a.lo >= 0 else negate(a)


def minimum(a: Interval, b: Interval) -> Interval:
    """Return what the smaller of two can be.

    >>> show_interval(minimum(Interval(Exact(0), Exact(5)), Interval(Exact(2), Exact(3), True, False)))
    '[0, 3)'
    """
    lowest = min((_ends(a)[0], _ends(b)[0]), key=_low_key)
    highest = min((_ends(a)[1], _ends(b)[1]), key=_high_key)
    return _between(lowest, highest)


def maximum(a: Interval, b: Interval) -> Interval:
    """Return what the larger of two can be.

    >>> show_interval(maximum(Interval(Exact(0), Exact(5)), Interval(Exact(2), None)))
    '[2, ∞)'
    """
    return negate(minimum(negate(a), negate(b)))


def hull(a: Interval, b: Interval) -> Interval:
    """Return the smallest interval that holds both.

    >>> show_interval(hull(point(Exact(0)), Interval(Exact(2), Exact(3), True, False)))
    '[0, 3)'
    """
    return _span([*_ends(a), *_ends(b)])


def intersect(a: Interval, b: Interval) -> Interval | None:
    """Return what both hold; None if nothing.

    >>> show_interval(intersect(Interval(Exact(0), Exact(2)), Interval(Exact(1), None, False)))
    '(1, 2]'
    >>> intersect(Interval(Exact(0), Exact(1), True, False), point(Exact(1))) is None
    True
    """
    lo = max((_ends(a)[0], _ends(b)[0]), key=_low_key)
    hi = min((_ends(a)[1], _ends(b)[1]), key=_high_key)
    return make_interval(_bound(lo), _bound(hi), lo[2], hi[2])


def contains_interval(outer: Interval, inner: Interval) -> bool:
    """Tell whether *outer* holds all of *inner*.

    >>> contains_interval(EVERYTHING, point(Exact(1)))
    True
    """
    return intersect(outer, inner) == inner


def raise_to(a: Interval, n: int) -> Interval | None:
    """Return the integer powers; None for a negative *n* where *a* holds zero.

    >>> show_interval(raise_to(Interval(Exact(-2), Exact(1), False, True), 2))
    '[0, 4)'
    """
    if n < 0:
        positive = raise_to(a, -n)
        return None if positive is None else divide(point(Exact(1)), positive)
    if n == 0:
        return point(Exact(1))
    return map_increasing(a if n % 2 else absolute(a), lambda x: x**n)


def map_increasing(a: Interval, function: Callable[[Exact], Exact]) -> Interval:
    """Return the image under a continuous, strictly increasing, unbounded function.

    >>> show_interval(map_increasing(Interval(Exact(0), Exact(1), True, False), lambda x: 2 * x + 1))
    '[1, 3)'
    """
    lo = None if a.lo is None else function(a.lo)
    hi = None if a.hi is None else function(a.hi)
    return Interval(lo, hi, a.lo_closed, a.hi_closed)


def enclose_monotone(a: Interval, function: Callable[[Exact], Exact]) -> Interval:
    """Enclose the image under a function that never decreases: its ends are closed, attained or not.

    >>> show_interval(enclose_monotone(Interval(Exact(0), Exact(1), False, False), lambda x: Exact(5)))
    '[5, 5]'
    """
    return Interval(None if a.lo is None else function(a.lo), None if a.hi is None else function(a.hi))


def show_interval(a: Interval, formatter: Callable[[Exact], str] = str) -> str:
    """Write an interval in the notation of the language.

    >>> show_interval(Interval(Exact(4, 5), Exact(9, 10), True, False), lambda x: f"{x * 100}%")
    '[80%, 90%)'
    """
    lo = "-∞" if a.lo is None else formatter(a.lo)
    hi = "∞" if a.hi is None else formatter(a.hi)
    return f"{'[' if a.lo_closed else '('}{lo}, {hi}{']' if a.hi_closed else ')'}"


def _is_empty(lo: Exact, hi: Exact, lo_closed: bool, hi_closed: bool) -> bool:
    above, below = lo.numerator * hi.denominator, hi.numerator * lo.denominator  # faster than to compare fractions
    return above > below or (above == below and not (lo_closed and hi_closed))


def _ends(a: Interval) -> tuple[_End, _End]:
    lo = (-1, _ZERO, False) if a.lo is None else (0, a.lo, a.lo_closed)
    hi = (1, _ZERO, False) if a.hi is None else (0, a.hi, a.hi_closed)
    return lo, hi


def _low_key(end: _End) -> tuple[int, Exact, bool]:
    """Order lower ends: a closed one reaches lower than an open one at the same number."""
    return end[0], end[1], not end[2]


def _high_key(end: _End) -> tuple[int, Exact, bool]:
    return end


def _bound(end: _End) -> Exact | None:
    return None if end[0] else end[1]


def _between(lo: _End, hi: _End) -> Interval:
    return Interval(_bound(lo), _bound(hi), lo[2], hi[2])


def _span(ends: list[_End]) -> Interval:
    return _between(min(ends, key=_low_key), max(ends, key=_high_key))


def _end_product(x: _End, y: _End) -> _End:
    """Multiply two ends; zero wins over infinity, since the numbers before that end are zero or come close to it."""
    if _is_zero(x) or _is_zero(y):
        return 0, _ZERO, (_is_zero(x) and x[2]) or (_is_zero(y) and y[2])
    sign = _sign(x) * _sign(y)
    return (sign, _ZERO, False) if x[0] or y[0] else (0, x[1] * y[1], x[2] and y[2])


def _is_zero(end: _End) -> bool:
    return end[0] == 0 and end[1] == 0


def _sign(end: _End) -> int:
    return end[0] or (1 if end[1] > 0 else -1)


def _opposite(x: Exact | None) -> Exact | None:
    return None if x is None else -x


def _inverse_end(x: Exact | None) -> Exact | None:
    """Invert an end of an interval without zero: infinity goes to an open zero, an open zero to infinity."""
    if x is None:
        return _ZERO
    return None if x == 0 else 1 / x
