"""What generated code calls to combine children of which one is left out or in a state."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.generated.runtime import Number, divide, joined
from perfrules.evaluate.means import geometric_mean, harmonic_mean, median
from perfrules.ir.expressions import CombineOp, ShareRule
from perfrules.lang.states import State

Combined: TypeAlias = tuple[Number, Fraction | None, Fraction | None]


@frozen
class Members:
    """What is known of members when generating: the position *to* counts those that are no bonus."""

    op: CombineOp
    share: ShareRule | None
    to: int | None
    bonus: tuple[bool, ...]


def combined(spec: Members, marks: Sequence[Number], weights: Sequence[Number], fulls: Sequence[Number]) -> Combined:
    """Combine members of which at least one is in a state, which may be that it was left out."""
    rows = list(zip(marks, weights, fulls, spec.bonus, strict=True))
    ordinary = [row for row in rows if not row[3]]
    if ordinary and all(row[0] is State.EXCLUDED for row in ordinary):
        return State.EXCLUDED, None, None
    extra = [row[0] for row in rows if row[3] and row[0] is not State.EXCLUDED]
    taken: list[Number] = [row[0] for row in ordinary if row[0] is not State.EXCLUDED]
    if spec.op is CombineOp.FIRST_AVAILABLE:
        available: list[Number] = [mark for mark in taken if mark is not State.MISSING]
        taken = available[:1] or taken
    operands = [*taken, *weights, *fulls, *extra]
    if any(isinstance(operand, State) for operand in operands):
        return joined(*operands), None, None
    bonus = sum((mark for mark in extra if isinstance(mark, Fraction)), Fraction(0))
    if spec.op is CombineOp.FIRST_AVAILABLE:
        return (_known(taken[0]) if taken else Fraction(0)) + bonus, None, None
    children = [(None if m is State.EXCLUDED else _known(m), _known(w), _known(f)) for m, w, f, _ in ordinary]
    earned, applicable = _sums(spec.op, children)
    return (_shared(spec, children) if children else Fraction(0)) + bonus, earned, applicable


Child: TypeAlias = tuple[Fraction | None, Fraction, Fraction]


def _known(found: Number) -> Fraction:
    if isinstance(found, State):
        raise EvaluationDefect("a number is needed")
    return found


def _sums(op: CombineOp, children: Sequence[Child]) -> tuple[Fraction | None, Fraction | None]:
    if op is not CombineOp.SUM and op is not CombineOp.WEIGHTED_MEAN:
        return None, None
    earned = applicable = Fraction(0)
    for marks, weight, full in children:
        if marks is not None:
            earned += marks if op is CombineOp.SUM else weight * marks
            applicable += full if op is CombineOp.SUM else weight
    return earned, applicable


def _shared(spec: Members, children: Sequence[Child]) -> Fraction:
    left = [marks for marks, _, _ in children if marks is not None]
    if spec.op is CombineOp.BEST:
        return max(left)
    if spec.op is CombineOp.WORST:
        return min(left)
    if spec.op is CombineOp.MEDIAN:
        return median(left)
    sizes = [full if spec.op is CombineOp.SUM else weight for _, weight, full in children]
    lost = sum((size for size, child in zip(sizes, children, strict=True) if child[0] is None), Fraction(0))
    share = spec.share
    if len(left) < len(children) and share is None:
        raise EvaluationDefect("a member is excluded, and nothing is said about its marks")
    if share is ShareRule.TO and (spec.to is None or children[spec.to][0] is None):
        share = ShareRule.RESCALE
    if len(left) == len(children):
        share = None
    return (_shared_sum if spec.op is CombineOp.SUM else _shared_mean)(spec, share, children, lost)


def _shared_sum(spec: Members, share: ShareRule | None, children: Sequence[Child], lost: Fraction) -> Fraction:
    earned = Fraction(0)
    for position, (marks, _, full) in enumerate(children):
        if marks is not None:
            takes = share is ShareRule.TO and position == spec.to
            earned += divide(marks * (full + lost), full) if takes else marks
    if share is not ShareRule.RESCALE:
        return earned
    full = sum((full for _, _, full in children), Fraction(0))
    return divide(earned * full, full - lost)


def _shared_mean(spec: Members, share: ShareRule | None, children: Sequence[Child], lost: Fraction) -> Fraction:
    weighted: list[tuple[Fraction, Fraction]] = []
    for position, (marks, weight, _) in enumerate(children):
        if marks is not None:
            takes = share is ShareRule.TO and position == spec.to
            weighted.append((marks, weight + lost if takes else weight))
        elif share is ShareRule.LOST:
            weighted.append((Fraction(0), weight))
    if spec.op is CombineOp.GEOMETRIC_MEAN:
        return geometric_mean(weighted)
    if spec.op is CombineOp.HARMONIC_MEAN:
        return harmonic_mean(weighted)
    return divide(sum((x * w for x, w in weighted), Fraction(0)), sum((w for _, w in weighted), Fraction(0)))
