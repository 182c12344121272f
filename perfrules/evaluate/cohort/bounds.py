"""Where a statistic will lie while values of some members are still open: sound, and exact where that is cheap.

What never falls when a value rises lies between its values at the low and at the high ends of all. Who may yet leave
can move most statistics anywhere between all the values.
"""

from __future__ import annotations

from typing import Final

from perfrules.evaluate.cohort.divided import bounds_of_share, is_divided
from perfrules.evaluate.cohort.members import Member
from perfrules.evaluate.cohort.open_members import Ends, Open, interval_of, stays
from perfrules.evaluate.cohort.statistics import of_all
from perfrules.ir.expressions import CohortOp, PercentileMethod, TiesRule
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval

_ZERO, _ONE = Exact(0), Exact(1)
_UNIT: Final = Interval(_ZERO, _ONE)


def bounds(open_: Open, own: Member) -> Interval | None:
    """Return where the statistic of *own* will lie; None where it is no number or nothing is known."""
    op, least, most = open_.expr.op, len(open_.staying), open_.most
    match op:
        case CohortOp.ANY | CohortOp.ALL:
            return None
        case CohortOp.COUNT:
            return Interval(Exact(least), Exact(most))
        case CohortOp.COUNT_DISTINCT:
            return Interval(Exact(min(least, 1)), Exact(most))
        case CohortOp.RANK:
            return _rank(open_, own)
        case CohortOp.PERCENTILE_RANK:
            return _percentile_rank(open_, own)
        case CohortOp.APPORTIONMENT:
            return bounds_of_share(open_, own)
        case CohortOp.SUM:
            return _sum(open_)
    if least < _fewest(open_):
        return None  # what holds where nobody counts is possible, too
    match op:
        case CohortOp.SHARE:
            return _share(open_)
        case CohortOp.DEVIATION_POPULATION | CohortOp.DEVIATION_SAMPLE:
            return _spread(open_)
        case CohortOp.MAXIMUM:
            return Interval(_last(open_.lows), _last(open_.highs_of_all))
        case CohortOp.MINIMUM:
            return Interval(_first(open_.lows_of_all), _first(open_.highs))
        case _:
            return _between_ends(open_, own)


def settled(open_: Open, own: Member, within: Interval | None) -> Exact | None:
    """Return the value of a statistic that will lie *within* if it can come out in one way only, and nobody leaves."""
    if open_.leaving or within is None or not within.is_point:
        return None
    if open_.expr.op is CohortOp.APPORTIONMENT and not is_divided(open_, own):
        return None
    return within.lo


def _fewest(open_: Open) -> int:
    """How many must stay, so that the statistic surely has a value of its own."""
    trimming = open_.expr.trimming
    if trimming is not None and trimming.at_least <= trimming.high + trimming.low:
        return trimming.high + trimming.low + 1
    return 2 if open_.expr.op is CohortOp.DEVIATION_SAMPLE else 1


def _rank(open_: Open, own: Member) -> Interval:
    before = open_.above(own) if open_.expr.highest_first else open_.below(own)
    best = (1 + before.strictly[0], 1 + before.strictly[1])
    match open_.expr.ties:
        case TiesRule.WORST:
            return _counts(before.loosely)
        case TiesRule.MEAN:
            return Interval(Exact(best[0] + before.loosely[0], 2), Exact(best[1] + before.loosely[1], 2))
        case TiesRule.DENSE:
            return _counts((min(best[0], 2), best[1]))
        case _:
            return _counts(best)


def _percentile_rank(open_: Open, own: Member) -> Interval:
    if open_.leaving or not stays(own):
        return _UNIT
    before, n = open_.below(own), len(open_.staying)
    match open_.expr.method:
        case PercentileMethod.STRICTLY_BELOW:
            low, high = before.strictly
            return Interval(Exact(low, n), Exact(high, n))
        case PercentileMethod.AT_OR_BELOW:
            low, high = before.loosely
            return Interval(Exact(low, n), Exact(high, n))
        case _:
            low, high = (strictly + loosely for strictly, loosely in zip(*before, strict=True))
            return Interval(Exact(low, 2 * n), Exact(high, 2 * n))


def _sum(open_: Open) -> Interval:
    low, high = _total(open_.lows), _total(open_.highs)
    for member in open_.leaving:
        inside = interval_of(member)
        low = None if low is None or inside.lo is None else low + min(inside.lo, _ZERO)
        high = None if high is None or inside.hi is None else high + max(inside.hi, _ZERO)
    return Interval(low, high)


def _share(open_: Open) -> Interval:
    if open_.leaving:
        return _UNIT
    n = len(open_.staying)
    holding = sum(member.body is True for member in open_.staying)
    undecided = sum(not isinstance(member.body, bool) for member in open_.staying)
    return Interval(Exact(holding, n), Exact(holding + undecided, n))


def _spread(open_: Open) -> Interval:
    low, high = _first(open_.lows_of_all), _last(open_.highs_of_all)
    return Interval(_ZERO, None if low is None or high is None else high - low)


def _between_ends(open_: Open, own: Member) -> Interval:
    if open_.leaving:
        return Interval(_first(open_.lows_of_all), _last(open_.highs_of_all))

    def at(ends: Ends) -> Exact | None:
        found = of_all(open_.expr, ends.known, own.at) if not ends.unbounded else None
        return found if isinstance(found, Exact) else None

    return Interval(at(open_.lows), at(open_.highs))


def _counts(ends: tuple[int, int]) -> Interval:
    return Interval(Exact(ends[0]), Exact(ends[1]))


def _first(ends: Ends) -> Exact | None:
    return None if ends.unbounded else ends.known[0]


def _last(ends: Ends) -> Exact | None:
    return None if ends.unbounded else ends.known[-1]


def _total(ends: Ends) -> Exact | None:
    return None if ends.unbounded else sum(ends.known, _ZERO)
