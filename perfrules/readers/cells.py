"""One cell as a fact in the declared unit, or the problems that refuse it.

What texts mean is shared with the tests in rulesets (`perfrules.ir.cell_text`): digits of either width, `95%`,
`4分`, `6387.3 万亩`; yes, no, true, false, 是, 否 in any case (1 and 0, 有 and 无 could mean something else and are
refused); `2024-01-31`, `2024/1/31`, `2024年1月31日`; nothing, missing or 缺失; pending or 待定. A reader adds what only
data files have: thousands separators (`1,234.5`, in whole groups of three and never after a leading 0, so that a
decimal comma is refused and not misread), values that are no text, and the place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from attrs import evolve, frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Argument
from perfrules.ir.cell_text import fit_missing, fit_text
from perfrules.ir.facts_check import Fitted, Refusal, WrittenNumber, fit_number, fit_value
from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.lang.exact import MAX_DIGITS
from perfrules.lang.kinds import Date, YesNo, is_numeric
from perfrules.lang.units import UnitTable
from perfrules.readers.limits import too_large
from perfrules.readers.python_values import CellError, Figure, Foreign, Plain, TooLong, plain
from perfrules.readers.raw import unreadable

_GROUPED: Final = re.compile(r"\s*[+\-－＋−]?[1-9１-９][0-9０-９]{0,2}(?:[,，][0-9０-９]{3})+(?![0-9０-９,，_])")
_LONGEST_SHOWN: Final = 80


@frozen
class CellRead:
    """The fact, None where it is refused, and what there is to say about the cell (notes, too)."""

    value: FactValue | None
    problems: tuple[Diagnostic, ...] = ()


def read_cell(
    declaration: InputDeclaration, found: object, units: UnitTable, where: DataPlace, column: str | None = None
) -> CellRead:
    """Read what a file or a program gives for *declaration*; a problem is at *where*, in *column*, with the value.

    >>> from perfrules.lang.kinds import Number
    >>> staff = InputDeclaration(name="staff", title=None, kind=Number())
    >>> read_cell(staff, "1,234.5", UnitTable(), DataPlace()).value
    Fraction(2469, 2)
    """
    cell = plain(found)
    if isinstance(cell, TooLong | Foreign | CellError):
        return CellRead(None, (_unread(cell, _placed(where, column, cell)),))
    fitted = _fit(declaration, cell, units)
    if isinstance(fitted, Refusal):
        return CellRead(None, (diagnose(fitted, _placed(where, column, cell)),))
    if not fitted.notes:  # what nearly every cell is: no place is made for it
        return CellRead(fitted.value)
    place = _placed(where, column, cell)
    return CellRead(fitted.value, tuple(diagnose(note, place) for note in fitted.notes))


def diagnose(refusal: Refusal, where: DataPlace) -> Diagnostic:
    """Put a refusal at its place."""
    args: dict[str, Argument] = {
        name: _shortened(value) if isinstance(value, str) else value for name, value in refusal.args.items()
    }
    return Diagnostic(Code(refusal.code), args=args, where=where)


def without_thousands_separators(text: str) -> str:
    """Take the commas out of a number in well-formed groups; anything else is returned as it is.

    >>> [without_thousands_separators(each) for each in ("1,234,567.5 元", "1,23", "0,123")]
    ['1234567.5 元', '1,23', '0,123']
    """
    found = _GROUPED.match(text)
    if found is None:
        return text
    return found[0].replace(",", "").replace("，", "") + text[found.end() :]


def _fit(declaration: InputDeclaration, cell: bool | str | date | Figure | None, units: UnitTable) -> Fitted | Refusal:
    match cell:
        case None:
            return fit_missing(declaration)
        case str():
            return _fit_cell_text(declaration, cell, units)
        case Figure():
            return _fit_figure(declaration, cell, units)
        case bool():
            return _fit_answer(declaration, cell, units)
        case date():
            return _fit_day(declaration, cell, units)


def _placed(where: DataPlace, column: str | None, cell: Plain) -> DataPlace:
    return evolve(where, column=column or where.column, value=_shown(cell))


def _shown(cell: Plain) -> str | None:
    match cell:
        case None:
            return None
        case bool():
            return "true" if cell else "false"
        case str():
            return _shortened(cell.strip())
        case date():
            return cell.isoformat()
        case TooLong():
            return None
    return _shortened(cell.text)


def _unread(cell: TooLong | Foreign | CellError, place: DataPlace) -> Diagnostic:
    if isinstance(cell, TooLong):
        return too_large(cell.digits, "digits", MAX_DIGITS, place)
    return unreadable("not-a-value" if isinstance(cell, Foreign) else "cell-error", place)


def _fit_answer(declaration: InputDeclaration, answer: bool, units: UnitTable) -> Fitted | Refusal:
    if isinstance(declaration.kind, YesNo):
        return fit_value(declaration, answer)
    return fit_text(declaration, "true" if answer else "false", units)


def _fit_day(declaration: InputDeclaration, day: date, units: UnitTable) -> Fitted | Refusal:
    if isinstance(declaration.kind, Date):
        return fit_value(declaration, day)
    return _no_slip(fit_text(declaration, day.isoformat(), units))


def _fit_figure(declaration: InputDeclaration, figure: Figure, units: UnitTable) -> Fitted | Refusal:
    if is_numeric(declaration.kind):
        return fit_number(declaration, WrittenNumber(value=figure.value, text=figure.text), units)
    return fit_text(declaration, figure.text, units)


def _fit_cell_text(declaration: InputDeclaration, text: str, units: UnitTable) -> Fitted | Refusal:
    if not is_numeric(declaration.kind):
        return fit_text(declaration, text, units)
    ungrouped = without_thousands_separators(text)
    fitted = _no_slip(fit_text(declaration, ungrouped, units))
    if ungrouped == text:
        return fitted
    if isinstance(fitted, Refusal):
        return _as_written(fitted, text)
    return evolve(fitted, notes=tuple(_as_written(note, text) for note in fitted.notes))


def _as_written(refusal: Refusal, text: str) -> Refusal:
    return evolve(refusal, args={**refusal.args, "value": text.strip()})


def _no_slip(fitted: Fitted | Refusal) -> Fitted | Refusal:
    """Tell a slip of the pen (`1,23`, `2024-01-31`) from a unit that is not the declared one (`12 亩`)."""
    if not isinstance(fitted, Refusal) or fitted.code != Code.DATA_WRONG_UNIT:
        return fitted
    found = str(fitted.args["found"])
    if found[:1].isalpha() or found[:1] in "%‰":
        return fitted
    args: Mapping[str, str | int | tuple[str, ...]] = {"name": fitted.args["name"], "value": fitted.args["value"]}
    return Refusal(Code.DATA_NOT_A_NUMBER.value, args)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
