"""How children become a parent, while some of them may be excluded.

With few children that can be excluded every possible set of them is looked at; with more, bounds that hold for any set.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from typing import Final

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp, Expr, Member, ShareRule
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.prove import lattice
from perfrules.prove.enclosure import Enclosure, exactly, hull_of
from perfrules.prove.families.arithmetic import states_of, strict
from perfrules.prove.families.means import mean_of
from perfrules.prove.families.shares import Child, any_exclusion, sum_of
from perfrules.prove.scene import Scene

_MOST_OPEN: Final = 5
"""With at most so many children that can be excluded, all sets of them are looked at."""

_ZERO: Final = exactly(Exact(0))


@frozen
class Enclosed:
    """A member with the enclosures of its marks, weight and full marks."""

    member: Member
    marks: Enclosure
    weight: Enclosure | None = field(default=None)
    full: Enclosure | None = field(default=None)

    @property
    def can_be_left_out(self) -> bool:
        """Tell whether the member may be excluded."""
        return State.EXCLUDED in self.marks.states

    @property
    def can_stay(self) -> bool:
        """Tell whether the member may have marks."""
        return self.marks.numbers is not None

    def as_child(self) -> Child:
        """Return what the arithmetic of shares needs."""
        return Child(
            self.member.code,
            self.marks.values_only(),
            exactly(Exact(1)) if self.weight is None else self.weight,
            _ZERO if self.full is None else self.full,
        )


def combine(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the combined marks."""
    assert isinstance(expr, core.Combine)
    read = [_read(member, scene) for member in expr.members]
    ordinary = [each for each in read if not each.member.bonus]
    bonuses = [each for each in read if each.member.bonus]
    sizes = [size for each in read for size in (each.weight, each.full) if size is not None]
    states = (
        _states(expr.op, ordinary) | states_of(sizes) | (states_of([each.marks for each in bonuses]) - {State.EXCLUDED})
    )
    if ordinary and all(each.can_be_left_out for each in ordinary):
        states |= {State.EXCLUDED}
    combined = _combined(expr, ordinary) if ordinary else _ZERO
    parts = [combined, *(_bonus(each) for each in bonuses)]
    added = strict(parts, lambda numbers: reduce(interval.add, numbers), lattice.common([part.step for part in parts]))
    return hull_of((added.values_only(), Enclosure(states=states)))


def _read(member: Member, scene: Scene) -> Enclosed:
    marks = scene.enclose(member.value)
    weight = None if member.weight is None else scene.enclose(member.weight)
    return Enclosed(member, marks, weight, None if member.full is None else scene.enclose(member.full))


def _states(op: CombineOp, ordinary: Sequence[Enclosed]) -> frozenset[State]:
    """Return the states other than excluded; the first available passes over missing members while another is left."""
    states = states_of([each.marks for each in ordinary]) - {State.EXCLUDED}
    passed_over = {State.EXCLUDED, State.MISSING}
    if op is CombineOp.FIRST_AVAILABLE and not all(each.marks.states & passed_over for each in ordinary):
        states -= {State.MISSING}
    return states


def _bonus(each: Enclosed) -> Enclosure:
    return hull_of((each.marks.values_only(), _ZERO)) if each.can_be_left_out else each.marks


def _combined(expr: core.Combine, ordinary: Sequence[Enclosed]) -> Enclosure:
    match expr.op:
        case CombineOp.BEST | CombineOp.WORST:
            return _extreme(expr.op, ordinary)
        case CombineOp.FIRST_AVAILABLE:
            return _first_available(ordinary)
    open_members = [each for each in ordinary if each.can_be_left_out and each.can_stay]
    if len(open_members) <= _MOST_OPEN:
        return hull_of(_of_set(expr, ordinary, left) for left in _possible_sets(ordinary, open_members) if left)
    children = [(each.as_child(), each.can_be_left_out, each.can_stay) for each in ordinary]
    return any_exclusion(expr, children)


def _possible_sets(ordinary: Sequence[Enclosed], open_members: Sequence[Enclosed]) -> Iterator[list[Enclosed]]:
    """Yield the members left, for every possible set of excluded ones."""
    staying = [each for each in ordinary if each.can_stay or not each.can_be_left_out]
    for size in range(len(open_members) + 1):
        for dropped in combinations(open_members, size):
            yield [each for each in staying if not any(each is one for one in dropped)] if dropped else staying


def _of_set(expr: core.Combine, ordinary: Sequence[Enclosed], left: Sequence[Enclosed]) -> Enclosure:
    staying = [each.as_child() for each in left]
    kept = {id(each) for each in left}
    gone = [each.as_child() for each in ordinary if id(each) not in kept]
    rule = _rule(expr, staying, gone)
    if expr.op is CombineOp.SUM:
        return sum_of(rule, expr.to, staying, gone)
    return mean_of(expr.op, rule, expr.to, staying, gone)


def _rule(expr: core.Combine, staying: Sequence[Child], gone: Sequence[Child]) -> ShareRule | None:
    if not gone:
        return None
    if expr.op is CombineOp.MEDIAN:
        return ShareRule.RESCALE  # the median simply looks at the members left
    taker_left = any(child.code == expr.to for child in staying)
    return ShareRule.RESCALE if expr.share is ShareRule.TO and not taker_left else expr.share


def _extreme(op: CombineOp, ordinary: Sequence[Enclosed]) -> Enclosure:
    """The best is at least the best of those surely there; without exclusions that is exact."""
    all_marks = hull_of(each.marks.values_only() for each in ordinary)
    certain = [each.marks.numbers for each in ordinary if each.marks.numbers is not None and not each.marks.states]
    if not certain or all_marks.numbers is None:
        return all_marks
    choose = interval.maximum if op is CombineOp.BEST else interval.minimum
    bound = reduce(choose, certain)
    if op is CombineOp.BEST:
        inside = interval.make_interval(bound.lo, all_marks.numbers.hi, bound.lo_closed, all_marks.numbers.hi_closed)
    else:
        inside = interval.make_interval(all_marks.numbers.lo, bound.hi, all_marks.numbers.lo_closed, bound.hi_closed)
    return all_marks if inside is None else Enclosure(numbers=inside, step=all_marks.step)


def _first_available(ordinary: Sequence[Enclosed]) -> Enclosure:
    found: list[Enclosure] = []
    for each in ordinary:
        found.append(each.marks.values_only())
        if not each.marks.states & {State.EXCLUDED, State.MISSING}:
            break
    return hull_of(found)
