"""Functions whose results are rarely rational: the true real result, rounded to 34 significant digits, half even.

Powers with an integer exponent are plain rational arithmetic and are not rounded. Every other result is correctly
rounded by Ziv's method: enclose the true result between two decimals of some precision, and raise the precision until
both ends round to the same 34 digits. That ends because a result that is rational (`ln 1`, `sqrt(9/4)`) is found
beforehand, and an irrational one is never exactly on a rounding boundary. All decimal contexts are our own, so the
caller's context and thread do not matter. Arguments outside a function's domain raise ValueError.
"""

from collections.abc import Callable, Iterable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Final, TypeAlias

from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact

DIGITS: Final = 34
MAX_RESULT_EXPONENT: Final = 6144
"""Results of 10^6144 and more, or under 10^-6144, are refused (the range of IEEE decimal128)."""
MAX_POWER_BITS: Final = 200_000
"""Integer powers with a longer numerator or denominator are refused."""

_TO_34_DIGITS: Final = Rounding(Mode.HALF_EVEN, Significant(DIGITS))
_FIRST_PRECISION: Final = DIGITS + 12

_Enclosure: TypeAlias = tuple[Decimal, Decimal]


def ln(x: Exact) -> Exact:
    """Return the natural logarithm of a positive number.

    >>> from perfrules.lang.exact import as_text
    >>> as_text(ln(Exact(2)))
    '0.6931471805599453094172321214581766'
    >>> ln(Exact(1))
    Fraction(0, 1)
    """
    if x <= 0:
        raise ValueError("ln needs a positive number")
    return Exact(0) if x == 1 else _correctly_rounded(lambda precision: _ln_of(_enclose(x, precision), precision))


def exp(x: Exact) -> Exact:
    """Return e raised to *x*.

    >>> from perfrules.lang.exact import as_text
    >>> as_text(exp(Exact(1)))
    '2.718281828459045235360287471352662'
    """
    if x == 0:
        return Exact(1)
    _refuse_extreme(x)
    return _correctly_rounded(lambda precision: _exp_of(_enclose(x, precision), precision))


def sqrt(x: Exact) -> Exact:
    """Return the square root of a number that is not negative.

    >>> sqrt(Exact(9, 4))
    Fraction(3, 2)
    """
    return root(x, 2)


def root(x: Exact, n: int) -> Exact:
    """Return the real *n*-th root, *n* >= 1; of a negative number only for odd *n*.

    >>> root(Exact(-27, 8), 3)
    Fraction(-3, 2)
    """
    if n < 1:
        raise ValueError("the degree of a root is at least 1")
    if x < 0 and n % 2 == 0:
        raise ValueError("an even root needs a number that is not negative")
    return -power(-x, Exact(1, n)) if x < 0 and n > 1 else power(x, Exact(1, n))


def power(x: Exact, y: Exact) -> Exact:
    """Return *x* to the power *y*; exactly, unrounded, for an integer *y*. Zero to the power zero is 1.

    >>> power(Exact(2, 3), Exact(-2))
    Fraction(9, 4)
    >>> power(Exact(8), Exact(1, 3))
    Fraction(2, 1)
    """
    if x == 0 and y < 0:
        raise ValueError("zero has no negative power")
    if y.denominator == 1:
        return _integer_power(x, y.numerator)
    if x < 0:
        raise ValueError("a negative number has no power with a fraction as exponent")
    if x in (0, 1):
        return x
    base = _rational_root(x, y.denominator)
    if base is not None:
        return round_exact(_integer_power(base, y.numerator), _TO_34_DIGITS)
    _refuse_extreme(y * ln(x))
    return _correctly_rounded(lambda precision: _power_of(x, y, precision))


