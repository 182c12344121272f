"""What an expression can be: its kind. How kinds combine is in `kinds`."""

from enum import StrEnum
from typing import Final, TypeAlias

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.lang.units import Unit
from perfrules.made_often import made_often


@frozen
class Number:
    """A dimensionless number."""


@frozen
class Ratio:
    """A quotient of like quantities: a proportion or a number, as its context asks."""


@frozen
class Percent:
    """A proportion written with `%`; the value of 95% is 19/20."""


@frozen
class PercentagePoints:
    """A difference of two proportions; the value of 2pp is 1/50."""


@frozen
class Points:
    """Marks."""


@frozen
class Quantity:
    """A number of units; days and counts are quantities too."""

    unit: Unit


@frozen
class YesNo:
    """A condition."""


@frozen
class Choice:
    """One of the options listed."""

    options: tuple[str, ...]


@frozen
class Text:
    """Free text, compared for equality only."""


@frozen
class Date:
    """A day of the calendar."""


@frozen
class Table:
    """A list of records; *fields* are names with the kind of each."""

    fields: "tuple[tuple[str, Kind], ...]"


@frozen
class Grade:
    """One of the grades of a ruleset, best first."""

    names: tuple[str, ...]


@frozen
class Level:
    """The level a person chose for a judged indicator."""

    names: tuple[str, ...]


@frozen
class Lights:
    """The colour of an alert."""


@frozen
class Unknown:
    """The kind of an expression already reported as wrong; combines with everything, so that nothing is told twice."""


Kind: TypeAlias = (
    Number
    | Ratio
    | Percent
    | PercentagePoints
    | Points
    | Quantity
    | YesNo
    | Choice
    | Text
    | Date
    | Table
    | Grade
    | Level
    | Lights
    | Unknown
)


class Reason(StrEnum):
    """Why two kinds do not combine."""

    UNITS_DIFFER = "units differ"
    UNIT_WITH_NUMBER = "unit with number"
    UNIT_WITH_PERCENT = "unit with percent"
    NUMBER_WITH_PERCENT = "number with percent"
    NUMBER_WITH_PERCENTAGE_POINTS = "number with percentage points"
    PERCENT_WITH_POINTS_OF_PERCENT = "percent with points of percent"
    PERCENTAGE_POINTS_MULTIPLIED = "percentage points multiplied"
    MARKS_WITH_NUMBER = "marks with number"
    MARKS_WITH_PERCENT = "marks with percent"
    MARKS_WITH_UNIT = "marks with unit"
    MARKS_MULTIPLIED = "marks multiplied"
    DIVIDED_BY_MARKS = "divided by marks"
    DATES_SUBTRACTED = "dates subtracted"
    NOT_A_NUMBER = "not a number"
    NOT_ORDERED = "not ordered"
    OPTIONS_DIFFER = "options differ"
    KINDS_DIFFER = "kinds differ"


_UNCHANGED: Final = Exact(1)


@made_often
@frozen
class Combined:
    """The kind of the result, and what each operand is multiplied by before the operation."""

    kind: Kind
    left_factor: Exact = _UNCHANGED
    right_factor: Exact = _UNCHANGED


@frozen
class Clash:
    """Two kinds that do not combine, in the order they were written, and why."""

    reason: Reason
    left: Kind
    right: Kind


def is_numeric(kind: Kind) -> bool:
    """Tell whether values of *kind* are exact numbers.

    >>> is_numeric(Percent()), is_numeric(Date()), is_numeric(Unknown())
    (True, False, True)
    """
    return type(kind) in _NUMERIC


_NUMERIC: Final = frozenset({Number, Ratio, Percent, PercentagePoints, Points, Quantity, Unknown})


def is_dimensionless(kind: Kind) -> bool:
    """Tell whether *kind* is a number or a ratio: what scales anything without changing its kind.

    >>> is_dimensionless(Ratio()), is_dimensionless(Percent())
    (True, False)
    """
    return isinstance(kind, Number | Ratio)
