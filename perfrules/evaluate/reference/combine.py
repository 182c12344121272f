"""How children become a parent: what is left out, who takes over its marks, and the means."""

from collections.abc import Sequence
from typing import assert_never

from attrs import evolve, frozen

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.means import geometric_mean, harmonic_mean, median
from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.reference.context import Evaluation, WithExtras, every, joined
from perfrules.evaluate.reference.operations import number, quotient
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import Combine, CombineOp, Member, ShareRule
from perfrules.lang.exact import Exact
from perfrules.lang.states import State


@frozen
class Child:
    """A member with the values of its marks, weight and full marks; `left` tells that it was not excluded."""

    code: str
    marks: Exact
    weight: Exact
    full: Exact
    left: bool


def combine(expr: Combine, parts: Sequence[Placed]) -> Evaluation:
    """Combine the members' values; a state where any that matters is in one."""
    remaining = iter((yield from every(parts)))
    read = [_read(member, [next(remaining) for _ in _present(member)]) for member in expr.members]
    ordinary = [values for member, values in zip(expr.members, read, strict=True) if not member.bonus]
    bonuses = [values[0] for member, values in zip(expr.members, read, strict=True) if member.bonus]
    if ordinary and all(values[0] is State.EXCLUDED for values in ordinary):
        return WithExtras(State.EXCLUDED, (None, None))
    first_available = _first_available([values[0] for values in ordinary])
    if expr.op is CombineOp.FIRST_AVAILABLE:
        decisive = [first_available]
    else:
        decisive = [values[0] for values in ordinary if values[0] is not State.EXCLUDED]
    sizes = [size for values in read for size in values[1:] if size is not None]
    state = joined([*decisive, *sizes, *(marks for marks in bonuses if marks is not State.EXCLUDED)])
    if state is not None:
        return WithExtras(state, (None, None))
    extra = sum((number(marks) for marks in bonuses if marks is not State.EXCLUDED), Exact(0))
    if expr.op is CombineOp.FIRST_AVAILABLE:
        return WithExtras(number(first_available) + extra, (None, None))
    members = [member for member in expr.members if not member.bonus]
    children = [_child(member, values) for member, values in zip(members, ordinary, strict=True)]
    combined = _combined(expr, children) if children else Exact(0)
    return WithExtras(combined + extra, _extras(expr.op, [child for child in children if child.left]))


def _present(member: Member) -> list[object]:
    return [part for part in (member.value, member.weight, member.full) if part is not None]


def _read(member: Member, values: list[Value]) -> tuple[Value, Value | None, Value | None]:
    remaining = iter(values)
    marks = next(remaining)
    weight = None if member.weight is None else next(remaining)
    return marks, weight, None if member.full is None else next(remaining)


def _first_available(values: Sequence[Value]) -> Value:
    for value in values:
        if value is not State.EXCLUDED and value is not State.MISSING:
            return value
    return joined(values) or Exact(0)


def _child(member: Member, values: tuple[Value, Value | None, Value | None]) -> Child:
    marks, weight, full = values
    left = marks is not State.EXCLUDED
    return Child(
        member.code,
        number(marks) if left else Exact(0),
        Exact(1) if weight is None else number(weight),
        Exact(0) if full is None else number(full),
        left,
    )


def _combined(expr: Combine, children: Sequence[Child]) -> Exact:
    marks = [child.marks for child in children if child.left]
    match expr.op:
        case CombineOp.SUM:
            return _sum(expr, children)
        case CombineOp.WEIGHTED_MEAN | CombineOp.GEOMETRIC_MEAN | CombineOp.HARMONIC_MEAN:
            return _mean(expr.op, _sharing_weights(expr, children))
        case CombineOp.BEST:
            return max(marks)
        case CombineOp.WORST:
            return min(marks)
        case CombineOp.MEDIAN:
            return median(marks)
        case CombineOp.FIRST_AVAILABLE:
            return marks[0]
        case _:
            assert_never(expr.op)


def _sum(expr: Combine, children: Sequence[Child]) -> Exact:
    earned = sum((child.marks for child in children), Exact(0))
    lost = sum((child.full for child in children if not child.left), Exact(0))
    match _rule(expr, children):
        case None | ShareRule.LOST:
            return earned
        case ShareRule.RESCALE:
            full = sum((child.full for child in children), Exact(0))
            return quotient(earned * full, full - lost)
        case ShareRule.TO:
            taker = next(child for child in children if child.code == expr.to)
            return earned - taker.marks + quotient(taker.marks * (taker.full + lost), taker.full)


def _sharing_weights(expr: Combine, children: Sequence[Child]) -> Sequence[Child]:
    """Return the children that the mean is over, an excluded one with 0 marks where its weight is lost."""
    left = [child for child in children if child.left]
    match _rule(expr, children):
        case None | ShareRule.RESCALE:
            return left
        case ShareRule.LOST:
            return children
        case ShareRule.TO:
            freed = sum((child.weight for child in children if not child.left), Exact(0))
            return [evolve(child, weight=child.weight + freed) if child.code == expr.to else child for child in left]


def _rule(expr: Combine, children: Sequence[Child]) -> ShareRule | None:
    """Return what becomes of the marks of excluded children; None if none is excluded."""
    if all(child.left for child in children):
        return None
    if expr.share is None:
        raise EvaluationDefect("a member is excluded, and nothing is said about its marks")
    taker_left = any(child.left for child in children if child.code == expr.to)
    return ShareRule.RESCALE if expr.share is ShareRule.TO and not taker_left else expr.share


def _mean(op: CombineOp, children: Sequence[Child]) -> Exact:
    weighted = [(child.marks, child.weight) for child in children]
    if op is CombineOp.GEOMETRIC_MEAN:
        return geometric_mean(weighted)
    if op is CombineOp.HARMONIC_MEAN:
        return harmonic_mean(weighted)
    return quotient(sum((x * w for x, w in weighted), Exact(0)), sum((w for _, w in weighted), Exact(0)))


def _extras(op: CombineOp, left: Sequence[Child]) -> tuple[Exact | None, Exact | None]:
    if op is CombineOp.SUM:
        return sum((child.marks for child in left), Exact(0)), sum((child.full for child in left), Exact(0))
    if op is CombineOp.WEIGHTED_MEAN:
        weights = sum((child.weight for child in left), Exact(0))
        return sum((child.weight * child.marks for child in left), Exact(0)), weights
    return None, None
