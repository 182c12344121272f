"""How the kinds of two operands combine: the kind of the result with exact factors, or why there is none.

Pure tables and functions. A zero literal stands for zero of anything, so `0` adds to and compares with every numeric
kind. A count (件, 个 …) may stand where a bare number may. `Unknown` combines with everything.
"""

from functools import lru_cache
from typing import Final

from perfrules.lang.exact import Exact
from perfrules.lang.kind_classes import (
    Choice,
    Clash,
    Combined,
    Date,
    Grade,
    Kind,
    Level,
    Lights,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    Reason,
    Table,
    Text,
    Unknown,
    YesNo,
    is_dimensionless,
    is_numeric,
)
from perfrules.lang.units import ONE, Scaled, Unit, convert, divide_units, multiply_units

__all__ = [
    "Choice",
    "Clash",
    "Combined",
    "Date",
    "Grade",
    "Kind",
    "Level",
    "Lights",
    "Number",
    "Percent",
    "PercentagePoints",
    "Points",
    "Quantity",
    "Ratio",
    "Reason",
    "Table",
    "Text",
    "Unknown",
    "YesNo",
    "add_kind",
    "compare_kind",
    "divide_kind",
    "is_dimensionless",
    "is_numeric",
    "multiply_kind",
    "subtract_kind",
    "unify_kind",
]

_N, _R, _P, _PP = Number(), Ratio(), Percent(), PercentagePoints()

_SUMS: Final[dict[tuple[Kind, Kind], Kind]] = {
    (_N, _N): _N,
    (_N, _R): _R,
    (_R, _N): _R,
    (_R, _R): _R,
    (_R, _P): _P,
    (_P, _R): _P,
    (_P, _P): _P,
    (_R, _PP): _P,
    (_PP, _R): _P,
    (_P, _PP): _P,
    (_PP, _P): _P,
    (_PP, _PP): _PP,
}
_DIFFERENCES: Final[dict[tuple[Kind, Kind], Kind]] = {
    **{pair: kind for pair, kind in _SUMS.items() if pair != (_PP, _P)},
    (_P, _P): _PP,
    (_P, _R): _PP,
    (_R, _P): _PP,
    (_PP, _R): _PP,
}
_ALIKE: Final[dict[tuple[Kind, Kind], Kind]] = {
    (_N, _N): _N,
    (_N, _R): _R,
    (_R, _N): _R,
    (_R, _R): _R,
    (_R, _P): _P,
    (_P, _R): _P,
    (_P, _P): _P,
    (_R, _PP): _PP,
    (_PP, _R): _PP,
    (_PP, _PP): _PP,
}


def add_kind(left: Kind, right: Kind, *, left_is_zero: bool = False, right_is_zero: bool = False) -> Combined | Clash:
    """Combine the operands of `+`; the flags say which operand is the literal 0.

    >>> add_kind(Percent(), PercentagePoints()).kind
    Percent()
    >>> add_kind(Number(), Percent()).reason
    <Reason.NUMBER_WITH_PERCENT: 'number with percent'>
    """
    return _neutral_zero(left, right, left_is_zero, right_is_zero) or _combine_alike(left, right, _SUMS)


def subtract_kind(
    left: Kind, right: Kind, *, left_is_zero: bool = False, right_is_zero: bool = False
) -> Combined | Clash:
    """Combine the operands of `-`: a difference of percents is in percentage points.

    >>> subtract_kind(Percent(), Percent()).kind
    PercentagePoints()
    >>> subtract_kind(Date(), Date()).reason
    <Reason.DATES_SUBTRACTED: 'dates subtracted'>
    """
    if isinstance(left, Date) and isinstance(right, Date):
        return Clash(Reason.DATES_SUBTRACTED, left, right)
    return _neutral_zero(left, right, left_is_zero, right_is_zero) or _combine_alike(left, right, _DIFFERENCES)


