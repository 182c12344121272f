"""The text of a data cell as a fact: `95%`, `6387.3 万亩`, `4分`, `yes`, `2024-01-31`, an option, nothing."""

from __future__ import annotations

import re
from typing import Final

from perfrules.ir.facts_check import Fitted, Form, Refusal, WrittenNumber, fit_number, fit_option, fit_value
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.calendar import parse_date
from perfrules.lang.exact import from_decimal_text
from perfrules.lang.kinds import Choice, Date, Grade, Level, Lights, Text, YesNo, is_numeric
from perfrules.lang.names import normalise_name
from perfrules.lang.states import State
from perfrules.lang.units import UnitTable

_NUMBER: Final = re.compile(r"([+\-－＋−]?[0-9０-９_＿.．]+(?:[eE][+-]?[0-9]+)?)\s*(.*)", re.DOTALL)
_SIGNS: Final = {
    "%": Form.PERCENT,
    "pp": Form.PERCENTAGE_POINTS,
    "个百分点": Form.PERCENTAGE_POINTS,
    "百分点": Form.PERCENTAGE_POINTS,
    "points": Form.POINTS,
    "point": Form.POINTS,
    "分": Form.POINTS,
}
_YES_NO: Final = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}
_PENDING: Final = frozenset({"pending", "待定"})
_MISSING: Final = frozenset({"", "missing", "缺失"})


def fit_text(declaration: InputDeclaration, text: str, units: UnitTable) -> Fitted | Refusal:
    """Read a cell. Nothing, or the word missing, is missing, which only an optional input may be.

    >>> from perfrules.lang.units import BUILT_IN
    >>> from perfrules.lang.kinds import Quantity
    >>> area = InputDeclaration(name="area", title=None, kind=Quantity(BUILT_IN["亩"]), unit_text="亩")
    >>> fit_text(area, "6387.3 万亩", UnitTable()).value
    Fraction(63873000, 1)
    >>> fit_text(area, "", UnitTable()).code
    'data-missing'
    """
    cell = text.strip()
    if isinstance(declaration.kind, Choice | Level | Grade | Lights) and cell in declaration.options:
        return Fitted(cell)
    if cell in _PENDING and not isinstance(declaration.kind, Text):
        return Fitted(State.PENDING)
    if not cell or (cell in _MISSING and not isinstance(declaration.kind, Text)):
        return fit_missing(declaration)
    match declaration.kind:
        case Choice() | Level() | Grade() | Lights():
            return fit_option(declaration, normalise_name(cell))
        case Text():
            return Fitted(cell)
        case YesNo():
            answer = _YES_NO.get(cell.casefold())
            return fit_value(declaration, cell if answer is None else answer)
        case Date():
            day = parse_date(cell)
            return fit_value(declaration, cell if day is None else day)
    number = read_number(cell) if is_numeric(declaration.kind) else None
    if number is None:
        return Refusal("data-not-a-number", {"name": declaration.name, "value": cell})
    return fit_number(declaration, number, units)


def fit_missing(declaration: InputDeclaration) -> Fitted | Refusal:
    """Take the absence of a value where it may be absent."""
    return Fitted(State.MISSING) if declaration.optional else Refusal("data-missing", {"name": declaration.name})


def read_number(cell: str) -> WrittenNumber | None:
    """Read digits and what follows them; None if it does not begin with a number.

    >>> read_number("９５％").form, read_number("4分").value, read_number("1200 万元").unit
    (<Form.PERCENT: 'percent'>, Fraction(4, 1), '万元')
    """
    found = _NUMBER.fullmatch(cell.strip())
    value = None if found is None else from_decimal_text(found[1])
    if found is None or value is None:
        return None
    sign = normalise_name(found[2]).strip()
    if not sign:
        return WrittenNumber(value=value, text=cell)
    form = _SIGNS.get(sign, Form.UNIT)
    return WrittenNumber(value=value, text=cell, form=form, unit=sign if form is Form.UNIT else None)
