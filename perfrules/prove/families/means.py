"""Weighted, geometric and harmonic means and medians of children, some of whom are excluded."""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import chain
from math import gcd, lcm
from typing import Final

from attrs import evolve

from perfrules.ir.expressions import CombineOp, ShareRule
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval
from perfrules.lang.irrational import DIGITS, power, root
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact
from perfrules.prove.enclosure import Enclosure, exactly, in_interval
from perfrules.prove.families.shares import Child, total

_ZERO: Final = Exact(0)
_TO_DIGITS: Final = Rounding(Mode.HALF_EVEN, Significant(DIGITS))

Weighted = Sequence[tuple[Exact, Exact]]


def mean_of(
    op: CombineOp, rule: ShareRule | None, to: str | None, staying: Sequence[Child], gone: Sequence[Child]
) -> Enclosure:
    """Enclose the mean of *staying* while *gone* are excluded; a mean never falls when a mark rises."""
    children = _sharing_weights(rule, to, staying, gone)
    numbers = [child.marks.numbers for child in children if child.marks.numbers is not None]
    weights = [child.weight.numbers for child in children if child.weight.numbers is not None]
    if len(numbers) < len(children) or len(weights) < len(children):
        return Enclosure()
    known = [weight.lo for weight in weights if weight.is_point and weight.lo is not None]
    if any(weight.lo is None or weight.lo < 0 for weight in weights):
        return in_interval(EVERYTHING)
    whole = reduce(interval.hull, numbers)
    if op in (CombineOp.GEOMETRIC_MEAN, CombineOp.HARMONIC_MEAN) and (whole.lo is None or whole.lo < 0):
        return in_interval(EVERYTHING)
    if len(known) < len(weights) or sum(known, _ZERO) == 0:
        return in_interval(_with_rounded_ends(whole))
    mean = _MEANS[op]
    low = _corner(mean, [each.lo for each in numbers], known)
    high = _corner(mean, [each.hi for each in numbers], known)
    if op is not CombineOp.WEIGHTED_MEAN or not all(known):
        return in_interval(Interval(low, high))
    low_closed = all(each.lo_closed for each in numbers)
    return in_interval(Interval(low, high, low_closed, all(each.hi_closed for each in numbers)))


def _sharing_weights(
    rule: ShareRule | None, to: str | None, staying: Sequence[Child], gone: Sequence[Child]
) -> list[Child]:
    match rule:
        case ShareRule.LOST:
            return [*staying, *(evolve(child, marks=exactly(_ZERO)) for child in gone)]
        case ShareRule.TO:
            freed = [child.weight for child in gone]
            return [
                evolve(child, weight=total([child.weight, *freed])) if child.code == to else child for child in staying
            ]
        case _:
            return list(staying)


def _corner(
    mean: Callable[[Weighted], Exact | None], marks: Sequence[Exact | None], weights: Sequence[Exact]
) -> Exact | None:
    known = [mark for mark in marks if mark is not None]
    return mean(list(zip(known, weights, strict=True))) if len(known) == len(marks) else None


def _weighted(weighted: Weighted) -> Exact:
    return sum((mark * weight for mark, weight in weighted), _ZERO) / sum((weight for _, weight in weighted), _ZERO)


def _harmonic(weighted: Weighted) -> Exact:
    if any(mark == 0 for mark, _ in weighted):
        return _ZERO
    return sum((weight for _, weight in weighted), _ZERO) / sum((weight / mark for mark, weight in weighted), _ZERO)


def _median(weighted: Weighted) -> Exact:
    ordered, half = sorted(mark for mark, _ in weighted), len(weighted) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _geometric(weighted: Weighted) -> Exact | None:
    """Return the mean as evaluated: the root of a product, 34 digits; None where that cannot be held."""
    if any(mark == 0 for mark, _ in weighted):
        return _ZERO
    below = lcm(*(weight.denominator for _, weight in weighted))
    times = [(weight * below).numerator for _, weight in weighted]
    shared = gcd(*times)
    try:
        product = Exact(1)
        for (mark, _), count in zip(weighted, times, strict=True):
            product *= power(mark, Exact(count // shared))
        return root(product, sum(times) // shared)
    except ValueError:
        return None


def _with_rounded_ends(whole: Interval) -> Interval:
    """Widen an interval so that what rounds to 34 digits stays inside."""
    ends = [end for end in (whole.lo, whole.hi) if end is not None]
    rounded = list(chain(ends, (round_exact(end, _TO_DIGITS) for end in ends)))
    return Interval(None if whole.lo is None else min(rounded), None if whole.hi is None else max(rounded))


_MEANS: Final[dict[CombineOp, Callable[[Weighted], Exact | None]]] = {
    CombineOp.WEIGHTED_MEAN: _weighted,
    CombineOp.GEOMETRIC_MEAN: _geometric,
    CombineOp.HARMONIC_MEAN: _harmonic,
    CombineOp.MEDIAN: _median,
}
