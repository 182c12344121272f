"""What is relied upon about data: what is declared, and, where nothing is, what the data at hand show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from perfrules.ir.inputs import Facts, FactValue, InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact, decimal_places
from perfrules.lang.interval import Interval
from perfrules.lang.states import State
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure, Records
from perfrules.prove.lattice import tighten

_MOST_PLACES = 12


@frozen
class Reliance:
    """A fact about data that is not declared: at most so many decimals, or a size below a power of ten."""

    name: str
    decimals: int | None = None
    below: Exact | None = None


@frozen
class Measured:
    """What each input can be, and what of that was measured."""

    inputs: Mapping[str, Enclosure]
    reliances: tuple[Reliance, ...] = field(default=())


def measured(plan: Plan, data: Sequence[Facts]) -> Measured:
    """Return what the declarations say, completed by what all of *data* show."""
    inputs = dict(declared(plan))
    relied: list[Reliance] = []
    for each in plan.inputs:
        values = [facts.values[each.name] for facts in data if each.name in facts.values]
        if each.fields:
            inputs[each.name] = _table(each, inputs[each.name], values, relied)
        else:
            inputs[each.name] = _one(each.name, inputs[each.name], values, relied)
    return Measured(inputs, tuple(relied))


def step_of_numbers(numbers: Sequence[Exact]) -> Exact | None:
    """Return the decimal unit of all *numbers*; None where one has no short decimal form.

    >>> step_of_numbers([Exact(3, 2), Exact(1, 4)]), step_of_numbers([Exact(1, 3)])
    (Fraction(1, 100), None)
    """
    places = [decimal_places(number) for number in numbers]
    known = [place for place in places if place is not None]
    if len(known) < len(places) or max(known, default=0) > _MOST_PLACES:
        return None
    return Exact(1, 10 ** max(known, default=0))


def _table(
    declared_as: InputDeclaration, known: Enclosure, values: Sequence[FactValue], relied: list[Reliance]
) -> Enclosure:
    if known.records is None:
        return known
    fields = dict(known.records.fields)
    records = [record for value in values if isinstance(value, tuple) for record in value]
    for each in declared_as.fields:
        name = f"{declared_as.name}.{each.name}"
        fields[each.name] = _one(name, fields[each.name], [record[each.name] for record in records], relied)
    return evolve(known, records=Records(fields))


def _one(name: str, known: Enclosure, values: Sequence[FactValue], relied: list[Reliance]) -> Enclosure:
    if State.PENDING in values:
        known = evolve(known, states=known.states | {State.PENDING})
    numbers = list(_numbers(values))
    if known.numbers is None or not numbers:
        return known
    if known.step is None:
        step = step_of_numbers(numbers)
        if step is not None:
            relied.append(Reliance(name, decimals=decimal_places(step)))
            known = evolve(known, step=step)
    if known.numbers is not None and (known.numbers.lo is None or known.numbers.hi is None):
        below = _power_above(max(abs(number) for number in numbers))
        relied.append(Reliance(name, below=below))
        known = evolve(known, numbers=_bounded(known.numbers, below))
    inside = None if known.numbers is None else tighten(known.numbers, known.step)
    return known if inside is None else evolve(known, numbers=inside)


def _bounded(numbers: Interval, below: Exact) -> Interval:
    low = -below if numbers.lo is None else numbers.lo
    high = below if numbers.hi is None else numbers.hi
    return Interval(low, high, numbers.lo_closed or numbers.lo is None, numbers.hi_closed or numbers.hi is None)


def _numbers(values: Sequence[FactValue]) -> Iterator[Exact]:
    for value in values:
        if isinstance(value, Exact):
            yield value


def _power_above(size: Exact) -> Exact:
    power = Exact(1)
    while power <= size:
        power *= 10
    return power
