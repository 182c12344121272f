"""Records of a table: the place where a variable stands for one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.walk import everything
from perfrules.model.duplicates import duplicate
from perfrules.model.symbols import FieldVariable
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.tree import Name

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def open_table(lowering: Lowering, variable: Name, table: Name) -> tuple[Lowering, Expr] | None:
    """Return the place where *variable* is a record of *table*, and the table; None, reported, without such a table."""
    scope = lowering.scope
    symbol = scope.find_table(table.text)
    if symbol is None:
        lowering.report(unknown_name(table, "table", scope.suggest_tables(table.text)))
        return None
    taken = scope.find(variable.text)
    if taken is not None:
        lowering.report(duplicate(variable, "value", taken.span))
    opened = FieldVariable(name=variable.text, span=variable.span, table=symbol)
    origin = Origin("input", "table", table.span, symbol.declaration.title)
    source = core.Input(symbol.name, kind=symbol.kind, origin=origin)
    return lowering.within(scope.with_variable(opened)), source


def mentions(expr: Expr, variable: str) -> bool:
    """Tell whether *expr* reads a field of the record *variable* stands for."""
    return any(isinstance(part, core.FieldOf) and part.variable == variable for part in everything(expr))
