"""Ways to have a column of numbers in registers, each with what is proved of it; instructions are written on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from attrs import define, field, frozen

from perfrules.batch.columns.code import F8, I8, Reg
from perfrules.lang.exact import Exact

MOST_F8: Final = 2**53
"""Up to here float64 holds every whole number, so sums and products of whole numbers below it are exact."""
MOST_I8: Final = 2**63 - 1
ROUNDOFF: Final = Exact(1, 2**53)
"""The relative error of one operation in float64, to nearest."""
_LEAST: Final = Exact(1, 2**1000)
"""More than what is lost where a result is too small for the full precision of float64."""
GREATEST: Final = Exact(2) ** 900
"""Numbers of greater size are not computed in float64 at all."""


@define(eq=False)
class Whole:
    """Exact: `value = raw · unit`, *raw* whole numbers of at most *size*, in float64 (up to 2**53) or int64."""

    unit: Exact
    dtype: str
    size: Exact
    _write: Callable[[], Reg]
    _reg: Reg | None = None

    def reg(self) -> Reg:
        """Return the register, written at the first call."""
        if self._reg is None:
            self._reg = self._write()
        return self._reg


@define(eq=False)
class Near:
    """In float64, with an error: `|value / factor − cell| <= error`, and `|value / factor| <= size`.

    *held*: what the cells are the clip of, so that clips can be joined and cells at an end are known. *doubt* gives a
    truth: cells where it is true have no bound on their error (None: all have).
    """

    factor: Exact
    error: Exact
    size: Exact
    _write: Callable[[], Reg]
    held: Held | None = field(default=None, repr=False)
    doubt: Callable[[], Reg] | None = None
    _reg: Reg | None = None

    def reg(self) -> Reg:
        """Return the register, written at the first call."""
        if self._reg is None:
            self._reg = self._write()
        return self._reg


@frozen(eq=False)
class Held:
    """Cells of *base* held between two ends (None: not held there), in the units of its cells."""

    base: Near
    low: Exact | None
    high: Exact | None

    def between(self, low: Exact | None, high: Exact | None) -> Held | None:
        """Hold it further; None where the ends would cross."""
        lows = [end for end in (self.low, low) if end is not None]
        highs = [end for end in (self.high, high) if end is not None]
        joined = Held(self.base, max(lows, default=None), min(highs, default=None))
        crosses = joined.low is not None and joined.high is not None and joined.low > joined.high
        return None if crosses else joined


def _at_least_one(size: Exact) -> Exact:
    return max(size, Exact(1))


@define(eq=False)
class Quotient:
    """Exact: `value = factor · above / below` of int64 columns; *below* is positive in every row that matters.

    Their sizes are at least 1, so that what bounds a product bounds its factors.
    """

    factor: Exact
    above: Exact = field(converter=_at_least_one)
    below: Exact = field(converter=_at_least_one)
    _write: Callable[[], tuple[Reg, Reg]]
    _regs: tuple[Reg, Reg] | None = None

    def regs(self) -> tuple[Reg, Reg]:
        """Return the registers of numerator and denominator, written at the first call."""
        if self._regs is None:
            self._regs = self._write()
        return self._regs


Way: TypeAlias = Whole | Near | Quotient


def dtype_for(size: Exact) -> str | None:
    """Return the cheapest type that holds whole numbers of this size exactly; None for Python integers.

    >>> dtype_for(Exact(10**15)), dtype_for(Exact(10**18)), dtype_for(Exact(10**19))
    ('f8', 'i8', None)
    """
    return F8 if size <= MOST_F8 else I8 if size <= MOST_I8 else None


def roundoff(size: Exact) -> Exact:
    """Return the greatest error of one rounding to float64 of a number of at most *size*."""
    return ROUNDOFF * size + _LEAST


def upward(x: Exact) -> Exact:
    """Return a number of few digits that is at least *x* and hardly more, so that bounds stay cheap.

    >>> upward(Exact(1, 3)) >= Exact(1, 3), upward(Exact(1, 3)).denominator.bit_length() < 45
    (True, True)
    """
    if x.denominator.bit_length() <= 48 and x.numerator.bit_length() <= 48:
        return x
    shift = 40 - (x.numerator.bit_length() - x.denominator.bit_length())
    scaled = x.numerator << shift if shift >= 0 else x.numerator
    below = x.denominator if shift >= 0 else x.denominator << -shift
    whole = -(-scaled // below)
    return Exact(whole, 1 << shift) if shift >= 0 else Exact(whole << -shift)


def as_float(x: Exact) -> float:
    """Return the float64 nearest to *x*."""
    return x.numerator / x.denominator
