"""Rounding of exact numbers, in exact integer arithmetic.

There is no bare "up" or "down": the standards that use those words mean different things by them.
"""

from enum import StrEnum
from typing import Final, TypeAlias

from attrs import field, frozen

from perfrules.lang.exact import Exact


class Mode(StrEnum):
    """Which neighbour is taken."""

    HALF_UP = "half up"
    HALF_EVEN = "half even"
    HALF_DOWN = "half down"
    CEILING = "ceiling"
    FLOOR = "floor"
    TRUNCATE = "truncate"


@frozen
class Decimals:
    """Round to this many decimals; a negative count rounds to tens, hundreds …"""

    count: int


@frozen
class Significant:
    """Round to this many significant digits, at least one."""

    digits: int = field()

    @digits.validator
    def _at_least_one(self, _attribute: object, digits: int) -> None:
        if digits < 1:
            raise ValueError("significant digits are at least one")


@frozen
class ToStep:
    """Round to a multiple of a positive step."""

    step: Exact = field()

    @step.validator
    def _positive(self, _attribute: object, step: Exact) -> None:
        if step <= 0:
            raise ValueError("a rounding step is positive")


Target: TypeAlias = Decimals | Significant | ToStep


@frozen
class Rounding:
    """One rounding operation: which neighbour, of what grid."""

    mode: Mode
    target: Target


TO_INTEGER_BELOW: Final = Rounding(Mode.FLOOR, Decimals(0))
TO_INTEGER_ABOVE: Final = Rounding(Mode.CEILING, Decimals(0))


def round_exact(x: Exact, rounding: Rounding) -> Exact:
    """Round *x*; ties go away from zero (half up), to the even neighbour (half even) or toward zero (half down).

    >>> round_exact(Exact(1, 8), Rounding(Mode.HALF_UP, Decimals(2)))
    Fraction(13, 100)
    >>> round_exact(Exact(-5, 2), Rounding(Mode.HALF_UP, Decimals(0)))
    Fraction(-3, 1)
    >>> round_exact(Exact(123456), Rounding(Mode.TRUNCATE, Significant(2)))
    Fraction(120000, 1)
    >>> round_exact(Exact(19, 10), Rounding(Mode.HALF_UP, ToStep(Exact(1, 2))))
    Fraction(2, 1)
    """
    step = step_at(x, rounding.target)
    return _to_integer(x / step, rounding.mode) * step


def step_at(x: Exact, target: Target) -> Exact:
    """Return the distance between neighbouring results near *x*.

    >>> step_at(Exact(123456), Significant(2)), step_at(Exact(7), Decimals(2))
    (Fraction(10000, 1), Fraction(1, 100))
    """
    match target:
        case Decimals(count):
            return Exact(10) ** -count
        case Significant(digits):
            return Exact(10) ** (magnitude(x) - digits + 1) if x else Exact(1)
        case ToStep(step):
            return step


def magnitude(x: Exact) -> int:
    """Return the exponent e with 10^e <= |x| < 10^(e+1), for *x* other than zero.

    >>> magnitude(Exact(999)), magnitude(Exact(1000)), magnitude(Exact(-1, 1000)), magnitude(Exact(1, 1001))
    (2, 3, -3, -4)
    """
    if x == 0:
        raise ValueError("zero has no magnitude")
    size = abs(x)
    bits = size.numerator.bit_length() - size.denominator.bit_length()
    guess = (bits - 1) * 30103 // 100000 - 1  # 0.30103 is just above log10(2); the loops below make it exact
    while Exact(10) ** (guess + 1) <= size:
        guess += 1
    while Exact(10) ** guess > size:
        guess -= 1
    return guess


def _to_integer(x: Exact, mode: Mode) -> int:
    below, rest = divmod(x.numerator, x.denominator)
    if rest == 0:
        return below
    match mode:
        case Mode.FLOOR:
            return below
        case Mode.CEILING:
            return below + 1
        case Mode.TRUNCATE:
            return below if x > 0 else below + 1
        case Mode.HALF_UP | Mode.HALF_EVEN | Mode.HALF_DOWN:
            return _to_nearest(below, 2 * rest - x.denominator, mode)


def _to_nearest(below: int, past_half: int, mode: Mode) -> int:
    if past_half:
        return below + (past_half > 0)
    if mode is Mode.HALF_EVEN:
        return below + below % 2
    away = below + (below >= 0)
    toward = below + (below < 0)
    return away if mode is Mode.HALF_UP else toward
