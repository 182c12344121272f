"""An indicator → its nodes, one for each stage that does something, in the order of evaluation.

Leaf: measure → score (with `applies` and the missing policy) → held → rounded → overridden → veto → final. A parent's
score is what its children combine to; it is never held.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Points, Unknown
from perfrules.lang.rounding import Rounding
from perfrules.methods.lowers import Marked
from perfrules.methods.misplaced import unstated
from perfrules.methods.parts import held
from perfrules.methods.table import method_of
from perfrules.model.block import Block, Settings
from perfrules.model.checks.rounding_ambiguous import rounding_ambiguous
from perfrules.model.combining import combined_marks
from perfrules.model.fallbacks import Guards, answered_missing
from perfrules.model.lights import light_nodes
from perfrules.model.lowering import Lowering
from perfrules.model.marks import full_to_read
from perfrules.model.stages import Stages
from perfrules.model.vetoes import Vetoed, conditions_only, with_vetoes
from perfrules.model.worth import Worth, is_expression
from perfrules.syntax.ast import clauses as ast
from perfrules.syntax.ast.scoring import Between, Unbounded


@frozen(kw_only=True)
class Surroundings:
    """What every indicator's nodes depend on beside its own clauses."""

    lowering: Lowering
    worths: Mapping[str, Worth]
    settings: Settings
    guards: Guards


def indicator_nodes(block: Block, around: Surroundings) -> Vetoed:
    """Return the nodes of one indicator without those of its children, and what its vetoes do elsewhere."""
    lowering = around.lowering.inside(block.path)
    stages = Stages(block.path, _measure(block, around.guards, lowering), span=block.span)
    if not block.has_marks:
        found = conditions_only(block, stages, lowering)
        return Vetoed(found.nodes + light_nodes(block, lowering, around.guards), found.causes)
    worth = around.worths[block.path]
    if worth.full is not None:
        stages = stages.aside("full", Role.FULL, worth.full)
    stages = _marks(block, stages, lowering, around)
    rounding = _rounding(block, around.settings)
    if rounding is not None:
        stages = stages.then("rounded", Role.ROUNDED, _round(stages.last, rounding, block))
    origin = Origin("override", span=block.span, title=block.title)
    stages = stages.then(
        "overridden", Role.OVERRIDDEN, core.Overridable(block.path, stages.last, kind=Points(), origin=origin)
    )
    vetoed = with_vetoes(block, stages, lowering)
    return Vetoed(vetoed.nodes + light_nodes(block, lowering, around.guards), vetoed.causes)


def _measure(block: Block, guards: Guards, lowering: Lowering) -> tuple[Node, ...]:
    measure = block.first(ast.Measure)
    expr = lowering.measure_of(block.path) if measure is not None else None
    if measure is None or expr is None:
        return ()
    rounding = block.rounding(ast.RoundSubject.MEASURE)
    if rounding is not None:
        origin = Origin("rounding", "measure", rounding.span)
        for problem in rounding_ambiguous(rounding.rounding, expr.kind, rounding.span):
            lowering.report(problem)
        expr = core.Round(expr, rounding.rounding, kind=expr.kind, origin=origin)
    guarded = guards.guarded_measure(block, expr, lowering)
    origin = Origin("measure", span=measure.span, title=block.title)
    id_ = f"{block.path}/measure"
    return (Node(id=id_, role=Role.MEASURE, expr=guarded, kind=expr.kind, indicator=block.path, origin=origin),)


def _marks(block: Block, stages: Stages, lowering: Lowering, around: Surroundings) -> Stages:
    clause = block.first(ast.ScoreClause)
    if block.marked:
        return _combined(block, stages, lowering, around)
    if clause is None:
        lowering.report(unstated("score", block.name, "score", block.span))
        return stages.then("score", Role.SCORE, core.Broken(kind=Unknown(), origin=Origin("score", span=block.span)))
    method, limits = method_of(clause.score), clause.score.limits
    full = full_to_read(block.path, around.worths[block.path])
    marked = Marked(code=block.path, title=block.title, full=full, span=block.span)
    expr = _answered(block, method.expand(clause.score, lowering, marked), lowering, around)
    role = "unbounded" if isinstance(limits, Unbounded) else "score"
    stages = stages.then("score", Role.SCORE, expr, Origin(method.word, role, clause.span, block.title))
    if method.holds_itself or not isinstance(limits, Between):
        return stages
    return stages.then("held", Role.HELD, held(stages.last, limits, lowering))


def _combined(block: Block, stages: Stages, lowering: Lowering, around: Surroundings) -> Stages:
    """Combine the children; an expression may say what holds it."""
    marks = _answered(block, combined_marks(block, around.worths, lowering), lowering, around)
    clause = block.first(ast.Combine)
    if clause is None or not is_expression(block):
        return stages.then("score", Role.SCORE, marks, Origin("combine", span=block.span, title=block.title))
    role = "unbounded" if isinstance(clause.limits, Unbounded) else "expression"
    stages = stages.then("score", Role.SCORE, marks, Origin("combine", role, clause.span, block.title))
    if not isinstance(clause.limits, Between):
        return stages
    return stages.then("held", Role.HELD, held(stages.last, clause.limits, lowering))


def _answered(block: Block, expr: Expr, lowering: Lowering, around: Surroundings) -> Expr:
    return answered_missing(block, around.guards.guarded_marks(block, expr, lowering), lowering)


def _rounding(block: Block, settings: Settings) -> ast.Round | Rounding | None:
    """Return the indicator's own rounding, else the ruleset's for leaves or levels."""
    own = block.rounding(ast.RoundSubject.MARKS)
    if own is not None:
        return own
    return settings.round_levels if block.marked else settings.round_leaves


def _round(expr: Expr, rounding: ast.Round | Rounding, block: Block) -> Expr:
    if isinstance(rounding, ast.Round):
        origin = Origin("rounding", "marks", rounding.span)
        return core.Round(expr, rounding.rounding, kind=Points(), origin=origin)
    return core.Round(expr, rounding, kind=Points(), origin=Origin("rounding", "marks", block.span))
