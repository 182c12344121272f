"""Aggregates over the records of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, unify
from perfrules.ir.expressions import AggregateOp, Expr, Origin
from perfrules.lang import kinds
from perfrules.lang.kinds import Kind
from perfrules.lang.units import BUILT_IN
from perfrules.model import literals
from perfrules.model.literals import numeric
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

COUNT: Final = kinds.Quantity(BUILT_IN["count"])
_CONDITIONS: Final = frozenset({AggregateOp.SHARE, AggregateOp.ANY, AggregateOp.ALL})
_COUNTS: Final = frozenset({AggregateOp.COUNT, AggregateOp.COUNT_DISTINCT})
_DEVIATIONS: Final = frozenset({AggregateOp.DEVIATION_POPULATION, AggregateOp.DEVIATION_SAMPLE})
_DEFINED_WHEN_EMPTY: Final = _COUNTS | {AggregateOp.SUM, AggregateOp.ANY, AggregateOp.ALL}


def aggregate(lowering: Lowering, tree: ast.Aggregate) -> Expr:
    """Lower an aggregate; one that has no value over no records must say what it is then."""
    opened = lowering.with_record(tree.variable, tree.table)
    if opened is None:
        return core.Broken(kind=kinds.Unknown(), origin=Origin("broken", span=tree.span))
    inner, table = opened
    op = AggregateOp(tree.function.value)
    where = None if tree.where is None else inner.condition(tree.where)
    body = None if tree.body is None else _body(inner, op, tree.body)
    kind = _kind(op, body)
    empty = _empty(lowering, tree, op, kind)
    if empty is not None and not isinstance(empty, core.StateConst):
        found = unify((core.Broken(kind=kind), empty))
        if isinstance(found, Misfit):
            return lowering.misfit(found, op.value, empty.origin.span)
        kind, empty = found.kind, found.operands[1]
    trimming = None if tree.trim is None else core.Trimming(tree.trim.high, tree.trim.low, tree.trim.at_least)
    return core.TableAggregate(
        op,
        table,
        tree.variable.text,
        where,
        body,
        trimming,
        tree.skipping_missing,
        empty,
        tree.quorum,
        kind=kind,
        origin=Origin("aggregate", op.value, tree.span),
    )


def _body(inner: Lowering, op: AggregateOp, tree: ast.Expression) -> Expr:
    if op in _CONDITIONS:
        return inner.condition(tree)
    body = inner.expression(tree)
    return body if op in _COUNTS else numeric(inner, body, op.value)


def _kind(op: AggregateOp, body: Expr | None) -> Kind:
    if op in _COUNTS:
        return COUNT
    if op is AggregateOp.SHARE:
        return kinds.Ratio()
    if op in _CONDITIONS:
        return kinds.YesNo()
    kind = kinds.Unknown() if body is None else body.kind
    return kinds.PercentagePoints() if op in _DEVIATIONS and isinstance(kind, kinds.Percent) else kind


def _fewest(op: AggregateOp, trim: ast.Trim | None) -> int:
    """Return how many records surely leave something to make a value of."""
    few = 2 if op is AggregateOp.DEVIATION_SAMPLE else 1
    return few if trim is None or trim.at_least > trim.high + trim.low else trim.high + trim.low + 1


def _empty(lowering: Lowering, tree: ast.Aggregate, op: AggregateOp, kind: Kind) -> Expr | None:
    if isinstance(tree.empty, ast.StateWord):
        return literals.state_const(tree.empty, Origin("aggregate", "empty", tree.span))
    if tree.empty is not None:
        return lowering.lower(tree.empty, kind if isinstance(kind, kinds.Points) else None)
    if op not in _DEFINED_WHEN_EMPTY and (tree.quorum or 0) < _fewest(op, tree.trim):
        args = {"aggregate": op.value, "over": tree.table.text}
        lowering.report(Diagnostic(Code.EMPTY_UNANSWERED, tree.span, args=args))
    return None
