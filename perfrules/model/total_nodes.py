"""The ruleset's own marks: combined → held → total (after vetoes) → rounded total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Points
from perfrules.methods.misplaced import misplaced
from perfrules.methods.parts import placed
from perfrules.model.block import Block, Settings
from perfrules.model.combining import combined_marks
from perfrules.model.lowering import Lowering
from perfrules.model.stages import Stages
from perfrules.model.vetoes import Cause, zeroed
from perfrules.model.worth import Worth, is_expression
from perfrules.syntax.ast import clauses as ast
from perfrules.syntax.ast.declarations import Ceiling, Total

TOTAL, ROUNDED_TOTAL = "total", "rounded total"
_TO_ZERO = frozenset({ast.VetoEffect.TOTAL_ZERO})
_ROOT_TO_ZERO = frozenset({ast.VetoEffect.TOTAL_ZERO, ast.VetoEffect.ZERO})


def total_nodes(
    root: Block, worths: Mapping[str, Worth], settings: Settings, causes: Iterable[Cause], lowering: Lowering
) -> tuple[Node, ...]:
    """Return the nodes of the total; none where no indicator has marks."""
    if not root.has_marks:
        return ()
    span = settings.total.span if settings.total else root.span
    combined = combined_marks(root, worths, lowering, _base(settings, lowering))
    stages = Stages(TOTAL, span=span)
    full = worths[""].full
    if is_expression(root) and full is not None and not (settings.total and settings.total.ceiling):
        stages = stages.aside("full", Role.FULL, full)
    stages = stages.then("combined", Role.TOTAL, combined)
    held = _held(stages.last, worths[""].full, settings.total, lowering)
    if held is not None:
        stages = stages.then("held", Role.TOTAL, held)
    final = zeroed(stages.last, tuple(cause for cause in causes if _makes_total_zero(cause)))
    stages = stages.then("", Role.TOTAL, final, Origin("total", span=span))
    if settings.round_total is None:
        return stages.nodes
    clause = root.rounding(ast.RoundSubject.TOTAL)
    origin = Origin("rounding", "total", clause.span if clause else span)
    rounded = core.Round(stages.last, settings.round_total, kind=Points(), origin=origin)
    return (
        *stages.nodes,
        Node(id=ROUNDED_TOTAL, role=Role.TOTAL_ROUNDED, expr=rounded, kind=Points(), origin=origin),
    )


def _base(settings: Settings, lowering: Lowering) -> Expr | None:
    if settings.total is None or not settings.total.base:
        return None
    value = settings.total.value
    return placed(lowering.marks(value), Origin("total", "base", value.span))


def _makes_total_zero(cause: Cause) -> bool:
    return cause.veto.effect in (_ROOT_TO_ZERO if cause.indicator is None else _TO_ZERO)


def _held(before: Expr, full: Expr | None, total: Total | None, lowering: Lowering) -> Expr | None:
    """Hold the total below its ceiling, or between its limits."""
    if total is None:
        return None
    origin = Origin("limits", "total", total.span)
    if total.between is not None:
        low, high = lowering.marks(total.between.low), lowering.marks(total.between.high)
        return core.Clamp(before, low, high, kind=Points(), origin=origin)
    ceiling = _ceiling(full, total, lowering)
    return None if ceiling is None else core.Clamp(before, None, ceiling, kind=Points(), origin=origin)


def _ceiling(full: Expr | None, total: Total, lowering: Lowering) -> Expr | None:
    match total.ceiling:
        case Ceiling.CAPPED if total.base or full is None:
            lowering.report(misplaced("capped", "base", ("at most", "between"), total.span))
            return None
        case Ceiling.CAPPED:
            return full
        case Ceiling.AT_MOST if total.at_most is not None:
            return placed(lowering.marks(total.at_most), Origin("limits", "ceiling", total.at_most.span))
        case _:
            return None
