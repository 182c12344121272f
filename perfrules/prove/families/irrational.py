"""Roots, logarithms and powers: monotone, so the ends of an interval give the ends of the image."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, assert_never

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, IrrationalFunction
from perfrules.lang import irrational as functions
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval, intersect
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact
from perfrules.prove.enclosure import Enclosure, in_interval
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.scene import Scene

NOT_NEGATIVE: Final = Interval(Exact(0), None)
POSITIVE: Final = Interval(Exact(0), None, False)

_TO_DIGITS: Final = Rounding(Mode.HALF_EVEN, Significant(functions.DIGITS))


def irrational(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose an irrational function over the part of its domain that its argument reaches."""
    assert isinstance(expr, core.Irrational)
    parts = [scene.enclose(part) for part in expr.operands]
    states = states_of(parts)
    numbers = [part.numbers for part in parts if part.numbers is not None]
    if len(numbers) < len(parts):
        return Enclosure(states=states)
    found = _image(expr.function, numbers)
    return Enclosure(states=states) if found is None else in_interval(found, None, states)


def domain(function: IrrationalFunction, second: Interval | None) -> Interval:
    """Return where *function* is defined, *second* being the degree of a root or the exponent of a power."""
    match function:
        case IrrationalFunction.LN:
            return POSITIVE
        case IrrationalFunction.EXP:
            return EVERYTHING
        case IrrationalFunction.SQRT:
            return NOT_NEGATIVE
        case IrrationalFunction.ROOT:
            odd = second is not None and second.is_point and second.lo is not None and second.lo.numerator % 2 == 1
            return EVERYTHING if odd else NOT_NEGATIVE
        case IrrationalFunction.POWER:
            negative = second is None or second.lo is None or second.lo < 0
            return POSITIVE if negative else NOT_NEGATIVE
        case _:
            assert_never(function)


def _image(function: IrrationalFunction, numbers: list[Interval]) -> Interval | None:
    if function is IrrationalFunction.POWER and (numbers[0].lo is None or numbers[0].lo < 0):
        return EVERYTHING  # a negative base has powers with whole exponents
    argument = intersect(numbers[0], domain(function, numbers[1] if len(numbers) > 1 else None))
    if argument is None:
        return None
    match function:
        case IrrationalFunction.LN:
            return _increasing(argument, functions.ln)
        case IrrationalFunction.EXP:
            return intersect(_increasing(argument, functions.exp), NOT_NEGATIVE)
        case IrrationalFunction.SQRT:
            return _increasing(argument, functions.sqrt)
        case IrrationalFunction.ROOT:
            degree = numbers[1].lo if numbers[1].is_point else None
            if degree is None or degree.denominator != 1 or degree < 1:
                return domain(function, numbers[1])
            return _increasing(argument, lambda x: functions.root(x, degree.numerator))
        case IrrationalFunction.POWER:
            return _powers(argument, numbers[1])
        case _:
            assert_never(function)


def _increasing(argument: Interval, function: Callable[[Exact], Exact]) -> Interval:
    low = None if argument.lo is None else _at(function, argument.lo)
    high = None if argument.hi is None else _at(function, argument.hi)
    return Interval(low, high)


def _powers(base: Interval, exponent: Interval) -> Interval:
    """Enclose x to the y: on a box of positive x the extremes are at its corners."""
    if base.lo is None or base.hi is None or exponent.lo is None or exponent.hi is None:
        return NOT_NEGATIVE
    corners = [_at(partial(_power, exponent=y), x) for x in (base.lo, base.hi) for y in (exponent.lo, exponent.hi)]
    known = [corner for corner in corners if corner is not None]
    if len(known) < len(corners):
        return NOT_NEGATIVE
    # Whole exponents give exact powers, all others rounded ones: both must lie inside.
    known = list(_with_rounded(known))
    if Exact(0) in base and exponent.lo <= 0:
        known.append(Exact(1))
    return Interval(min(known), max(known))


def _power(base: Exact, exponent: Exact) -> Exact:
    return functions.power(base, exponent)


def _with_rounded(corners: Iterable[Exact]) -> Iterable[Exact]:
    for corner in corners:
        yield corner
        yield round_exact(corner, _TO_DIGITS)


def _at(function: Callable[[Exact], Exact], x: Exact) -> Exact | None:
    """Return the function at *x*; None where it is not defined or cannot be held."""
    try:
        return function(x)
    except ValueError:
        return None
