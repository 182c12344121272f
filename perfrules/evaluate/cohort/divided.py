"""Where a part of a divided pool will lie while weights are open: largest remainder moves it to a neighbouring step.

Knows that no weight below zero is divided by: such a group is refused.
"""

from __future__ import annotations

from math import ceil, floor

from perfrules.evaluate.cohort.members import Member
from perfrules.evaluate.cohort.open_members import Open, interval_of, stays
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, hull

_ZERO = Exact(0)


def bounds_of_share(open_: Open, own: Member) -> Interval | None:
    """Return where the part of *own* will lie; None where that is not known."""
    pool, step = own.pool, open_.expr.step
    if not isinstance(pool, Exact) or step is None:
        return None
    least, most = _quota(open_, own)
    ends = [(pool / step) * least, (pool / step) * most]
    inside = Interval(floor(min(ends)) * step, ceil(max(ends)) * step)
    if any(_low(member) > 0 for member in open_.staying):
        return inside
    return hull(inside, Interval(own.empty, own.empty)) if isinstance(own.empty, Exact) else inside


def is_divided(open_: Open, own: Member) -> bool:
    """Tell whether the pool will be divided however the open weights come out: it can be, and not all are zero."""
    pool, step = own.pool, open_.expr.step
    if not isinstance(pool, Exact) or step is None or (pool / step).denominator != 1:
        return False
    lows = [interval_of(member).lo for member in open_.staying]
    return (
        all(member.pool == pool for member in open_.staying)
        and all(low is not None and low >= 0 for low in lows)
        and any(lows)
    )


def _quota(open_: Open, own: Member) -> tuple[Exact, Exact]:
    """Return the least and the greatest share of *own* in all weights."""
    others = [member for member in open_.staying if member is not own]
    least = sum(map(_low, others), _ZERO)
    most = _total([*others, *(member for member in open_.leaving if member is not own)])
    low, high = _low(own), interval_of(own).hi
    lowest = low / (low + most) if low > 0 and most is not None and stays(own) else _ZERO
    if high is None:
        return lowest, Exact(1)
    return lowest, high / (high + least) if high > 0 else _ZERO


def _low(member: Member) -> Exact:
    return max(interval_of(member).lo or _ZERO, _ZERO)


def _total(members: list[Member]) -> Exact | None:
    """Return the most that the weights of *members* can come to; None where there is no most."""
    highs = [interval_of(member).hi for member in members]
    known = [max(high, _ZERO) for high in highs if high is not None]
    return sum(known, _ZERO) if len(known) == len(highs) else None
