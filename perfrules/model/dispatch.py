"""Which module lowers which form of expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from perfrules.ir import expressions as core
from perfrules.ir.conversion import as_marks
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Kind, Points
from perfrules.model import (
    across,
    aggregates,
    arguments,
    calls,
    comparisons,
    conditionals,
    earlier_results,
    literals,
    operators,
    references,
)
from perfrules.model.checks.rounding_ambiguous import rounding_ambiguous
from perfrules.model.memo import MAX_DEPTH
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.tree import Text
from perfrules.syntax.limits import nesting_too_deep

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def lower(lowering: Lowering, tree: ast.Expression, hint: Kind | None) -> Expr:
    """Lower *tree*. *hint* is the kind its place expects: it decides what bare numbers and bare names mean, no more."""
    memo = lowering.memo
    try:
        if not memo.deeper():
            return lowering.broken(nesting_too_deep("blocks-and-brackets", MAX_DEPTH, tree.span), tree.span)
        if not isinstance(hint, Points):
            return _lower(lowering, tree, hint)
        if isinstance(tree, ast.Number) and tree.form in literals.MARKS:
            return literals.marks(tree)
        found = _lower(lowering, tree, hint)
    finally:
        memo.higher()
    # Where marks are expected, each term by itself may be a plain number.
    return as_marks(found) or found


def _lower(lowering: Lowering, tree: ast.Expression, hint: Kind | None) -> Expr:
    match tree:  # what is written most comes first
        case ast.Reference():
            return references.reference(lowering, tree, hint)
        case ast.Reserved():
            return references.reserved(lowering, tree)
        case ast.Binary():
            return operators.binary(lowering, tree, hint)
        case ast.Number() | ast.DateLiteral() | ast.YesNo() | Text():
            return literals.literal(tree)
        case ast.Quantity():
            return literals.quantity(lowering, tree)
        case ast.ColourWord():
            return literals.colour(tree)
        case ast.Unary():
            return operators.unary(lowering, tree, hint)
        case ast.Inside():
            subject = lower(lowering, tree.subject, None)
            origin = Origin("expression", "in", tree.span)
            return comparisons.is_inside(lowering, subject, tree.choices, origin)
        case ast.IsState():
            subject = lower(lowering, tree.subject, None)
            return core.IsState(
                subject,
                literals.STATES[tree.state],
                kind=comparisons.CONDITION,
                origin=Origin("expression", "is", tree.span),
            )
        case ast.Conditional():
            return conditionals.conditional(lowering, tree, hint)
        case ast.CaseExpression():
            return conditionals.case_expression(lowering, tree, hint)
        case ast.Call():
            return calls.call(lowering, tree, hint)
        case ast.RoundTo():
            operand = lower(lowering, tree.operand, hint)
            origin = Origin("rounding", span=tree.span)
            for problem in rounding_ambiguous(tree.rounding, operand.kind, tree.span):
                lowering.report(problem)
            return core.Round(
                literals.numeric(lowering, operand, "round"), tree.rounding, kind=operand.kind, origin=origin
            )
        case ast.Aggregate():
            return aggregates.aggregate(lowering, tree)
        case Across():
            return across.across(lowering, tree)
        case ast.Previous():
            return earlier_results.previous(lowering, tree)
        case ast.Argument():
            return arguments.argument(lowering, tree)
        case _:
            assert_never(tree)