def standard_deviation(values: Iterable[Exact], population: bool) -> Exact:
    """Return the standard deviation: over n for a *population*, else over n - 1 for a sample.

    >>> standard_deviation([Exact(2), Exact(4), Exact(4), Exact(4), Exact(5), Exact(5), Exact(7), Exact(9)], True)
    Fraction(2, 1)
    """
    listed = list(values)
    degrees = len(listed) if population else len(listed) - 1
    if degrees < 1:
        raise ValueError("a standard deviation needs one value (population) or two (sample)")
    mean = sum(listed, Exact(0)) / len(listed)
    return sqrt(sum(((value - mean) ** 2 for value in listed), Exact(0)) / degrees)


def _integer_power(x: Exact, n: int) -> Exact:
    bits = max(x.numerator.bit_length(), x.denominator.bit_length())
    if bits > 1 and bits * abs(n) > MAX_POWER_BITS:
        raise ValueError("the power is too long to be held exactly")
    return x**n if bits > 1 else x ** (n % 2 if x else min(n, 1))


def _rational_root(x: Exact, n: int) -> Exact | None:
    """Return the *n*-th root of a positive number if it is rational."""
    numerator, denominator = _integer_root(x.numerator, n), _integer_root(x.denominator, n)
    exact = numerator**n == x.numerator and denominator**n == x.denominator
    return Exact(numerator, denominator) if exact else None


def _integer_root(m: int, n: int) -> int:
    """Return the largest integer whose *n*-th power is at most *m*, for m >= 1."""
    if n >= m.bit_length():
        return 1
    guess = 1 << -(-m.bit_length() // n)
    while True:
        closer = ((n - 1) * guess + m // guess ** (n - 1)) // n
        if closer >= guess:
            return guess
        guess = closer


def _refuse_extreme(exponent_of_e: Exact) -> None:
    if abs(exponent_of_e) > MAX_RESULT_EXPONENT * Exact(23, 10):
        raise ValueError("the result is too large or too small to be held")


def _correctly_rounded(enclose: Callable[[int], _Enclosure]) -> Exact:
    precision = _FIRST_PRECISION
    rounded = _context(DIGITS, ROUND_HALF_EVEN)
    while True:
        low, high = (rounded.plus(end) for end in enclose(precision))
        if low == high:
            return Exact(*low.as_integer_ratio())
        precision *= 2


def _enclose(x: Exact, precision: int) -> _Enclosure:
    numerator, denominator = Decimal(x.numerator), Decimal(x.denominator)
    return (
        _context(precision, ROUND_FLOOR).divide(numerator, denominator),
        _context(precision, ROUND_CEILING).divide(numerator, denominator),
    )


def _ln_of(argument: _Enclosure, precision: int) -> _Enclosure:
    """Enclose ln, which increases and which `decimal` rounds correctly; one more step outward covers that rounding."""
    nearest = _context(precision, ROUND_HALF_EVEN)
    return nearest.next_minus(nearest.ln(argument[0])), nearest.next_plus(nearest.ln(argument[1]))


def _exp_of(argument: _Enclosure, precision: int) -> _Enclosure:
    nearest = _context(precision, ROUND_HALF_EVEN)
    return nearest.next_minus(nearest.exp(argument[0])), nearest.next_plus(nearest.exp(argument[1]))


def _power_of(x: Exact, y: Exact, precision: int) -> _Enclosure:
    logarithm, exponent = _ln_of(_enclose(x, precision), precision), _enclose(y, precision)
    corners = [(a, b) for a in logarithm for b in exponent]
    below, above = _context(precision, ROUND_FLOOR), _context(precision, ROUND_CEILING)
    product = min(below.multiply(a, b) for a, b in corners), max(above.multiply(a, b) for a, b in corners)
    return _exp_of(product, precision)


def _context(precision: int, rounding: str) -> Context:
    traps = [DivisionByZero, InvalidOperation, Overflow]
    return Context(prec=precision, rounding=rounding, Emin=MIN_EMIN, Emax=MAX_EMAX, clamp=0, flags=[], traps=traps)
