"""The members of a group while some are open: the ends of their values, sorted, so that counting takes a look-up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from attrs import field, frozen

from perfrules.evaluate.cohort.members import Asked, Member
from perfrules.ir.expressions import CohortAggregate
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval


@frozen
class Ends:
    """The low or the high ends of some members' values, sorted; and how many are unbounded."""

    known: tuple[Exact, ...]
    unbounded: int

    def below(self, x: Exact, *, strictly: bool) -> int:
        """Count the known ends below *x*, or at it too."""
        return (bisect_left if strictly else bisect_right)(self.known, x)

    def above(self, x: Exact, *, strictly: bool) -> int:
        """Count the known ends above *x*, or at it too."""
        return len(self.known) - self.below(x, strictly=not strictly)

    @property
    def all(self) -> tuple[Exact, ...] | None:
        """All ends; None where some are unbounded."""
        return None if self.unbounded else self.known


class Counts(NamedTuple):
    """How many stand beyond a member: *strictly*, or with all that equal it and itself (*loosely*); at least, most."""

    strictly: tuple[int, int]
    loosely: tuple[int, int]


@frozen(eq=False)
class Open:
    """The members that stay for sure, those that may yet leave, and the ends of those that stay and of all."""

    expr: CohortAggregate
    staying: tuple[Member, ...] = field(repr=False)
    leaving: tuple[Member, ...] = field(repr=False)
    lows: Ends = field(repr=False)
    highs: Ends = field(repr=False)
    lows_of_all: Ends = field(repr=False)
    highs_of_all: Ends = field(repr=False)

    @property
    def most(self) -> int:
        """How many members there can be."""
        return len(self.staying) + len(self.leaving)

    def above(self, own: Member) -> Counts:
        """Count the members whose value is above that of *own*, which is one of them."""
        inside, twice = interval_of(own), self._counted_itself(own)
        if inside.lo is None or inside.hi is None:
            return self._anywhere()
        return Counts(
            (
                self.lows.above(inside.hi, strictly=True),
                self.highs_of_all.above(inside.lo, strictly=True) + self.highs_of_all.unbounded - (not inside.is_point),
            ),
            (
                self.lows.above(inside.hi, strictly=False) - twice + 1,
                self.highs_of_all.above(inside.lo, strictly=False) + self.highs_of_all.unbounded,
            ),
        )

    def below(self, own: Member) -> Counts:
        """Count the members whose value is below that of *own*, which is one of them."""
        inside, twice = interval_of(own), self._counted_itself(own)
        if inside.lo is None or inside.hi is None:
            return self._anywhere()
        return Counts(
            (
                self.highs.below(inside.lo, strictly=True),
                self.lows_of_all.below(inside.hi, strictly=True) + self.lows_of_all.unbounded - (not inside.is_point),
            ),
            (
                self.highs.below(inside.lo, strictly=False) - twice + 1,
                self.lows_of_all.below(inside.hi, strictly=False) + self.lows_of_all.unbounded,
            ),
        )

    def _anywhere(self) -> Counts:
        return Counts((0, self.most - 1), (1, self.most))

    def _counted_itself(self, own: Member) -> bool:
        return stays(own) and interval_of(own).is_point


def opened(expr: CohortAggregate, asked: Asked) -> Open:
    """Look at who is asked; once per group."""
    staying = (*asked.counted, *(member for member in asked.undecided if stays(member)))
    leaving = tuple(member for member in asked.undecided if not stays(member))
    sure = [interval_of(member) for member in staying]
    all_ = [*sure, *(interval_of(member) for member in leaving)]
    return Open(
        expr,
        staying,
        leaving,
        _ends(each.lo for each in sure),
        _ends(each.hi for each in sure),
        _ends(each.lo for each in all_),
        _ends(each.hi for each in all_),
    )


def stays(member: Member) -> bool:
    """Tell whether only the value of a member can be open."""
    return member.taken is True and not member.may_leave


def interval_of(member: Member) -> Interval:
    """Return where the number of a member lies or will lie."""
    if isinstance(member.body, Exact):
        return Interval(member.body, member.body)
    return member.within or EVERYTHING


def _ends(ends: Iterable[Exact | None]) -> Ends:
    all_ = list(ends)
    known = sorted(end for end in all_ if end is not None)
    return Ends(tuple(known), len(all_) - len(known))
