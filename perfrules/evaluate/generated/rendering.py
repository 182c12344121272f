"""From what generated code leaves to exact values, slot by slot, when somebody looks."""

from fractions import Fraction
from typing import Any, NamedTuple

from attrs import field, frozen

from perfrules.evaluate.generated.terms import Rep
from perfrules.evaluate.trace import NOT_EVALUATED, StepValue
from perfrules.lang.states import State


class Kept(NamedTuple):
    """Where a slot's value is kept: its form, the positions of its parts (or a lower number known when generating)."""

    rep: Rep
    top: int
    bottom: int
    bottom_is_position: bool
    marker: int | None


class Constant(NamedTuple):
    """A slot whose value is known without evaluating, if it is evaluated at all."""

    value: StepValue
    marker: int | None


class RecordSteps(NamedTuple):
    """A slot that holds what an aggregate saw: a list of (taken, body) whose bodies have this form."""

    rep: Rep
    top: int
    bottom: int
    marker: int | None


Place = Kept | Constant | RecordSteps


@frozen(eq=False)
class GeneratedRendering:
    """How to read the tuple that one generated function returns; a slot without a place is never evaluated."""

    places: dict[int, Place] = field(repr=False)

    def value(self, raw: tuple[object, ...], slot: int) -> StepValue:
        """Return the exact value of *slot*."""
        place = self.places.get(slot)
        if place is None or not was_run(place.marker, raw):
            return NOT_EVALUATED
        match place:
            case Constant():
                return place.value
            case RecordSteps():
                return _records(place, raw[place.top])
            case Kept():
                bottom = raw[place.bottom] if place.bottom_is_position else place.bottom
                return exact(place.rep, raw[place.top], bottom)

    def state(self, raw: tuple[object, ...], slot: int) -> State | None:
        """Return the state of *slot*, without making its value."""
        place = self.places.get(slot)
        if place is None or isinstance(place, RecordSteps) or not was_run(place.marker, raw):
            return None
        found = place.value if isinstance(place, Constant) else raw[place.top]
        return found if isinstance(found, State) else None


def was_run(marker: int | None, raw: tuple[object, ...]) -> bool:
    """Tell whether the code ran that sets what is kept at position *marker*; None: code that always runs."""
    return marker is None or raw[marker] is not None


def exact(rep: Rep, top: object, bottom: object) -> StepValue:
    """Make the exact value of what is kept in the form *rep*; a state and None stand for themselves."""
    if isinstance(top, int) and isinstance(bottom, int) and rep in (Rep.SCALED, Rep.PAIR):
        return Fraction(top, bottom)
    return top  # type: ignore[return-value]  # every other form keeps the value itself


def _records(place: RecordSteps, kept: object) -> StepValue:
    if not isinstance(kept, list):
        return ()
    return tuple((taken, _body(place, body)) for taken, body in kept)


def _body(place: RecordSteps, body: object) -> Any:
    return exact(place.rep, *body) if type(body) is tuple else exact(place.rep, body, place.bottom)
