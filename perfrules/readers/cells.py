"""One cell as a fact in the declared unit, or the problems that refuse it.

What texts mean is shared with the tests in rulesets (`perfrules.ir.cell_text`). A reader adds what only data files
have: thousands separators (`1,234.5`, in whole groups of three and never after a leading 0, so that a decimal comma
is refused and not misread), values that are no text, and the place.
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
from perfrules.readers.python_values import CellError, Figure, Foreign, TooLong, plain
from perfrules.readers.raw import unreadable

_GROUPED: Final = re.compile(r"\s*[+\-－＋−]?[1-9１-９][0-9０-９]{0,2}(?:[,，][0-9０-９]{3})+(?![0-9０-９,，_])")
_LONGEST_SHOWN: Final = 80


@frozen
class CellRead:
    """The fact, None where it is refused, and what there is to say about the cell (notes, too)."""

    value: FactValue | None
    problems: tuple[Diagnostic, ...] = ()


def read_cell(declaration: InputDeclaration, found: object, units: UnitTable, where: DataPlace) -> CellRead:
    """Read what a file or a program gives for *declaration*; *where* gets the value that was found.

    >>> from perfrules.lang.kinds import Number
    >>> staff = InputDeclaration(name="staff", title=None, kind=Number())
    >>> read_cell(staff, "1,234.5", UnitTable(), DataPlace()).value
    Fraction(2469, 2)
    """
    match plain(found):
        case None:
            fitted, shown = fit_missing(declaration), None
        case bool() as answer:
            fitted, shown = _fit_answer(declaration, answer, units), "true" if answer else "false"
        case date() as day:
            fitted, shown = _fit_day(declaration, day, units), day.isoformat()
        case Figure() as figure:
            fitted, shown = _fit_figure(declaration, figure, units), figure.text
        case str() as text:
            fitted, shown = _fit_cell_text(declaration, text, units), text.strip()
        case TooLong(digits):
            return CellRead(None, (too_large(digits, "digits", MAX_DIGITS, where),))
        case Foreign(text):
            return CellRead(None, (unreadable("not-a-value", evolve(where, value=_shortened(text))),))
        case CellError(text):
            return CellRead(None, (unreadable("cell-error", evolve(where, value=_shortened(text))),))
    place = evolve(where, value=None if shown is None else _shortened(shown))
    if isinstance(fitted, Refusal):
        return CellRead(None, (diagnose(fitted, place),))
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
