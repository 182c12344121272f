"""The statistics themselves: one value of the values of all that count, or one value for each of them. Exact.

Knows nothing of groups, states and absence; every list has at least one value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.numeric_statistics import statistic_of
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import AggregateOp, CohortAggregate, CohortOp, PercentileMethod, TiesRule
from perfrules.lang.exact import Exact

OF_EACH: Final = frozenset({CohortOp.RANK, CohortOp.PERCENTILE_RANK, CohortOp.APPORTIONMENT})
"""The statistics that differ from member to member of one group."""


def of_all(expr: CohortAggregate, values: Sequence[Value], at: Value | None) -> Value | None:
    """Return the statistic of *values*; None where it has none of so few."""
    match expr.op:
        case CohortOp.COUNT:
            return Exact(len(values))
        case CohortOp.COUNT_DISTINCT:
            return Exact(len(set(values)))
        case CohortOp.SHARE:
            return Exact(sum(value is True for value in values), len(values))
        case CohortOp.PERCENTILE:
            return percentile(_numbers(values), _number(at), expr.method)
        case _:
            return _of_numbers(expr, _numbers(values))


def ranks(values: Sequence[Exact], ties: TiesRule, highest_first: bool) -> list[Exact]:
    """Return the rank of each value among all.

    >>> [str(rank) for rank in ranks([Exact(3), Exact(1), Exact(3)], TiesRule.MEAN, True)]
    ['3/2', '3', '3/2']
    """
    keys = [-value for value in values] if highest_first else list(values)
    ordered = sorted(set(keys)) if ties is TiesRule.DENSE else sorted(keys)
    return [_rank(ordered, key, ties) for key in keys]


def percentile(values: Sequence[Exact], at: Exact, method: PercentileMethod | None) -> Exact:
    """Return the value at the place *at* (0 to 1) of the sorted values.

    >>> percentile([Exact(4), Exact(1)], Exact(1, 2), PercentileMethod.INTERPOLATED)
    Fraction(5, 2)
    """
    ordered = sorted(values)
    if method is PercentileMethod.NEAREST_RANK:
        return ordered[max(1, -(-at * len(ordered) // 1)) - 1]
    place = at * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def percentile_ranks(values: Sequence[Exact], method: PercentileMethod | None) -> list[Exact]:
    """Return for each value the share of all values that lies below it, by the method's meaning of below."""
    ordered, n = sorted(values), len(values)
    strictly = [Exact(bisect_left(ordered, value), n) for value in values]
    at_or_below = [Exact(bisect_right(ordered, value), n) for value in values]
    match method:
        case PercentileMethod.STRICTLY_BELOW:
            return strictly
        case PercentileMethod.AT_OR_BELOW:
            return at_or_below
        case _:
            return [(low + high) / 2 for low, high in zip(strictly, at_or_below, strict=True)]


def apportionment(pool: Exact, weights: Sequence[Exact], names: Sequence[str], step: Exact) -> list[Exact]:
    """Divide *pool* in proportion to *weights*, in multiples of *step*, by largest remainder.

    *pool* is a multiple of *step*, no weight is negative and their sum is positive. Equal remainders are served in the
    order of *names*.

    >>> [str(part) for part in apportionment(Exact(10), [Exact(1)] * 3, ["a", "b", "c"], Exact(1))]
    ['4', '3', '3']
    """
    whole = sum(weights, Exact(0))
    quotas = [pool / step * weight / whole for weight in weights]
    seats = [quota // 1 for quota in quotas]
    left = int(pool / step) - sum(seats)
    order = sorted(range(len(names)), key=lambda place: (seats[place] - quotas[place], names[place]))
    served = set(order[:left])
    return [(seat + (place in served)) * step for place, seat in enumerate(seats)]


def _rank(ordered: Sequence[Exact], key: Exact, ties: TiesRule) -> Exact:
    best = bisect_left(ordered, key) + 1
    match ties:
        case TiesRule.BEST | TiesRule.DENSE:
            return Exact(best)
        case TiesRule.WORST:
            return Exact(bisect_right(ordered, key))
        case TiesRule.MEAN:
            return Exact(best + bisect_right(ordered, key), 2)


def _of_numbers(expr: CohortAggregate, numbers: Sequence[Exact]) -> Exact | None:
    match expr.op:
        case CohortOp.MINIMUM:
            return min(numbers)
        case CohortOp.MAXIMUM:
            return max(numbers)
        case _:
            return statistic_of(AggregateOp(expr.op.value), numbers, expr.trimming)


def _numbers(values: Sequence[Value]) -> list[Exact]:
    return [_number(value) for value in values]


def _number(value: Value | None) -> Exact:
    if isinstance(value, Exact):
        return value
    raise EvaluationDefect(f"a number is needed, not {value!r}")
