"""What a sum of marks becomes when some children are excluded."""

from collections.abc import Sequence
from functools import reduce

from attrs import frozen

from perfrules.ir.expressions import Combine, CombineOp, ShareRule
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval, point
from perfrules.prove import lattice
from perfrules.prove.enclosure import Enclosure, exactly, hull_of, in_interval
from perfrules.prove.families.arithmetic import quotient, strict

_ZERO = exactly(Exact(0))


@frozen
class Child:
    """A child's marks where it is not excluded, its weight and its full marks."""

    code: str
    marks: Enclosure
    weight: Enclosure
    full: Enclosure


def total(parts: Sequence[Enclosure]) -> Enclosure:
    """Enclose the sum of *parts*; zero for none."""
    everything = [_ZERO, *parts]
    step = lattice.common([part.step for part in everything])
    return strict(everything, lambda numbers: reduce(interval.add, numbers), step)


def times(first: Enclosure, second: Enclosure) -> Enclosure:
    """Enclose the product."""
    step = lattice.product([first.step, second.step])
    return strict((first, second), lambda numbers: interval.multiply(numbers[0], numbers[1]), step)


def sum_of(rule: ShareRule | None, to: str | None, staying: Sequence[Child], gone: Sequence[Child]) -> Enclosure:
    """Enclose the sum of the marks of *staying* while *gone* are excluded."""
    earned = total([child.marks for child in staying])
    match rule:
        case None | ShareRule.LOST:
            return earned
        case ShareRule.RESCALE:
            left = total([child.full for child in staying])
            full = total([child.full for child in (*staying, *gone)])
            ratio = _at_least_one(quotient(full, left))
            return times(earned, ratio)
        case ShareRule.TO:
            others = [child.marks for child in staying if child.code != to]
            taker = next(child for child in staying if child.code == to)
            lost = total([child.full for child in gone])
            ratio = quotient(total([taker.full, lost]), taker.full)
            return total([*others, times(taker.marks, _at_least_one(ratio))])


def any_exclusion(expr: Combine, children: Sequence[tuple[Child, bool, bool]]) -> Enclosure:
    """Enclose the combination whichever children are excluded; each comes with whether it can go and can stay."""
    staying = [child for child, _, stays in children if stays]
    if expr.op is not CombineOp.SUM:
        means = [child.marks for child in staying]
        lost = expr.share is ShareRule.LOST and expr.op is not CombineOp.MEDIAN
        positive = all(_is_positive(child.weight) for child, _, _ in children)
        return hull_of([*means, _ZERO] if lost else means) if positive else in_interval(EVERYTHING)
    lost_sum = total(
        [hull_of((child.marks, _ZERO)) if goes else child.marks for child, goes, stays in children if stays]
    )
    if expr.share is None or expr.share is ShareRule.LOST:
        return lost_sum
    full = total([child.full for child, _, _ in children])
    rescaled = _rescaled(full, staying)
    if expr.share is ShareRule.RESCALE:
        return rescaled
    return hull_of((rescaled, _to_taker(expr.to, children)))


def _rescaled(full: Enclosure, staying: Sequence[Child]) -> Enclosure:
    """A rescaled sum is the full marks times a mean of the children's rates."""
    if not all(_is_positive(child.full) for child in staying):
        return in_interval(EVERYTHING)
    return times(full, hull_of(quotient(child.marks, child.full) for child in staying))


def _to_taker(to: str | None, children: Sequence[tuple[Child, bool, bool]]) -> Enclosure:
    taker = next((child for child, _, stays in children if child.code == to and stays), None)
    if taker is None:
        return Enclosure()
    if not _is_positive(taker.full):
        return in_interval(EVERYTHING)
    rest = [(child, goes) for child, goes, stays in children if stays and child.code != to]
    others = total([hull_of((child.marks, _ZERO)) if goes else child.marks for child, goes in rest])
    freed = total([hull_of((child.full, _ZERO)) for child, goes, _ in children if goes and child.code != to])
    ratio = _at_least_one(quotient(total([taker.full, freed]), taker.full))
    return total([others, times(taker.marks, ratio)])


def _is_positive(size: Enclosure) -> bool:
    return size.numbers is not None and size.numbers.lo is not None and size.numbers.lo >= 0 and not size.zero_possible


def _at_least_one(ratio: Enclosure) -> Enclosure:
    """A whole over a part of it: at least 1 where full marks are not negative, whatever their ranges."""
    if ratio.numbers is None or ratio.numbers.lo is None or ratio.numbers.lo < 0 or ratio.numbers.is_point:
        return ratio
    inside = interval.maximum(ratio.numbers, point(Exact(1)))
    return Enclosure(numbers=Interval(inside.lo, inside.hi, inside.lo_closed, inside.hi_closed), states=ratio.states)
