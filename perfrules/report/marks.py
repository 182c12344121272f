"""Marks as far as they are known: a number, or between which limits they will lie, or none."""

from __future__ import annotations

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, point
from perfrules.report.figures import figure, figure_between


@frozen(kw_only=True)
class Marks:
    """What was reached of *full*; *within* is None where there are no marks, a point where they are settled."""

    full: Exact | None
    within: Interval | None

    @property
    def is_open(self) -> bool:
        """Tell whether they are still between limits."""
        return self.within is not None and not self.within.is_point

    @property
    def low(self) -> Exact | None:
        """The least they can be; None where there are none, or no limit."""
        return None if self.within is None else self.within.lo

    @property
    def high(self) -> Exact | None:
        """The most they can be; None where there are none, or no limit."""
        return None if self.within is None else self.within.hi

    @property
    def text(self) -> str:
        """The marks for a table: a number, two limits, or a dash."""
        return figure(None) if self.within is None else figure_between(self.within)

    @property
    def lost_text(self) -> str:
        """What was lost of the full marks, or between which limits that is; a dash where that cannot be said."""
        if self.full is None or self.within is None:
            return figure(None)
        within = self.within
        low = None if within.hi is None else self.full - within.hi
        high = None if within.lo is None else self.full - within.lo
        return figure_between(Interval(low, high, within.hi_closed, within.lo_closed))

    def parts(self) -> tuple[Exact, Exact, Exact]:
        """Return which parts of the full marks are reached, still open and lost; they add up to one, or are none."""
        if not self.full or self.full < 0 or self.within is None:
            return Exact(0), Exact(0), Exact(0)
        low, high = (_share(end, self.full, beyond) for end, beyond in ((self.low, 0), (self.high, 1)))
        return low, high - low, 1 - high


def marks_of(score: Exact | None, full: Exact | None, possible: Interval | None) -> Marks:
    """Return the marks: *score* where there is one, else what is *possible*."""
    return Marks(full=full, within=possible if score is None else point(score))


def _share(end: Exact | None, full: Exact, beyond: int) -> Exact:
    return Exact(beyond) if end is None else min(max(end / full, Exact(0)), Exact(1))
