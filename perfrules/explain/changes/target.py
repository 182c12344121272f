"""A candidate: what a rule looks at would have to be some other number."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.reading import Reading, kind_of
from perfrules.lang.exact import Exact, decimal_places
from perfrules.lang.kinds import Kind, Percent, PercentagePoints, Quantity, Ratio

PROPORTIONS: Final = (Percent, PercentagePoints, Ratio)
_WHOLE: Final = frozenset({"person", "count", "day", "workday"})


@frozen(eq=False)
class Target:
    """*subject* would have to reach *to*, or (*beyond*) to pass it, going up or down from *now*."""

    construct: str
    subject: Placed
    now: Exact
    to: Exact
    upward: bool
    beyond: bool = False

    def is_reached_by(self, value: Exact) -> bool:
        """Tell whether a value of the subject does it."""
        if self.beyond:
            return value > self.to if self.upward else value < self.to
        return value >= self.to if self.upward else value <= self.to


def toward(construct: str, subject: Placed, now: Exact, to: Exact) -> Target:
    """Return the target of reaching another number."""
    return Target(construct, subject, now, to, upward=to > now)


def natural_unit(kind: Kind) -> Exact:
    """Return the step in which people speak of a kind: one percentage point, else one."""
    return Exact(1, 100) if isinstance(kind, PROPORTIONS) else Exact(1)


def one_further(now: Exact, unit: Exact, *, upward: bool) -> Exact:
    """Return one unit more or less; where *now* has no end of decimals, the next multiple of the unit.

    >>> one_further(Exact(1, 2), Exact(1, 100), upward=True), one_further(Exact(9, 11), Exact(1, 100), upward=False)
    (Fraction(51, 100), Fraction(81, 100))
    """
    if decimal_places(now) is not None:
        return now + unit if upward else now - unit
    below = (now / unit).__floor__()
    return (below + 1 if upward else below) * unit


def is_whole(kind: Kind) -> bool:
    """Tell whether a kind counts people, things or days."""
    return isinstance(kind, Quantity) and len(kind.unit.dimensions) == 1 and kind.unit.dimensions[0][0] in _WHOLE


def subject_of(reading: Reading, placed: Placed) -> tuple[Exact, Kind] | None:
    """Return the number that a rule looks at, and its kind; None where it is no number."""
    value = reading.exact(placed)
    return None if value is None else (value, kind_of(reading, placed))
