"""What generated code calls where writing it out would not pay: states, lights, vetoes of the grade, functions."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.ir.expressions import IrrationalFunction, Trimming
from perfrules.lang import irrational
from perfrules.lang.states import State, join

Number: TypeAlias = Fraction | State


class Unusual(Exception):  # noqa: N818 - named by what happened
    """The facts hold something generated code is not written for; the reference takes over."""


def joined(*operands: object) -> State:
    """Join the states among *operands*."""
    return join(*(operand for operand in operands if isinstance(operand, State)))


def number(top: int | State, bottom: int) -> Number:
    """Return a value as one object."""
    return top if isinstance(top, State) else Fraction(top, bottom)


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


def worst_light(lights: Sequence[str | State]) -> str | State:
    """Return the most severe light; states are left out, but while one is pending only red is certain."""
    lit = {light for light in lights if not isinstance(light, State)}
    if State.PENDING in lights and "red" not in lit:
        return State.PENDING
    for light in ("red", "yellow", "blue", "green"):
        if light in lit:
            return light
    return State.EXCLUDED


def demoted(
    grade: str, order: Sequence[str], vetoes: Sequence[tuple[str, bool]], found: Sequence[object]
) -> str | State:
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
