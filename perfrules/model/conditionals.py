"""`if … then … else …` and `cases { … }`: ordered cases; a chain of `else if` is one list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, unify
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Kind
from perfrules.methods.misplaced import unstated
from perfrules.methods.otherwise import after_otherwise
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
    return _choice(lowering, conditions, values, Origin("expression", "if", tree.span))


def case_expression(lowering: Lowering, tree: ast.CaseExpression, hint: Kind | None) -> Expr:
    """Lower `cases { when … -> …; otherwise -> … }`; `otherwise` is required, and last."""
    after_otherwise([(case.condition is None, case.span) for case in tree.cases], lowering)
    conditions = [lowering.condition(case.condition) for case in tree.cases if case.condition is not None]
    values = [_branch(lowering, case.value, hint) for case in tree.cases if case.condition is not None]
    last = next((case for case in tree.cases if case.condition is None), None)
    if last is None:
        return lowering.broken(unstated("otherwise", "cases", "otherwise -> …", tree.span), tree.span)
    values.append(_branch(lowering, last.value, hint))
    return _choice(lowering, conditions, values, Origin("expression", "cases", tree.span))


def _choice(lowering: Lowering, conditions: Sequence[Expr], values: Sequence[Expr], origin: Origin) -> Expr:
    """Return the ordered cases, the last of *values* for what is left."""
    found = unify(tuple(values))
    if isinstance(found, Misfit):
        return lowering.misfit(found, origin.role, origin.span)
    if not conditions:
        return found.operands[0]
    cases = tuple(zip(conditions, found.operands[:-1], strict=True))
    return core.Select(cases, found.operands[-1], kind=found.kind, origin=origin)


def _branch(lowering: Lowering, tree: ast.Expression, hint: Kind | None) -> Expr:
    named = None if hint is None else lowering.option(tree, hint)
    return lowering.lower(tree, hint) if named is None else named
