"""What an expression can be: numbers, conditions, texts, days, states. Sound, not always the smallest.

Numbers and days (as ordinals) are intervals, numbers perhaps on a lattice. An enclosure that allows nothing at all
belongs to an expression that is never evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias

from attrs import evolve, frozen

from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval, hull, intersect, point
from perfrules.lang.states import State
from perfrules.prove import lattice
from perfrules.prove.lattice import Lattice

Texts: TypeAlias = frozenset[str] | None
"""None is any text."""

BOTH: Final = frozenset({False, True})
NO_STATES: Final[frozenset[State]] = frozenset()
ANY_DAY: Final = Interval(Exact(1), Exact(date.max.toordinal()))
_ZERO: Final = Exact(0)


@frozen
class Records:
    """What a table can hold: *known* is one mapping per record; None where only the declared *fields* are known."""

    fields: Mapping[str, Enclosure]
    known: tuple[Mapping[str, Enclosure], ...] | None = None


@frozen(kw_only=True)
class Enclosure:
    """The values and states that an expression can have.

    *step*: all numbers are multiples of it. *nonzero*: zero is not among them although it lies inside the interval.
    *reported*: something here was already reported as wrong, so nothing is known and nothing more is to be said.
    *attained*: both ends are proven reachable.
    """

    numbers: Interval | None = None
    step: Lattice = None
    nonzero: bool = False
    booleans: frozenset[bool] = frozenset()
    texts: Texts = frozenset()
    days: Interval | None = None
    records: Records | None = None
    states: frozenset[State] = NO_STATES
    reported: bool = False
    attained: bool = False

    def __attrs_post_init__(self) -> None:
        # Only said where the interval does not say it, so that equal enclosures compare equal.
        if self.nonzero and (self.numbers is None or _ZERO not in self.numbers):
            object.__setattr__(self, "nonzero", False)

    @property
    def has_value(self) -> bool:
        """Tell whether any value, besides states, is possible."""
        found = self.numbers or self.days or self.records
        return found is not None or bool(self.booleans) or self.texts is None or bool(self.texts)

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing is possible: the expression is never evaluated."""
        return not self.has_value and not self.states

    @property
    def constant(self) -> Exact | bool | str | State | date | None:
        """Return the only value or state that is possible; None if there are more."""
        found = [*self.booleans, *(self.texts or ()), *self.states]
        if self.texts is None or self.records is not None:
            return None
        for numbers in (self.numbers, self.days):
            if numbers is not None and not numbers.is_point:
                return None
        if self.numbers is not None and self.numbers.lo is not None:
            found.append(self.numbers.lo)
        if self.days is not None and self.days.lo is not None:
            found.append(date.fromordinal(int(self.days.lo)))
        return found[0] if len(found) == 1 else None

    @property
    def zero_possible(self) -> bool:
        """Tell whether the number zero is possible."""
        return self.numbers is not None and _ZERO in self.numbers and not self.nonzero

    def without(self, *states: State) -> Enclosure:
        """Return the rest after *states* are ruled out."""
        return evolve(self, states=self.states - set(states), attained=False)

    def values_only(self) -> Enclosure:
        """Return the rest after all states are ruled out."""
        if not self.states and not self.attained:
            return self
        return evolve(self, states=NO_STATES, attained=False)


NOTHING: Final = Enclosure()
UNKNOWN: Final = Enclosure(
    numbers=EVERYTHING,
    booleans=BOTH,
    texts=None,
    days=ANY_DAY,
    states=frozenset(State) - {State.REFUSED},
    reported=True,
)


def in_interval(numbers: Interval, step: Lattice = None, states: Iterable[State] = ()) -> Enclosure:
    """Enclose numbers of *numbers* that are multiples of *step*."""
    inside = lattice.tighten(numbers, step)
    return Enclosure(numbers=inside, step=step if inside else None, states=frozenset(states))


def truth_of(booleans: Iterable[bool], states: Iterable[State] = ()) -> Enclosure:
    """Enclose a condition."""
    return Enclosure(booleans=frozenset(booleans), states=frozenset(states))


def one_of_texts(texts: Iterable[str] | None, states: Iterable[State] = ()) -> Enclosure:
    """Enclose one of *texts*, any text where that is None."""
    return Enclosure(texts=None if texts is None else frozenset(texts), states=frozenset(states))


