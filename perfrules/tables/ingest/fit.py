"""What a column of numbers has to satisfy, worked out once for a declaration and the facts that are relied on.

A *cell* is the number as it is written; its value is what the rules see: of an input `written as percent` a hundredth.
Ranges and scales of facts are those of values, as in `perfrules.batch.source`.
"""

from __future__ import annotations

from math import ceil, floor
from typing import Final

from attrs import frozen

from perfrules.batch.source import NumberFacts
from perfrules.ir.inputs import Bounds, InputDeclaration, WrittenAs
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Date, Percent, PercentagePoints

MOST_DECIMALS: Final = 9
"""Undeclared decimals are taken up to this many; a row with more is put aside."""
LARGEST: Final = 10**18
"""Undeclared numbers are taken up to this many of their smallest unit; a row with a larger one is put aside."""
_CALENDAR: Final = Bounds(Exact(1), Exact(3_652_059))


_ENDLESS: Final = Exact(10**100)


@frozen
class Fit:
    """Cells are whole multiples of 10**-*decimals*, *low* to *high* of them; *factor* times that is the raw number.

    *harmless* is a raw number within the range. *can_widen*: the declaration allows what the facts do not.
    Nothing fits where *low* is above *high*.
    """

    decimals: int
    factor: int
    low: int
    high: int
    can_widen: bool
    harmless: int


NOTHING_FITS: Final = Fit(0, 1, 1, 0, True, 0)
"""Facts on which nothing can rely yet."""


_FITS: Final[dict[tuple[int, int, bool], tuple[InputDeclaration, NumberFacts, Fit]]] = {}
_MOST_FITS: Final = 100_000


def divisor_of(declaration: InputDeclaration) -> int:
    """Return by what a bare number is divided to be a value.

    >>> divisor_of(InputDeclaration(name="rate", title=None, kind=Percent(), written_as=WrittenAs.PERCENT))
    100
    """
    is_share = isinstance(declaration.kind, Percent | PercentagePoints)
    return 100 if is_share and declaration.written_as is WrittenAs.PERCENT else 1


def declared_bounds(declaration: InputDeclaration) -> Bounds | None:
    """Return the range that no accepted value leaves; of dates that of the calendar, if no other."""
    return _CALENDAR if declaration.bounds is None and isinstance(declaration.kind, Date) else declaration.bounds


def declared_decimals(declaration: InputDeclaration) -> int | None:
    """Return how many decimals a cell may have; None: any."""
    return 0 if isinstance(declaration.kind, Date) else declaration.decimals


def known_fit(declaration: InputDeclaration, facts: NumberFacts, *, unbounded: bool = False) -> Fit:
    """Return `fit_of` the same objects, worked out once for all blocks."""
    key = (id(declaration), id(facts), unbounded)
    found = _FITS.get(key)
    if found is None or found[0] is not declaration or found[1] is not facts:
        if len(_FITS) > _MOST_FITS:
            _FITS.clear()
        found = _FITS[key] = (declaration, facts, fit_of(declaration, facts, unbounded=unbounded))
    return found[2]


def fit_of(declaration: InputDeclaration, facts: NumberFacts, *, unbounded: bool = False) -> Fit:
    """Work out what cells have to satisfy; *unbounded*: an end that the facts leave open is no end.

    >>> share = InputDeclaration(name="a", title=None, kind=Percent(), decimals=2, bounds=Bounds(Exact(0), Exact(9)))
    >>> fit_of(share, NumberFacts(low=Exact(0), high=Exact(9), scale=100)).high
    900
    """
    divisor, bounds = divisor_of(declaration), declared_bounds(declaration)
    allowed = declared_decimals(declaration)
    low, high = _ends(facts, bounds, unbounded)
    multiple = None if facts.scale is None else Exact(facts.scale, divisor)
    if multiple is None or multiple.denominator != 1 or low is None or high is None:
        return NOTHING_FITS
    held = _tens(multiple.numerator)
    decimals = held if allowed is None else min(allowed, held)
    first, last = _whole(low, high, bounds, divisor * 10**decimals)
    can_widen = allowed is None or allowed > held or bounds is None or low > bounds.low or high < bounds.high
    factor = multiple.numerator // 10**decimals
    harmless = anywhere(facts) if first > last else min(max(0, first), last) * factor
    return Fit(decimals, factor, first, last, can_widen, harmless)


def anywhere(facts: NumberFacts) -> int:
    """Return a raw number of the range, or near it where it holds none.

    >>> anywhere(NumberFacts(low=Exact(1, 2), high=Exact(3, 2), scale=10))
    5
    """
    scale = facts.scale or 1
    low = 0 if facts.low is None else ceil(facts.low * scale)
    return max(0, low) if facts.high is None else min(max(0, low), floor(facts.high * scale))


def _ends(facts: NumberFacts, bounds: Bounds | None, unbounded: bool) -> tuple[Exact | None, Exact | None]:
    low, high = facts.low, facts.high
    if unbounded or (bounds is not None and bounds is _CALENDAR):
        return (-_ENDLESS if low is None else low), (_ENDLESS if high is None else high)
    return low, high


def _whole(low: Exact, high: Exact, bounds: Bounds | None, unit: int) -> tuple[int, int]:
    """Return the first and the last whole number of 1/*unit* in [low, high] and in *bounds*."""
    first, last = ceil(low * unit), floor(high * unit)
    if bounds is not None:
        at_low, at_high = bounds.low * unit, bounds.high * unit
        first = max(first, ceil(at_low) if bounds.low_closed else floor(at_low) + 1)
        last = min(last, floor(at_high) if bounds.high_closed else ceil(at_high) - 1)
    return first, last


def _tens(number: int) -> int:
    """Count the tens that divide *number*.

    >>> _tens(1500)
    2
    """
    found = 0
    while number and number % 10 == 0:
        number //= 10
        found += 1
    return found
