"""`applies when … otherwise …` and `missing -> …`: what stands in for marks that are not to be computed, or cannot be.

An indicator inside one that does not apply does not apply either: it is excluded, and nothing of it is computed.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Points, Unknown
from perfrules.lang.states import State
from perfrules.methods.parts import placed, zero
from perfrules.model.block import Block, all_blocks
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast import clauses as ast
from perfrules.syntax.ast.expressions import Expression, Reserved, Word
from perfrules.text import Span


@frozen
class Guards:
    """The `applies` clauses of a ruleset by path."""

    clauses: Mapping[str, ast.Applies]

    def guarded_measure(self, block: Block, measure: Expr, lowering: Lowering) -> Expr:
        """Let a measure be excluded where its indicator does not apply, whatever the marks are then."""
        return self._around(block.path, measure, lowering)

    def guarded_marks(self, block: Block, marks: Expr, lowering: Lowering) -> Expr:
        """Make marks what `otherwise` says where the indicator does not apply, excluded inside one that does not."""
        own = self.clauses.get(block.path)
        if own is not None:
            condition = _condition(block.path, own, lowering)
            stand_in = fallback(own.otherwise, own.span, "applies", lowering)
            origin = Origin("applies", "otherwise", own.span)
            marks = core.Select(((condition, marks),), stand_in, kind=Points(), origin=origin)
        parent = lowering.declared.names.indicators[block.path].parent
        return self._around(parent, marks, lowering)

    def guarded_light(self, block: Block, light: Expr, lowering: Lowering) -> Expr:
        """Let a light be excluded with its indicator; where the marks stay although it does not apply, so does it."""
        own = self.clauses.get(block.path)
        stays = block.has_marks and own is not None and own.otherwise is not ast.Fallback.EXCLUDED
        parent = lowering.declared.names.indicators[block.path].parent
        return self._around(parent if stays else block.path, light, lowering)

    def _around(self, path: str, expr: Expr, lowering: Lowering) -> Expr:
        for owner in lowering.declared.names.chain(path):
            applies = self.clauses.get(owner)
            if applies is not None:
                origin = Origin("applies", "around", applies.span)
                excluded = core.StateConst(State.EXCLUDED, kind=expr.kind, origin=origin)
                cases = ((_condition(owner, applies, lowering), expr),)
                expr = core.Select(cases, excluded, kind=expr.kind, origin=origin)
        return expr


def read_guards(root: Block) -> Guards:
    """Collect the `applies` clauses of all indicators."""
    found = ((block.path, block.first(ast.Applies)) for block in all_blocks(root))
    return Guards({path: applies for path, applies in found if applies is not None})


def answered_missing(block: Block, marks: Expr, lowering: Lowering) -> Expr:
    """Let the missing policy stand in where the marks are missing."""
    missing = block.first(ast.Missing)
    if missing is None:
        return marks
    stand_in = fallback(missing.policy, missing.span, "missing policy", lowering)
    origin = Origin("missing policy", "score", missing.span)
    return core.Recover(marks, State.MISSING, stand_in, kind=Points(), origin=origin)


def fallback(policy: ast.Fallback | Expression, span: Span, construct: str, lowering: Lowering) -> Expr:
    """Lower what stands in: `zero`, `full`, `excluded`, `pending` or a number of points."""
    origin = Origin(construct, "replacement", span)
    match policy:
        case ast.Fallback.ZERO:
            return placed(zero(), origin)
        case ast.Fallback.FULL:
            return placed(lowering.marks(Reserved(word=Word.FULL, span=span)), origin)
        case ast.Fallback.EXCLUDED:
            return core.StateConst(State.EXCLUDED, kind=Points(), origin=origin)
        case ast.Fallback.PENDING:
            return core.StateConst(State.PENDING, kind=Points(), origin=origin)
        case _:
            return placed(lowering.marks(policy), origin)


def _condition(path: str, applies: ast.Applies, lowering: Lowering) -> Expr:
    """Lower the condition once for the indicator and all inside it."""
    condition = lowering.memo.expression(f"{path}/applies", lambda: lowering.inside(path).condition(applies.condition))
    if condition is None:
        return core.Broken(kind=Unknown(), origin=Origin("applies", span=applies.span))
    return placed(condition, Origin("applies", "condition", applies.condition.span))