def in_states(states: Iterable[State]) -> Enclosure:
    """Enclose what is in one of *states*."""
    return Enclosure(states=frozenset(states))


def exactly(value: Exact | bool | str | date | State) -> Enclosure:
    """Enclose one value or state.

    >>> exactly(Exact(3, 2)).step
    Fraction(3, 2)
    """
    match value:
        case State():
            return in_states([value])
        case bool():
            return truth_of([value])
        case str():
            return one_of_texts([value])
        case date():
            return Enclosure(days=point(Exact(value.toordinal())))
        case _:
            return _number(value)


@lru_cache(maxsize=1024)
def _number(value: Exact) -> Enclosure:
    """Enclose one number; the same few stand everywhere in a ruleset."""
    return Enclosure(numbers=point(value), step=lattice.of_constant(value))


def hull_of(enclosures: Iterable[Enclosure]) -> Enclosure:
    """Enclose what any of *enclosures* allows; nothing for none.

    >>> hull_of([exactly(Exact(4)), exactly(Exact(6))]).step
    Fraction(2, 1)
    """
    result = NOTHING
    for each in enclosures:
        result = _hull(result, each)
    return result


def refine(known: Enclosure, also: Enclosure) -> Enclosure:
    """Enclose what both allow: two facts about one expression."""
    numbers = _both(known.numbers, also.numbers)
    step = _refined_step(known.step, also.step)
    inside = None if numbers is None else lattice.tighten(numbers, step)
    refined = Enclosure(
        numbers=inside,
        step=step if inside else None,
        nonzero=known.nonzero or also.nonzero,
        booleans=known.booleans & also.booleans,
        texts=_common_texts(known.texts, also.texts),
        days=_both(known.days, also.days),
        records=known.records if also.records else None,
        states=known.states & also.states,
        reported=known.reported and also.reported,
    )
    return _without_zero_ends(refined)


def nonzero_part(known: Enclosure) -> Enclosure:
    """Enclose *known* without the number zero."""
    return _without_zero_ends(evolve(known, nonzero=True, attained=False))


def _without_zero_ends(known: Enclosure) -> Enclosure:
    numbers = known.numbers
    if not known.nonzero or numbers is None or _ZERO not in numbers:
        return known
    if numbers.is_point:
        return evolve(known, numbers=None, step=None, nonzero=False)
    beside = Interval(
        numbers.lo, numbers.hi, numbers.lo_closed and numbers.lo != 0, numbers.hi_closed and numbers.hi != 0
    )
    inside = lattice.tighten(beside, known.step)
    return evolve(known, numbers=inside, step=known.step if inside else None, nonzero=inside is not None)


def _hull(first: Enclosure, second: Enclosure) -> Enclosure:
    return Enclosure(
        numbers=_either(first.numbers, second.numbers),
        step=_hull_step(first, second),
        nonzero=not first.zero_possible and not second.zero_possible,
        booleans=first.booleans | second.booleans,
        texts=None if first.texts is None or second.texts is None else first.texts | second.texts,
        days=_either(first.days, second.days),
        records=_either_table(first.records, second.records),
        states=first.states | second.states,
        reported=first.reported or second.reported,
    )


def _hull_step(first: Enclosure, second: Enclosure) -> Lattice:
    if first.numbers is None or second.numbers is None:
        return first.step if second.numbers is None else second.step
    return lattice.common([first.step, second.step])


def _refined_step(first: Lattice, second: Lattice) -> Lattice:
    """Return one of the two lattices, the coarser where both are known."""
    if first is None or second is None:
        return first if second is None else second
    return Exact(0) if 0 in (first, second) else max(first, second)


def _either(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return second if first is None else first
    return hull(first, second)


def _either_table(first: Records | None, second: Records | None) -> Records | None:
    if first is None or second is None or first == second:
        return second if first is None else first
    names = first.fields.keys() & second.fields.keys()
    return Records({name: _hull(first.fields[name], second.fields[name]) for name in sorted(names)})


def _both(first: Interval | None, second: Interval | None) -> Interval | None:
    return None if first is None or second is None else intersect(first, second)


def _common_texts(first: Texts, second: Texts) -> Texts:
    if first is None or second is None:
        return second if first is None else first
    return first & second
