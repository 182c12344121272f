"""Ranks of a cohort by total: competition ranking, and a range of ranks where marks are still open.

Whoever has equal totals shares the rank, and as many of the next ranks are left out (1, 2, 2, 4). An entity whose rank
depends on marks that are still open, its own or those of others, has the best and the worst rank it can come to. Who
has no total has no rank.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval

_End: TypeAlias = tuple[int, Exact, int]
"""On which side of all numbers, or 0; the number; whether just below or above it."""


@frozen
class Rank:
    """The best and the worst rank an entity can come to: the same where it is settled."""

    best: int
    worst: int

    @property
    def text(self) -> str:
        """The rank for a table."""
        return str(self.best) if self.best == self.worst else f"{self.best}–{self.worst}"


def ranks(totals: Sequence[Interval | None]) -> tuple[Rank | None, ...]:
    """Rank the entities whose *totals* lie in these intervals, the highest first; None where there is no total.

    >>> from perfrules.lang.interval import point
    >>> from perfrules.lang.exact import Exact
    >>> found = ranks([point(Exact(8)), point(Exact(9)), None, Interval(Exact(7), Exact(8)), point(Exact(8))])
    >>> [rank and rank.text for rank in found]
    ['2', '1', None, '2–4', '2']
    """
    known = [total for total in totals if total is not None]
    lows, highs = sorted(_low(each) for each in known), sorted(_bound(each.hi, 1) for each in known)
    return tuple(None if own is None else _rank(own, lows, highs) for own in totals)


def _rank(own: Interval, lows: Sequence[_End], highs: Sequence[_End]) -> Rank:
    """Count who is above for sure, every number of theirs being greater, and who can be; nobody is above oneself."""
    sure = len(lows) - bisect_right(lows, _high(own))
    lowest = _bound(own.lo, -1)
    possible = len(highs) - bisect_right(highs, lowest) - (_bound(own.hi, 1) > lowest)
    return Rank(1 + sure, 1 + possible)


def _low(interval: Interval) -> _End:
    """Return the lower end: one that is not reached lies a trifle higher."""
    side, number, _ = _bound(interval.lo, -1)
    return side, number, 0 if interval.lo_closed else 1


def _high(interval: Interval) -> _End:
    """Return the upper end: one that is not reached lies a trifle lower."""
    side, number, _ = _bound(interval.hi, 1)
    return side, number, 0 if interval.hi_closed else -1


def _bound(end: Exact | None, side: int) -> _End:
    """Return a number in the order of all ends; None is infinite on its *side*."""
    return (side, Exact(0), 0) if end is None else (0, end, 0)
