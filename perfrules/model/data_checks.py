"""Checks of the data: conditions that hold before anything is scored, with the two sides of each comparison kept.

A check reads inputs, tables, parameters and lets; that it reads nothing of the results is seen to by
`perfrules.model.checks.checks_of_results`.
"""

from __future__ import annotations

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, Expr, Origin
from perfrules.ir.plan import CheckOutline, Node, Role
from perfrules.lang.kinds import YesNo
from perfrules.methods.misplaced import misplaced
from perfrules.model.block import Block
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast.declarations import Check
from perfrules.syntax.ast.scoring import Records
from perfrules.syntax.printing.expressions import expression
from perfrules.syntax.printing.voice import Voice

CONSTRUCT = "check"


@frozen(kw_only=True)
class DataChecks:
    """The nodes and outlines of all checks, in the order written."""

    nodes: tuple[Node, ...]
    outlines: tuple[CheckOutline, ...]


def data_checks(root: Block, lowering: Lowering) -> DataChecks:
    """Lower every check of the ruleset."""
    found = [_check(tree, f"check.{number}", lowering) for number, tree in enumerate(root.every(Check), start=1)]
    return DataChecks(
        nodes=tuple(node for nodes, _ in found for node in nodes), outlines=tuple(outline for _, outline in found)
    )


def _check(tree: Check, id_: str, lowering: Lowering) -> tuple[tuple[Node, ...], CheckOutline]:
    if tree.records is not None:
        return _of_records(tree, tree.records, id_, lowering)
    condition = lowering.condition(tree.condition)
    if not isinstance(condition, core.Compare):
        return (_node(id_, condition),), _outline(tree, id_)
    left, right = _node(f"{id_}/left", condition.left), _node(f"{id_}/right", condition.right)
    compared = core.Compare(condition.op, _read(left), _read(right), kind=condition.kind, origin=condition.origin)
    return (left, right, _node(id_, compared)), _outline(tree, id_, sides=(left.id, right.id))


def _of_records(tree: Check, records: Records, id_: str, lowering: Lowering) -> tuple[tuple[Node, ...], CheckOutline]:
    if records.once_per is not None:
        lowering.report(misplaced("once per", "check", ("score tally",), records.once_per.span))
    origin = Origin(CONSTRUCT, "records", tree.condition.span)
    opened = lowering.with_record(records.variable, records.table)
    if opened is None:
        return (_node(id_, core.Broken(kind=YesNo(), origin=origin)),), _outline(tree, id_)
    place, table = opened
    where = None if records.where is None else place.condition(records.where)
    body = place.condition(tree.condition)
    every = core.TableAggregate(
        op=AggregateOp.ALL,
        table=table,
        variable=records.variable.text,
        where=where,
        body=body,
        trimming=None,
        skipping_missing=False,
        empty=None,
        kind=YesNo(),
        origin=origin,
    )
    comparison = body if isinstance(body, core.Compare) else None
    return (_node(id_, every),), _outline(tree, id_, comparison=comparison)


def _node(id_: str, expr: Expr) -> Node:
    return Node(id=id_, role=Role.CHECK, expr=expr, kind=expr.kind, origin=expr.origin)


def _read(side: Node) -> core.NodeRef:
    return core.NodeRef(side.id, kind=side.kind, origin=side.origin)


def _outline(
    tree: Check, id_: str, sides: tuple[str, str] | None = None, comparison: core.Compare | None = None
) -> CheckOutline:
    left, right = sides or (None, None)
    return CheckOutline(
        node=id_,
        title=expression(tree.condition, Voice("en")) if tree.title is None else tree.title.value,
        warning=tree.warning,
        left=left,
        right=right,
        comparison=comparison,
        span=tree.condition.span,
    )