def multiply_kind(left: Kind, right: Kind) -> Combined | Clash:
    """Combine the operands of `*`; units multiply, and cancel to a ratio.

    >>> multiply_kind(Percent(), Points()).kind
    Points()
    >>> multiply_kind(Points(), Points()).reason
    <Reason.MARKS_MULTIPLIED: 'marks multiplied'>
    """
    settled = _not_numeric(left, right)
    if settled:
        return settled
    match left, right:
        case Quantity(unit), Quantity(other):
            if unit.is_count != other.is_count and not _cancels(unit, other):
                return Combined(right if unit.is_count else left)  # so many times a quantity
            return _of_unit(multiply_units(unit, other))
        case Points(), Points():
            return Clash(Reason.MARKS_MULTIPLIED, left, right)
        case PercentagePoints(), PercentagePoints():
            return Clash(Reason.PERCENTAGE_POINTS_MULTIPLIED, left, right)
        case (Points(), Quantity(unit)) | (Quantity(unit), Points()):
            return Combined(Points()) if unit.is_count else Clash(Reason.MARKS_WITH_UNIT, left, right)
    # What remains scales: the operand further down this list keeps its kind.
    return Combined(max(left, right, key=_weight))


def divide_kind(left: Kind, right: Kind) -> Combined | Clash:
    """Combine the operands of `/`: like divided by like is a ratio.

    >>> divide_kind(Points(), Points()).kind
    Ratio()
    >>> divide_kind(Points(), Percent()).kind
    Points()
    """
    return _divided(left, right)


@lru_cache(maxsize=1024)
def _divided(left: Kind, right: Kind) -> Combined | Clash:
    settled = _not_numeric(left, right)
    if settled:
        return settled
    match left, right:
        case Quantity(unit), Quantity(other):
            return _of_unit(divide_units(unit, other))
        case Points(), Points():
            return Combined(Ratio())
        case _, Points():
            return Clash(Reason.DIVIDED_BY_MARKS, left, right)
        case Points(), Quantity(unit):
            return Combined(left) if unit.is_count else Clash(Reason.MARKS_WITH_UNIT, left, right)
        case _, Quantity(unit):  # a count divides as a bare number does
            return Combined(left) if unit.is_count else _of_unit(divide_units(ONE, unit))
        case ((Points() | Quantity()), _):
            return Combined(left)
        case PercentagePoints(), Ratio():
            return Combined(right)  # a relative gap, (a - b) / b
        case ((Percent() | PercentagePoints()), (Number() | Ratio())):
            return Combined(left)
        case Number(), (Percent() | PercentagePoints()):
            return Combined(left)
    return Combined(Ratio())


def compare_kind(
    left: Kind,
    right: Kind,
    *,
    ordered: bool = False,
    left_is_zero: bool = False,
    right_is_zero: bool = False,
) -> Combined | Clash:
    """Combine the operands of a comparison; *ordered* for `<`, `<=`, `>`, `>=`.

    >>> compare_kind(Ratio(), Percent(), ordered=True).kind
    YesNo()
    >>> compare_kind(Percent(), PercentagePoints()).reason
    <Reason.PERCENT_WITH_POINTS_OF_PERCENT: 'percent with points of percent'>
    """
    return _compared(left, right, ordered, left_is_zero, right_is_zero)


@lru_cache(maxsize=1024)
def _compared(left: Kind, right: Kind, ordered: bool, left_is_zero: bool, right_is_zero: bool) -> Combined | Clash:
    found = unify_kind(left, right, left_is_zero=left_is_zero, right_is_zero=right_is_zero)
    if isinstance(found, Clash):
        return found
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return Combined(YesNo())
    if isinstance(left, Choice) and isinstance(right, Choice) and not set(left.options) & set(right.options):
        return Clash(Reason.OPTIONS_DIFFER, left, right)
    if isinstance(found.kind, Table) or (ordered and isinstance(found.kind, YesNo | Choice | Text | Level | Lights)):
        return Clash(Reason.NOT_ORDERED, left, right)
    return Combined(YesNo(), found.left_factor, found.right_factor)


