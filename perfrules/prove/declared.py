"""What the declarations say an input can be."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import assert_never

from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval
from perfrules.lang.kinds import (
    Choice,
    Date,
    Grade,
    Level,
    Lights,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    Table,
    Text,
    Unknown,
    YesNo,
)
from perfrules.lang.states import State
from perfrules.prove.enclosure import (
    ANY_DAY,
    BOTH,
    UNKNOWN,
    Enclosure,
    Records,
    in_interval,
    one_of_texts,
    truth_of,
)
from perfrules.prove.lattice import WHOLE, Lattice, tighten


def declared(plan: Plan) -> Mapping[str, Enclosure]:
    """Return what each input can be: its range, on the lattice of its decimals; optional ones may be missing."""
    found = {declaration.name: input_enclosure(declaration) for declaration in plan.inputs}
    for judged in plan.judged:
        found[f"{judged.code}.level"] = one_of_texts(judged.levels)
        found[f"{judged.code}.mark"] = in_interval(EVERYTHING)
    return MappingProxyType(found)


def input_enclosure(declaration: InputDeclaration) -> Enclosure:
    """Return what one input, or one field of a table, can be."""
    states = {State.MISSING} if declaration.optional else set()
    match declaration.kind:
        case YesNo():
            return truth_of(BOTH, states)
        case Choice(options) | Grade(options) | Level(options):
            return one_of_texts(declaration.options or options, states)
        case Text() | Lights():
            return one_of_texts(None, states)
        case Date():
            days = tighten(_range(declaration), WHOLE) if declaration.bounds else ANY_DAY
            return Enclosure(days=days, states=frozenset(states))
        case Table():
            fields = {field.name: input_enclosure(field) for field in declaration.fields}
            return Enclosure(records=Records(fields), states=frozenset(states))
        case Number() | Ratio() | Percent() | PercentagePoints() | Points() | Quantity():
            return _of_numbers(declaration)
        case Unknown():
            return UNKNOWN
        case _:
            assert_never(declaration.kind)


def step_of(declaration: InputDeclaration) -> Lattice:
    """Return the unit of the declared decimals."""
    places = _places(declaration)
    return None if places is None else Exact(10) ** -places


def _places(declaration: InputDeclaration) -> int | None:
    hundredths = 2 if isinstance(declaration.kind, Percent | PercentagePoints) else 0
    return None if declaration.decimals is None else declaration.decimals + hundredths


def _of_numbers(declaration: InputDeclaration) -> Enclosure:
    bounds = declaration.bounds
    if bounds is None:
        return in_interval(EVERYTHING, step_of(declaration), {State.MISSING} if declaration.optional else set())
    ends = (bounds.low.as_integer_ratio(), bounds.high.as_integer_ratio())
    return _between(ends, (bounds.low_closed, bounds.high_closed), _places(declaration), declaration.optional)


@lru_cache(maxsize=1024)
def _between(
    ends: tuple[tuple[int, int], tuple[int, int]], closed: tuple[bool, bool], places: int | None, optional: bool
) -> Enclosure:
    """Enclose the numbers between *ends*; thousands of inputs have the same range."""
    (low, high), step = ends, None if places is None else Exact(10) ** -places
    return in_interval(Interval(Exact(*low), Exact(*high), *closed), step, {State.MISSING} if optional else set())


def _range(declaration: InputDeclaration) -> Interval:
    bounds = declaration.bounds
    return EVERYTHING if bounds is None else Interval(bounds.low, bounds.high, bounds.low_closed, bounds.high_closed)
