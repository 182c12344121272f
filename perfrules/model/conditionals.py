"""`if … then … else …`: a chain of `else if` is one list of ordered cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, unify
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Kind
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def conditional(lowering: Lowering, tree: ast.Conditional, hint: Kind | None) -> Expr:
    """Lower a conditional; all its branches must be of one kind."""
    conditions: list[Expr] = []
    values: list[Expr] = []
    rest: ast.Expression = tree
    while isinstance(rest, ast.Conditional):
        conditions.append(lowering.condition(rest.condition))
        values.append(_branch(lowering, rest.then, hint))
        rest = rest.otherwise
    values.append(_branch(lowering, rest, hint))
    found = unify(tuple(values))
    if isinstance(found, Misfit):
        return lowering.misfit(found, "if", tree.span)
    cases = tuple(zip(conditions, found.operands[:-1], strict=True))
    return core.Select(cases, found.operands[-1], kind=found.kind, origin=Origin("expression", "if", tree.span))


def _branch(lowering: Lowering, tree: ast.Expression, hint: Kind | None) -> Expr:
    named = None if hint is None else lowering.option(tree, hint)
    return lowering.lower(tree, hint) if named is None else named
