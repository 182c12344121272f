"""Aggregates over the records of one entity, some of whose fields may still be open."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, Trimming
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.irrational import standard_deviation
from perfrules.lang.states import State
from perfrules.prove import lattice
from perfrules.prove.enclosure import NOTHING, Enclosure, exactly, hull_of, in_interval, truth_of
from perfrules.prove.lattice import WHOLE

_Monotone: TypeAlias = Callable[[list[Exact]], Exact | None]


@frozen
class Seen:
    """Whether a record is counted, and what its body is."""

    taken: Enclosure
    body: Enclosure

    @property
    def is_certain(self) -> bool:
        """Tell whether the record is surely counted."""
        return self.taken.booleans == {True} and not self.taken.states

    @property
    def is_possible(self) -> bool:
        """Tell whether the record may be counted."""
        return True in self.taken.booleans


def of_known(expr: core.TableAggregate, seen: Sequence[Seen]) -> Enclosure:
    """Enclose the value of an aggregate that is not empty."""
    left = [each for each in seen if each.is_possible]
    certain = [each for each in left if each.is_certain and not _may_be_skipped(expr, each)]
    match expr.op:
        case AggregateOp.ANY | AggregateOp.ALL:
            return _logical(expr, seen)
        case AggregateOp.COUNT:
            return in_interval(Interval(Exact(len(certain)), Exact(len(left))), WHOLE)
        case AggregateOp.COUNT_DISTINCT:
            return _distinct(certain, left)
        case AggregateOp.SHARE:
            return _share(certain, left)
        case AggregateOp.SUM:
            return _sum(certain, left)
        case AggregateOp.MINIMUM | AggregateOp.MAXIMUM if any(each.body.days is not None for each in left):
            return hull_of(each.body.values_only() for each in left)
        case AggregateOp.DEVIATION_POPULATION | AggregateOp.DEVIATION_SAMPLE:
            return _deviation(expr.op, certain, left)
        case _:
            return _monotone(expr, certain, left)


def _may_be_skipped(expr: core.TableAggregate, each: Seen) -> bool:
    return expr.skipping_missing and State.MISSING in each.body.states


def _sum(certain: Sequence[Seen], left: Sequence[Seen]) -> Enclosure:
    total = exactly(Exact(0))
    for each in left:
        if each.body.numbers is None:
            continue
        numbers = each.body.numbers if each in certain else interval.hull(each.body.numbers, interval.point(Exact(0)))
        assert total.numbers is not None
        total = in_interval(interval.add(total.numbers, numbers), lattice.common([total.step, each.body.step]))
    return total


def _share(certain: Sequence[Seen], left: Sequence[Seen]) -> Enclosure:
    if len(certain) < len(left) or not left:
        return in_interval(Interval(Exact(0), Exact(1)))
    surely = sum(each.body.booleans == {True} and not each.body.states for each in left)
    maybe = sum(True in each.body.booleans for each in left)
    return in_interval(Interval(Exact(surely, len(left)), Exact(maybe, len(left))))


def _distinct(certain: Sequence[Seen], left: Sequence[Seen]) -> Enclosure:
    constants = [each.body.constant for each in certain]
    known = len({constant for constant in constants if constant is not None})
    settled = len(certain) == len(left) and all(constant is not None for constant in constants)
    most = known if settled else len(left)
    return in_interval(Interval(Exact(max(known, bool(certain))), Exact(most)), WHOLE)


def _logical(expr: core.TableAggregate, seen: Sequence[Seen]) -> Enclosure:
    """ANY is true by one counted record whose body holds; ALL is false by one counted record whose body does not."""
    decisive = expr.op is AggregateOp.ANY
    counted = [each for each in seen if each.is_certain and not _may_be_skipped(expr, each)]
    surely = any(each.is_certain and each.body.booleans == {decisive} and not each.body.states for each in seen)
    maybe = any(each.is_possible and decisive in each.body.booleans for each in seen)
    never = all((not decisive) in each.body.booleans or each.body.states for each in counted)
    return truth_of(({decisive} if maybe else set()) | ({not decisive} if never and not surely else set()))


def _deviation(op: AggregateOp, certain: Sequence[Seen], left: Sequence[Seen]) -> Enclosure:
    population = op is AggregateOp.DEVIATION_POPULATION
    numbers = [each.body.numbers for each in left if each.body.numbers is not None]
    points = [each.lo for each in numbers if each.is_point and each.lo is not None]
    if not numbers:
        return NOTHING
    if len(points) == len(left) == len(certain):
        enough = len(points) > (0 if population else 1)
        return exactly(standard_deviation(points, population)) if enough else NOTHING
    whole = reduce(interval.hull, numbers)
    return in_interval(Interval(Exact(0), interval.subtract(whole, whole).hi))


def _monotone(expr: core.TableAggregate, certain: Sequence[Seen], left: Sequence[Seen]) -> Enclosure:
    """A mean, median or extreme never falls when a value rises; with open records it stays among the values."""
    numbers = [each.body.numbers for each in left if each.body.numbers is not None]
    if not numbers:
        return NOTHING
    keeps_step = expr.op in (AggregateOp.MINIMUM, AggregateOp.MAXIMUM)
    step = lattice.common([each.body.step for each in left if each.body.numbers is not None]) if keeps_step else None
    lows, highs = [each.lo for each in numbers], [each.hi for each in numbers]
    if len(certain) < len(left) or len(numbers) < len(left):
        return in_interval(reduce(interval.hull, numbers), step)
    apply = _of_numbers(expr.op, expr.trimming)
    low = None if None in lows else apply([each for each in lows if each is not None])
    high = None if None in highs else apply([each for each in highs if each is not None])
    nothing = (low is None and None not in lows) or (high is None and None not in highs)
    return NOTHING if nothing else in_interval(Interval(low, high), step)


def _of_numbers(op: AggregateOp, trimming: Trimming | None) -> _Monotone:
    match op:
        case AggregateOp.MINIMUM:
            return min
        case AggregateOp.MAXIMUM:
            return max
        case AggregateOp.MEDIAN:
            return _median
        case AggregateOp.TRIMMED_MEAN if trimming is not None:
            return lambda numbers: _trimmed_mean(numbers, trimming)
        case _:
            return _mean


def _mean(numbers: list[Exact]) -> Exact:
    return sum(numbers, Exact(0)) / len(numbers)


def _median(numbers: list[Exact]) -> Exact:
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _trimmed_mean(numbers: list[Exact], trimming: Trimming) -> Exact | None:
    ordered = sorted(numbers)
    if len(ordered) >= trimming.at_least:
        ordered = ordered[trimming.low : max(trimming.low, len(ordered) - trimming.high)]
    return _mean(ordered) if ordered else None
