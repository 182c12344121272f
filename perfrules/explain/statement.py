"""What explanations are made of: numbers with their kind, the author's words, and sentences named by a key.

No word of any language is in here: a sentence is a key of the catalogue `explain` and its arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from attrs import field, frozen

from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Kind, Lights, Percent, PercentagePoints, Points, Quantity, Ratio
from perfrules.lang.states import State


@frozen
class Figure:
    """An exact number and what kind of number it is."""

    value: Exact
    kind: Kind = field(factory=Points)


@frozen
class Range:
    """The numbers between two ends; None is unbounded."""

    interval: Interval
    kind: Kind = field(factory=Points)


@frozen
class Term:
    """A word of the catalogue, `word.KEY`."""

    key: str


@frozen
class Told:
    """What a plug-in says itself, in each language."""

    texts: tuple[tuple[str, str], ...]


@frozen
class Phrase:
    """Parts written one after the other, with nothing between them."""

    parts: tuple[Part, ...]


@frozen
class Listed:
    """Parts written as the list that the language makes of them."""

    parts: tuple[Part, ...]


@frozen
class Statement:
    """A sentence, or a part of one: the key of its template and the arguments in order of their names."""

    key: str
    args: tuple[tuple[str, Part], ...] = ()


Part: TypeAlias = str | Figure | Range | Term | Told | Phrase | Listed | Statement


def statement(key: str, **args: Part) -> Statement:
    """Make a sentence.

    >>> statement("measure", value=Figure(Exact(1)))
    Statement(key='measure', args=(('value', Figure(value=Fraction(1, 1), kind=Points())),))
    """
    return Statement(key, tuple(sorted(args.items())))


def marks(value: Exact) -> Figure:
    """Return *value* as marks."""
    return Figure(value, Points())


def difference(value: Exact, kind: Kind) -> Figure:
    """Return the difference of two numbers of *kind*: between proportions it is in percentage points.

    >>> difference(Exact(1, 50), Percent())
    Figure(value=Fraction(1, 50), kind=PercentagePoints())
    """
    return Figure(value, PercentagePoints() if isinstance(kind, Percent | Ratio) else kind)


def value_part(value: object, kind: Kind) -> Part:
    """Return any value of a plan as a part: a number, yes or no, a state, a date, a text, a table by its size."""
    match value:
        case State():
            return Term(f"state-{value.value}")
        case bool():
            return Term("yes" if value else "no")
        case Exact():
            return Figure(value, kind)
        case date():
            return value.isoformat()
        case str() if isinstance(kind, Lights):
            return Term(value)
        case tuple():
            return statement("record") if len(value) == 1 else statement("records", count=str(len(value)))
    return str(value)


def unit_code(kind: Kind) -> str:
    """Name the unit of a kind, the same in every language.

    >>> unit_code(Percent()), unit_code(Points())
    ('%', 'points')
    """
    match kind:
        case Percent() | Ratio():
            return "%"
        case PercentagePoints():
            return "pp"
        case Points():
            return "points"
        case Quantity(unit):
            return unit.name
    return ""


def canonical(part: Part) -> object:
    """Return *part* as values of JSON: keys and exact numbers, no translated words."""
    match part:
        case str():
            return part
        case Figure(value, kind):
            return {"number": as_text(value), "unit": unit_code(kind)}
        case Range(interval, kind):
            return {**canonical_interval(interval), "unit": unit_code(kind)}
        case Term(key):
            return {"word": key}
        case Phrase(parts):
            return {"phrase": [canonical(each) for each in parts]}
        case Listed(parts):
            return {"list": [canonical(each) for each in parts]}
        case Statement(key, args):
            return {"say": key, "with": _canonical_args(dict(args))}
        case Told():
            return {"told": "plugin"}


def canonical_interval(interval: Interval) -> dict[str, object]:
    """Return an interval as results write it."""
    return {
        "lo": None if interval.lo is None else as_text(interval.lo),
        "hi": None if interval.hi is None else as_text(interval.hi),
        "lo_closed": interval.lo_closed,
        "hi_closed": interval.hi_closed,
    }


def _canonical_args(args: Mapping[str, Part]) -> dict[str, object]:
    return {name: canonical(part) for name, part in args.items()}
