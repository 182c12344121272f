"""Constants in declarations: numbers as written, with their sign and unit, before any name is known."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.conversion import in_kind
from perfrules.ir.expressions import Origin
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Clash, Kind, Number, Quantity
from perfrules.lang.units import UnitTable
from perfrules.model.clashes import clash_diagnostic
from perfrules.model.collector import Problems
from perfrules.model.literals import literal
from perfrules.model.unknown_names import find_unit
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.tree import Text


def constant(tree: ast.Expression, units: UnitTable, problems: Problems) -> core.Const | None:
    """Read a literal, perhaps negative; None, reported, for anything else."""
    while isinstance(tree, ast.Argument):
        tree = tree.value
    match tree:
        case ast.Number() | ast.DateLiteral() | ast.YesNo() | Text():
            return literal(tree)
        case ast.Quantity():
            unit = find_unit(tree.unit, units, problems)
            origin = Origin("literal", span=tree.span)
            return None if unit is None else core.Const(tree.value, kind=Quantity(unit), origin=origin)
        case ast.Unary(operator=ast.UnaryOperator.MINUS, operand=ast.Number() | ast.Quantity() as operand):
            found = constant(operand, units, problems)
            if found is None or not isinstance(found.value, Exact):
                return None
            return evolve(found, value=-found.value, origin=Origin("literal", span=tree.span))
    args = {"clause": Word("expression"), "inside": Word("declaration"), "places": Word("a-rule")}
    problems.report(Diagnostic(Code.WRONG_PLACE, tree.span, args=args))
    return None


def constant_in(tree: ast.Expression, kind: Kind, units: UnitTable, problems: Problems) -> Exact | None:
    """Read a number of the declared kind, bare or with its unit, or a date as its ordinal; None if it is neither."""
    if isinstance(tree, ast.Number) and tree.form is ast.NumberForm.PLAIN and isinstance(kind, Number | Quantity):
        return tree.value
    found = constant(tree, units, problems)
    if found is None:
        return None
    fitted = in_kind(found, kind, bare=True)
    if isinstance(fitted, Clash):
        problems.report(clash_diagnostic(fitted, "in", (found, None), tree.span))
        return None
    if not isinstance(fitted, core.Const):
        return None
    if isinstance(fitted.value, date):
        return Exact(fitted.value.toordinal())
    return fitted.value if isinstance(fitted.value, Exact) else None
