"""Ranks of a cohort by total: competition ranking, and a range of ranks where marks are still open.

Whoever has equal totals shares the rank, and as many of the next ranks are left out (1, 2, 2, 4). An entity whose rank
depends on marks that are still open, its own or those of others, has the best and the worst rank it can come to. Who
has no total has no rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from perfrules.lang.interval import Interval


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
    return tuple(
        None if own is None else _rank(own, (*totals[:place], *totals[place + 1 :])) for place, own in enumerate(totals)
    )


def _rank(own: Interval, others: Iterable[Interval | None]) -> Rank:
    sure = possible = 0
    for other in others:
        if other is None:
            continue
        sure += _is_above(other, own)
        possible += _can_be_above(other, own)
    return Rank(1 + sure, 1 + possible)


def _is_above(other: Interval, own: Interval) -> bool:
    """Tell whether every number of *other* is greater than every one of *own*."""
    if other.lo is None or own.hi is None:
        return False
    return other.lo > own.hi or (other.lo == own.hi and not (other.lo_closed and own.hi_closed))


def _can_be_above(other: Interval, own: Interval) -> bool:
    return other.hi is None or own.lo is None or other.hi > own.lo
