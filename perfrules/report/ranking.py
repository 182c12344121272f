"""Ranks of a cohort by total: competition ranking, and a range of ranks where marks are still open.

Whoever has equal totals shares the rank, and as many of the next ranks are left out (1, 2, 2, 4). An entity whose rank
depends on marks that are still open, its own or those of others, has the best and the worst rank it can come to. Who
has no total has no rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def ranks(totals: Mapping[str, Interval]) -> dict[str, Rank]:
    """Rank the entities whose *totals* lie in these intervals, the highest first.

    >>> from perfrules.lang.interval import point
    >>> from perfrules.lang.exact import Exact
    >>> found = ranks({"a": point(Exact(8)), "b": point(Exact(9)), "c": point(Exact(8)), "d": point(Exact(7))})
    >>> [f"{name} {rank.text}" for name, rank in found.items()]
    ['a 2', 'b 1', 'c 2', 'd 4']
    """
    return {name: _rank(own, (totals[other] for other in totals if other != name)) for name, own in totals.items()}


def _rank(own: Interval, others: Iterable[Interval]) -> Rank:
    sure = possible = 0
    for other in others:
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
