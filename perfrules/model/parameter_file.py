"""Values of a parameter that stand in a file: columns headed by the names after `by`, and `value`."""

from __future__ import annotations

from datetime import date
from typing import Final

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.cell_text import fit_text
from perfrules.ir.expressions import Origin
from perfrules.ir.facts_check import Fitted, Refusal
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Choice
from perfrules.lang.states import State
from perfrules.model.calendar_file import open_sheet, unreadable
from perfrules.model.grouped_by import Group
from perfrules.model.lowering import Lowering
from perfrules.model.parameter_groups import Row
from perfrules.model.resources import Sheet
from perfrules.model.symbols import ParameterSymbol
from perfrules.model.units import unit_text
from perfrules.syntax.ast.tree import Text

_VALUE: Final = ("value", "值")
_CITE: Final = ("cite", "依据")
_OTHERWISE: Final = frozenset({"otherwise", "其他"})


def rows_of_file(
    lowering: Lowering, symbol: ParameterSymbol, groups: tuple[Group, ...], file: Text
) -> list[Row] | None:
    """Read the rows of *file*; a row whose key cells all say `otherwise` is what holds otherwise."""
    sheet = open_sheet(file, lowering.declared.read_resource, lowering.problems)
    if sheet is None:
        return None
    keys = [_column(sheet, (each.name, each.title)) for each in groups]
    value, cite = _column(sheet, _VALUE), _column(sheet, _CITE)
    if value is None or None in keys:
        lowering.report(unreadable("columns-missing", file.span, DataPlace(file=file.value)))
        return None
    rows: list[Row] = []
    for number, cells in enumerate(sheet.rows, start=2):
        place = DataPlace(file=file.value, row=number, column=sheet.headings[value], value=cells[value])
        found = _value(lowering, symbol, cells[value], file, place)
        if found is not None:
            constant = core.Const(
                found, kind=symbol.kind, origin=Origin("parameter", "value", file.span, cells[cite] if cite else None)
            )
            rows.append(Row(keys=_keys(cells, keys, file), value=constant, span=file.span))
    return rows


def _column(sheet: Sheet, headings: tuple[str | None, ...]) -> int | None:
    return next((place for place, heading in enumerate(sheet.headings) if heading in headings), None)


def _keys(cells: tuple[str, ...], columns: list[int | None], file: Text) -> tuple[Text, ...]:
    texts = [cells[column] for column in columns if column is not None]
    return (
        () if all(text in _OTHERWISE for text in texts) else tuple(Text(value=text, span=file.span) for text in texts)
    )


def _value(
    lowering: Lowering, symbol: ParameterSymbol, cell: str, file: Text, place: DataPlace
) -> Exact | bool | str | date | None:
    kind = symbol.kind
    declaration = InputDeclaration(
        name=symbol.name,
        title=None,
        kind=kind,
        unit_text=unit_text(symbol.tree.type),
        options=kind.options if isinstance(kind, Choice) else (),
    )
    found = fit_text(declaration, cell, lowering.declared.units)
    if isinstance(found, Fitted) and not isinstance(found.value, State | tuple):
        return found.value
    refusal = found if isinstance(found, Refusal) else Refusal("data-missing", {"name": symbol.name})
    lowering.report(Diagnostic(Code(refusal.code), file.span, args=refusal.args, where=place))
    return None
