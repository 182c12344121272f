"""Whether a value fits the declaration of its input: unit, percent sign, decimals, range, options.

Tests in a ruleset and readers of data files share this. Nothing is adjusted: what does not fit is refused, with the
code (as in `perfrules.diagnostics.codes`) and the arguments of its message. A unit that is converted is noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.ir.inputs import Bounds, FactValue, InputDeclaration, WrittenAs
from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.lang.kinds import (
    Choice,
    Date,
    Kind,
    Level,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    Text,
    YesNo,
)
from perfrules.lang.units import MULTIPLIERS, Unit, UnitTable, convert

Arguments = Mapping[str, str | int | tuple[str, ...]]

_GROUPED_UP_TO: Final = 60
"""Longer numbers are typing slips, and written as they are."""


class Form(StrEnum):
    """How a number in data is written."""

    BARE = "bare"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage points"
    POINTS = "points"
    UNIT = "unit"


@frozen(kw_only=True)
class WrittenNumber:
    """A number as written: *value* is what the digits say (95 for `95%`), *text* the whole for messages."""

    value: Exact
    text: str
    form: Form = Form.BARE
    unit: str | None = None


@frozen
class Refusal:
    """Why a value is refused (or, as a note of `Fitted`, what was done to it)."""

    code: str
    args: Arguments = field(factory=lambda: MappingProxyType({}))


@frozen
class Fitted:
    """The fact, in the declared unit, and notes about conversions."""

    value: FactValue
    notes: tuple[Refusal, ...] = ()


def fit_number(declaration: InputDeclaration, written: WrittenNumber, units: UnitTable) -> Fitted | Refusal:
    """Bring a written number to the declared unit, and hold it against the declared decimals and range.

    >>> rate = InputDeclaration(name="rate", title=None, kind=Percent())
    >>> fit_number(rate, WrittenNumber(value=Exact(95), text="95%", form=Form.PERCENT), UnitTable()).value
    Fraction(19, 20)
    >>> fit_number(rate, WrittenNumber(value=Exact(95), text="95"), UnitTable()).code
    'data-bare-number-in-percent'
    """
    about: dict[str, str | int | tuple[str, ...]] = {"name": declaration.name, "value": written.text}
    read = _in_declared_unit(declaration, written, units)
    if isinstance(read, Refusal):
        return Refusal(read.code, {**about, **read.args})
    value, notes = read.value, read.notes
    assert isinstance(value, Exact)
    decimals = declaration.decimals
    places = decimal_places(written.value if written.form is not Form.UNIT else value)
    if decimals is not None and (places is None or places > decimals):
        return Refusal("data-too-fine", {**about, "decimals": decimals})
    if declaration.bounds is not None and not within(value, declaration.bounds):
        return _outside(declaration, declaration.bounds, written, about, value)
    return Fitted(value, tuple(Refusal(note.code, {**about, **note.args}) for note in notes))


def fit_option(declaration: InputDeclaration, text: str) -> Fitted | Refusal:
    """Take one of the options.

    >>> declaration = InputDeclaration(name="town", title=None, kind=Choice(("a", "b")), options=("a", "b"))
    >>> fit_option(declaration, "c").args["options"]
    ('a', 'b')
    """
    if text in declaration.options:
        return Fitted(text)
    return Refusal("data-not-an-option", {"name": declaration.name, "value": text, "options": declaration.options})


def fit_value(declaration: InputDeclaration, value: bool | str | date) -> Fitted | Refusal:
    """Take a value that is no number, if it is of the declared kind."""
    match declaration.kind, value:
        case (YesNo(), bool()) | (Text(), str()):
            return Fitted(value)
        case Date(), date():
            return _fit_day(declaration, value)
        case (Choice() | Level(), str()):
            return fit_option(declaration, value)
    return Refusal(_WRONG_KIND.get(type(declaration.kind), "data-not-a-number"), _about(declaration, value))


def _fit_day(declaration: InputDeclaration, day: date) -> Fitted | Refusal:
    bounds = declaration.bounds
    if bounds is None or within(Exact(day.toordinal()), bounds):
        return Fitted(day)
    return Refusal("data-outside-range", {**_about(declaration, day), "range": range_text(bounds, declaration.kind)})


def within(value: Exact, bounds: Bounds) -> bool:
    """Tell whether *value* lies in the declared range."""
    above = value > bounds.low or (bounds.low_closed and value == bounds.low)
    below = value < bounds.high or (bounds.high_closed and value == bounds.high)
    return above and below


def range_text(bounds: Bounds, kind: Kind) -> str:
    """Write a declared range as its author would.

    >>> range_text(Bounds(Exact(0), Exact(1), True, False), Percent())
    '[0%, 100%)'
    """
    low, high = number_text(bounds.low, kind), number_text(bounds.high, kind)
    return f"{'[' if bounds.low_closed else '('}{low}, {high}{']' if bounds.high_closed else ')'}"


def number_text(value: Exact, kind: Kind) -> str:
    """Write a number of *kind*: percents and `pp` with their sign, quantities without their unit, ordinals as dates."""
    match kind:
        case Percent():
            return f"{as_text(value * 100)}%"
        case PercentagePoints():
            return f"{as_text(value * 100)}pp"
        case Date():
            return date.fromordinal(int(value)).isoformat()
    return as_text(value)


_WRONG_KIND: Mapping[type[Kind], str] = MappingProxyType(
    {YesNo: "data-not-yes-no", Date: "data-not-a-date", Choice: "data-not-an-option", Level: "data-not-an-option"}
)


def _about(declaration: InputDeclaration, value: object) -> Arguments:
    args: dict[str, str | int | tuple[str, ...]] = {"name": declaration.name, "value": str(value)}
    return {**args, "options": declaration.options} if declaration.options else args


def _in_declared_unit(declaration: InputDeclaration, written: WrittenNumber, units: UnitTable) -> Fitted | Refusal:
    match declaration.kind, written.form:
        case (Percent() | Ratio(), Form.PERCENT) | (PercentagePoints(), Form.PERCENTAGE_POINTS):
            return Fitted(written.value / 100)
        case (Percent(), Form.BARE) | (PercentagePoints(), Form.BARE):
            return _bare_percent(declaration, written)
        case (Number() | Ratio() | Points() | Quantity(), Form.BARE) | (Points(), Form.POINTS):
            return Fitted(written.value)
        case Quantity(unit), Form.UNIT:
            return _converted(unit, written, units)
        case (Number() | Ratio() | Points() | Quantity() | Percent() | PercentagePoints(), _):
            return _wrong_unit(declaration, written)
    return Refusal(_WRONG_KIND.get(type(declaration.kind), "data-not-a-number"), _about(declaration, written.text))


def _bare_percent(declaration: InputDeclaration, written: WrittenNumber) -> Fitted | Refusal:
    if declaration.written_as is WrittenAs.RATIO:
        return Fitted(written.value)
    if declaration.written_as is WrittenAs.PERCENT:
        return Fitted(written.value / 100)
    sign = "pp" if isinstance(declaration.kind, PercentagePoints) else "%"
    percent, ratio = f"{as_text(written.value)}{sign}", f"{as_text(written.value * 100)}{sign}"
    return Refusal("data-bare-number-in-percent", {"sign": sign, "percent": percent, "ratio": ratio})


def _converted(unit: Unit, written: WrittenNumber, units: UnitTable) -> Fitted | Refusal:
    found = units.find(written.unit or "")
    factor = None if found is None else convert(found, unit)
    if factor is None:
        return Refusal("data-wrong-unit", {"found": written.unit or "", "expected": unit.name})
    value = written.value * factor
    if factor == 1:
        return Fitted(value)
    return Fitted(value, (Refusal("data-unit-converted", {"converted": f"{as_text(value)} {unit.name}"}),))


def _wrong_unit(declaration: InputDeclaration, written: WrittenNumber) -> Refusal:
    signs = {Form.PERCENT: "%", Form.PERCENTAGE_POINTS: "pp", Form.POINTS: "points"}
    found = written.unit or signs.get(written.form, "")
    expected = declaration.unit_text or "number"
    return Refusal("data-wrong-unit", {"found": found, "expected": expected})


def _outside(
    declaration: InputDeclaration, bounds: Bounds, written: WrittenNumber, about: Arguments, value: Exact
) -> Refusal:
    """Refuse a value outside its range; where a multiplier before the unit put it there, say so."""
    args = {**about, "range": range_text(bounds, declaration.kind)}
    multiplier = None
    if isinstance(declaration.kind, Quantity) and written.unit != declaration.kind.unit.name:
        multiplier = _multiplier(written.unit)
    if multiplier is not None and within(value / MULTIPLIERS[multiplier], bounds):
        converted = f"{_grouped(value)} {declaration.unit_text}".strip()
        return Refusal("data-misplaced-multiplier", {**args, "converted": converted, "multiplier": multiplier})
    return Refusal("data-outside-range", args)


def _grouped(value: Exact) -> str:
    """Write a number so that a person sees how large it is.

    >>> _grouped(Exact(63873000)), _grouped(Exact(-12345, 10)), _grouped(Exact(1, 3))
    ('63,873,000', '-1,234.5', '1/3')
    """
    whole, point, decimals = as_text(value).partition(".")
    if "/" in whole or len(whole) > _GROUPED_UP_TO:
        return whole + point + decimals
    return f"{'-' if value < 0 else ''}{abs(int(whole)):,}{point}{decimals}"


def _multiplier(unit: str | None) -> str | None:
    """Return the longest multiplier a unit's name begins with: 万 in 万亩 and in 万元."""
    return max((each for each in MULTIPLIERS if unit and unit.startswith(each)), key=len, default=None)
