"""Values as written: numbers, quantities, dates, texts, yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang import kinds
from perfrules.lang.kinds import Kind, is_numeric
from perfrules.lang.states import State
from perfrules.model.clashes import clash_diagnostic
from perfrules.model.unknown_names import find_unit
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.tree import Text

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

_FORMS: Final[dict[ast.NumberForm, Kind]] = {
    ast.NumberForm.PLAIN: kinds.Number(),
    ast.NumberForm.PERCENT: kinds.Percent(),
    ast.NumberForm.PERCENTAGE_POINTS: kinds.PercentagePoints(),
    ast.NumberForm.POINTS: kinds.Points(),
}

MARKS: Final = (ast.NumberForm.PLAIN, ast.NumberForm.POINTS)
"""The forms of numbers that are marks where those are expected."""

STATES: Final = {
    ast.StateWord.MISSING: State.MISSING,
    ast.StateWord.EXCLUDED: State.EXCLUDED,
    ast.StateWord.PENDING: State.PENDING,
}


def literal(tree: ast.Number | ast.DateLiteral | ast.YesNo | Text) -> core.Const:
    """Make the constant a literal without a unit stands for."""
    origin = Origin("literal", span=tree.span)
    match tree:
        case ast.Number():
            return core.Const(tree.value, kind=_FORMS[tree.form], origin=origin)
        case ast.DateLiteral():
            return core.Const(tree.value, kind=kinds.Date(), origin=origin)
        case ast.YesNo():
            return core.Const(tree.value, kind=kinds.YesNo(), origin=origin)
        case Text():
            return core.Const(tree.value, kind=kinds.Text(), origin=origin)


def marks(tree: ast.Number) -> core.Const:
    """Make the constant that one of `MARKS` stands for where marks are expected."""
    return core.Const(tree.value, kind=_FORMS[ast.NumberForm.POINTS], origin=Origin("literal", span=tree.span))


def colour(tree: ast.ColourWord) -> core.Const:
    """Make the light a colour stands for."""
    return core.Const(tree.colour, kind=kinds.Lights(), origin=Origin("literal", "option", tree.span))


def quantity(lowering: Lowering, tree: ast.Quantity) -> Expr:
    """Make the constant a number with a unit stands for."""
    unit = find_unit(tree.unit, lowering.declared.units, lowering.problems)
    if unit is None:
        return core.Broken(kind=kinds.Unknown(), origin=Origin("broken", span=tree.span))
    return core.Const(tree.value, kind=kinds.Quantity(unit), origin=Origin("literal", span=tree.span))


def numeric(lowering: Lowering, expr: Expr, operation: str) -> Expr:
    """Return *expr*, or report that it is no number."""
    if is_numeric(expr.kind):
        return expr
    clash = kinds.Clash(kinds.Reason.NOT_A_NUMBER, expr.kind, kinds.Number())
    return lowering.broken(clash_diagnostic(clash, operation, (expr, None), expr.origin.span), expr.origin.span)


def state_const(word: ast.StateWord, origin: Origin) -> core.StateConst:
    """Make the state an author wrote."""
    return core.StateConst(STATES[word], origin=origin)
