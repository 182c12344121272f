"""What generated code calls where writing it out would not pay: states, children left out, irrational functions."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from attrs import frozen

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.means import geometric_mean, harmonic_mean, median
from perfrules.ir.expressions import CombineOp, IrrationalFunction, ShareRule, Trimming
from perfrules.lang import irrational
from perfrules.lang.states import State, join

Number: TypeAlias = Fraction | State
Combined: TypeAlias = tuple[Number, Fraction | None, Fraction | None]


class Unusual(Exception):  # noqa: N818 - named by what happened
    """The facts hold something generated code is not written for; the reference takes over."""


@frozen
class Members:
    """What is known of members when generating: the position *to* counts those that are no bonus."""

    op: CombineOp
    share: ShareRule | None
    to: int | None
    bonus: tuple[bool, ...]


def joined(*operands: object) -> State:
    """Join the states among *operands*."""
    return join(*(operand for operand in operands if isinstance(operand, State)))


def number(top: int | State, bottom: int) -> Number:
    """Return a value as one object."""
    return top if isinstance(top, State) else Fraction(top, bottom)


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


def divide(dividend: Fraction, divisor: Fraction) -> Fraction:
    """Divide, unless by zero."""
    if divisor == 0:
        raise EvaluationDefect("a divisor is zero")
    return dividend / divisor


def whole_power(base: Fraction, exponent: Fraction) -> Fraction:
    """Raise to a whole power."""
    if exponent.denominator != 1 or (base == 0 and exponent < 0):
        raise EvaluationDefect("a power has no value")
    return base**exponent.numerator


def interpolated(subject: Fraction, points: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Follow the line through *points*, flat outside its ends."""
    for (x1, _), (x2, _) in pairwise(points):
        if x2 <= x1:
            raise EvaluationDefect("the points of a curve do not increase")
    held = min(max(subject, points[0][0]), points[-1][0])
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 <= held <= x2:
            return y1 + (held - x1) / (x2 - x1) * (y2 - y1)
    return points[0][1]


def irrational_result(function: IrrationalFunction, numbers: Sequence[Fraction]) -> Fraction:
    """Apply an irrational function; outside its domain is a defect."""
    try:
        if function is IrrationalFunction.ROOT:
            if numbers[1].denominator != 1:
                raise EvaluationDefect("the degree of a root is not whole")
            return irrational.root(numbers[0], numbers[1].numerator)
        if function is IrrationalFunction.POWER:
            return irrational.power(numbers[0], numbers[1])
        one = {IrrationalFunction.LN: irrational.ln, IrrationalFunction.EXP: irrational.exp}
        return one.get(function, irrational.sqrt)(numbers[0])
    except ValueError as refused:
        raise EvaluationDefect(str(refused)) from refused


def trimmed(ordered: list[Fraction], trimming: Trimming | None) -> list[Fraction]:
    """Drop the extremes when there are enough values."""
    if trimming is None or len(ordered) < trimming.at_least:
        return ordered
    without_low = ordered[trimming.low :]
    return without_low[: max(0, len(without_low) - trimming.high)]


def worst_light(lights: Sequence[str]) -> str:
    """Return the most severe light; states are left out."""
    lit = {light for light in lights if not isinstance(light, State)}
    for light in ("red", "yellow", "blue", "green"):
        if light in lit:
            return light
    return State.EXCLUDED


def demoted(grade: str, order: Sequence[str], vetoes: Sequence[tuple[str, bool]], found: Sequence[object]) -> str:
    """Apply vetoes, of which at least one holds or is open."""
    undecided = [state for state in (grade, *found) if isinstance(state, State)]
    if isinstance(grade, State):
        return join(*undecided)
    rank = {name: place for place, name in enumerate(order)}
    reached, last = rank[grade], len(order) - 1
    outcomes = [max(rank[name], reached) if at_most else rank[name] for name, at_most in vetoes]
    holding = [outcome for outcome, holds in zip(outcomes, found, strict=True) if holds is True]
    result = max(holding, default=reached)
    if not undecided:
        return order[result]
    opened = [outcome for outcome, holds in zip(outcomes, found, strict=True) if isinstance(holds, State)]
    stays = result == last and (last in holding or all(outcome == last for outcome in opened))
    return order[last] if stays else join(*undecided)