def unify_kind(left: Kind, right: Kind, *, left_is_zero: bool = False, right_is_zero: bool = False) -> Combined | Clash:
    """Combine two alternatives for one place: branches, the arguments of `max`, the sides of a comparison.

    >>> unify_kind(Choice(("甲",)), Choice(("乙",))).kind
    Choice(options=('甲', '乙'))
    >>> unify_kind(Number(), Text()).reason
    <Reason.KINDS_DIFFER: 'kinds differ'>
    """
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return Combined(right if isinstance(left, Unknown) else left)
    if is_numeric(left) and is_numeric(right):
        return _neutral_zero(left, right, left_is_zero, right_is_zero) or _combine_alike(left, right, _ALIKE)
    if isinstance(left, Choice) and isinstance(right, Choice):
        return Combined(Choice(tuple(dict.fromkeys(left.options + right.options))))
    match left, right:
        case (Grade(names), Grade(others)) | (Level(names), Level(others)):
            return _larger_list(left, right, set(names), set(others))
    if type(left) is not type(right):
        return Clash(Reason.KINDS_DIFFER, left, right)
    return Combined(left) if left == right else Clash(Reason.OPTIONS_DIFFER, left, right)


def _larger_list(left: Kind, right: Kind, names: set[str], others: set[str]) -> Combined | Clash:
    if names >= others:
        return Combined(left)
    return Combined(right) if names <= others else Clash(Reason.OPTIONS_DIFFER, left, right)


def _neutral_zero(left: Kind, right: Kind, left_is_zero: bool, right_is_zero: bool) -> Combined | None:
    if not (is_numeric(left) and is_numeric(right)):
        return None
    if left_is_zero and is_dimensionless(left):
        return Combined(right)
    return Combined(left) if right_is_zero and is_dimensionless(right) else None


def _combine_alike(left: Kind, right: Kind, table: dict[tuple[Kind, Kind], Kind]) -> Combined | Clash:
    settled = _not_numeric(left, right)
    if settled:
        return settled
    match left, right:
        case Points(), Points():
            return Combined(left)
        case Quantity(unit), Quantity(other):
            factor = convert(other, unit)
            return Clash(Reason.UNITS_DIFFER, left, right) if factor is None else Combined(left, Exact(1), factor)
        case (Quantity(unit), Number() | Ratio()) if unit.is_count:
            return Combined(left)
        case (Number() | Ratio(), Quantity(unit)) if unit.is_count:
            return Combined(right)
    kind = table.get((left, right))
    return Clash(_why_unlike(left, right), left, right) if kind is None else Combined(kind)


def _not_numeric(left: Kind, right: Kind) -> Combined | Clash | None:
    if not (is_numeric(left) and is_numeric(right)):
        return Clash(Reason.NOT_A_NUMBER, left, right)
    return Combined(Unknown()) if isinstance(left, Unknown) or isinstance(right, Unknown) else None


def _of_unit(scaled: Scaled) -> Combined:
    unit: Unit = scaled.unit
    return Combined(Ratio() if unit.is_dimensionless else Quantity(unit), scaled.factor)


def _weight(kind: Kind) -> int:
    return (Number, Ratio, Percent, PercentagePoints, Points, Quantity).index(type(kind))


_WHY_UNLIKE: Final[tuple[tuple[type[Kind], tuple[type[Kind], ...], Reason], ...]] = (
    (Points, (Quantity,), Reason.MARKS_WITH_UNIT),
    (Points, (Number, Ratio), Reason.MARKS_WITH_NUMBER),
    (Points, (Percent, PercentagePoints), Reason.MARKS_WITH_PERCENT),
    (Quantity, (Number, Ratio), Reason.UNIT_WITH_NUMBER),
    (Quantity, (Percent, PercentagePoints), Reason.UNIT_WITH_PERCENT),
    (Number, (Percent,), Reason.NUMBER_WITH_PERCENT),
    (Number, (PercentagePoints,), Reason.NUMBER_WITH_PERCENTAGE_POINTS),
)


def _why_unlike(left: Kind, right: Kind) -> Reason:
    for one, others, reason in _WHY_UNLIKE:
        if (isinstance(left, one) and isinstance(right, others)) or (
            isinstance(right, one) and isinstance(left, others)
        ):
            return reason
    return Reason.PERCENT_WITH_POINTS_OF_PERCENT


def _cancels(unit: Unit, other: Unit) -> bool:
    """Tell whether two units share a dimension."""
    return not {name for name, _ in unit.dimensions}.isdisjoint(name for name, _ in other.dimensions)
