"""Statistics across entities: a node for each part, which every entity brings, and one that stands for the result.

A condition guards the value: where it does not hold there is nothing to be asked, and nothing to go wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import evolve

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, unify
from perfrules.ir.expressions import CohortOp, Expr, LogicOp, Origin
from perfrules.ir.plan import Node, Role
from perfrules.ir.walk import everything
from perfrules.lang import kinds
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Kind
from perfrules.lang.rounding import Decimals, Mode, Rounding
from perfrules.lang.states import State
from perfrules.methods.misplaced import misplaced
from perfrules.model import literals
from perfrules.model.aggregates import COUNT
from perfrules.model.checks.across_unstated import across_unstated
from perfrules.model.checks.percentile_out_of_range import percentile_out_of_range
from perfrules.model.checks.rounding_ambiguous import rounding_ambiguous
from perfrules.model.literals import numeric
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.across import Across, First

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

CONSTRUCT: Final = "across entities"
"""The construct that the expressions of statistics come from."""
GUARD: Final = "around"
"""The role of what stands where the condition of a statistic does not hold: who is not asked is not left out."""
_CONDITIONS: Final = frozenset({CohortOp.SHARE, CohortOp.ANY, CohortOp.ALL})
_COUNTS: Final = frozenset({CohortOp.COUNT, CohortOp.COUNT_DISTINCT, CohortOp.RANK})
_DEVIATIONS: Final = frozenset({CohortOp.DEVIATION_POPULATION, CohortOp.DEVIATION_SAMPLE})


def across(lowering: Lowering, tree: Across) -> Expr:
    """Refer to the statistic that *tree* means."""
    op = CohortOp(tree.function.value)
    for problem in across_unstated(tree):
        lowering.report(problem)
    parts = _lowered(lowering, tree, op)
    kind = _kind(op, parts.get("pool", parts.get("of")))
    empty = _empty(lowering, tree, op, kind)
    if empty is not None:
        kind, parts["empty"] = empty.kind if isinstance(kind, kinds.Unknown) else kind, empty
    names_record = _reads_record(lowering, parts)
    if names_record is not None:
        return names_record
    statistic = _statistic(tree, op, parts, kind)
    owner = lowering.scope.owner or None
    place = core.WrittenAt((*tree.used_at, tree.span), owner)
    meaning = (place.spans[0].file, statistic, kind, *((stage, part, part.kind) for stage, part in parts.items()))
    id_ = lowering.cohorts.id_of(tree, meaning, lambda id_: _nodes(id_, statistic, parts, owner))
    lowering.cohorts.note_place(id_, place)
    return core.NodeRef(id_, kind=kind, origin=statistic.origin)


def _nodes(id_: str, statistic: core.CohortAggregate, parts: Mapping[str, Expr], owner: str | None) -> tuple[Node, ...]:
    def named(part: Expr | None) -> Expr | None:
        return None if not isinstance(part, core.NodeRef) else evolve(part, id=f"{id_}/{part.id}")

    holds = named(statistic.where)
    found = [
        Node(
            id=f"{id_}/{stage}",
            role=Role.COHORT_PART,
            expr=part if stage != "of" or holds is None else _guarded(statistic.op, holds, part),
            kind=part.kind,
            indicator=owner,
            origin=part.origin,
        )
        for stage, part in parts.items()
    ]
    expr = evolve(
        statistic,
        id=id_,
        body=named(statistic.body),
        where=holds,
        groups=tuple(evolve(group, id=f"{id_}/{group.id}") for group in _refs(statistic.groups)),
        at=named(statistic.at),
        pool=named(statistic.pool),
        empty=named(statistic.empty),
    )
    node = Node(id=id_, role=Role.COHORT, expr=expr, kind=expr.kind, indicator=owner, origin=expr.origin)
    return (*found, node)


def _refs(parts: tuple[Expr, ...]) -> tuple[core.NodeRef, ...]:
    return tuple(part for part in parts if isinstance(part, core.NodeRef))


def _lowered(lowering: Lowering, tree: Across, op: CohortOp) -> dict[str, Expr]:
    """Lower the parts that are written, by the names of their nodes."""
    parts: dict[str, Expr] = {}
    if tree.where is not None:
        parts["where"] = lowering.condition(tree.where)
    if tree.body is not None:
        parts["of"] = _body(lowering, tree.body, op)
    for number, name in enumerate(tree.within, start=1):
        parts[f"group.{number}"] = lowering.expression(ast.Reference(path=(name,), span=name.span))
    if tree.pool is not None:
        parts["pool"] = numeric(lowering, lowering.expression(tree.pool), op.value)
        _report_step(lowering, tree, parts["pool"])
    if tree.at is not None:
        parts["at"] = numeric(lowering, lowering.expression(tree.at), op.value)
        for problem in percentile_out_of_range(tree.at, parts["at"]):
            lowering.report(problem)
    return parts


def _body(lowering: Lowering, tree: ast.Expression, op: CohortOp) -> Expr:
    if op in _CONDITIONS:
        return lowering.condition(tree)
    body = lowering.expression(tree)
    return body if op is CohortOp.COUNT_DISTINCT else numeric(lowering, body, op.value)


def _guarded(op: CohortOp, holds: Expr, body: Expr) -> Expr:
    """Ask for the value only of those for whom the condition holds; any and all go by their own logic."""
    origin = Origin(CONSTRUCT, "value", body.origin.span, body.origin.title)
    if op is CohortOp.ANY:
        return core.Logic(LogicOp.AND, (holds, body), kind=body.kind, origin=origin)
    if op is CohortOp.ALL:
        fails = core.Logic(LogicOp.NOT, (holds,), kind=body.kind, origin=origin)
        return core.Logic(LogicOp.OR, (fails, body), kind=body.kind, origin=origin)
    nothing = core.StateConst(State.EXCLUDED, kind=body.kind, origin=Origin(CONSTRUCT, GUARD, body.origin.span))
    return core.Select(((holds, body),), nothing, kind=body.kind, origin=origin)


def _kind(op: CohortOp, subject: Expr | None) -> Kind:
    if op in _COUNTS:
        return COUNT
    if op in (CohortOp.SHARE, CohortOp.PERCENTILE_RANK):
        return kinds.Ratio()
    if op in _CONDITIONS:
        return kinds.YesNo()
    kind = kinds.Unknown() if subject is None else subject.kind
    return kinds.PercentagePoints() if op in _DEVIATIONS and isinstance(kind, kinds.Percent) else kind


def _empty(lowering: Lowering, tree: Across, op: CohortOp, kind: Kind) -> Expr | None:
    if tree.empty is None:
        return None
    if isinstance(tree.empty, ast.StateWord):
        return literals.state_const(tree.empty, Origin(CONSTRUCT, "empty", tree.span))
    found = unify(
        (core.Broken(kind=kind), lowering.lower(tree.empty, kind if isinstance(kind, kinds.Points) else None))
    )
    return lowering.misfit(found, op.value, tree.empty.span) if isinstance(found, Misfit) else found.operands[1]


def _report_step(lowering: Lowering, tree: Across, pool: Expr) -> None:
    """Report decimals of a percentage, which people read in two ways; a step says which. And an odd constant."""
    if tree.step is None:
        return
    if isinstance(pool, core.Const) and isinstance(pool.value, Exact) and (pool.value / tree.step).denominator != 1:
        args = {"pool": as_text(pool.value), "step": as_text(tree.step)}
        lowering.report(Diagnostic(Code.POOL_NOT_WHOLE, pool.origin.span, args=args))
    places = len(str(tree.step.denominator)) - 1
    if tree.step == Exact(10) ** -places:
        for problem in rounding_ambiguous(Rounding(Mode.HALF_UP, Decimals(places)), pool.kind, tree.span):
            lowering.report(problem)


def _reads_record(lowering: Lowering, parts: Mapping[str, Expr]) -> Expr | None:
    """Report a part that names a record of a table: other entities have other records."""
    for part in parts.values():
        for each in everything(part):
            if isinstance(each, core.FieldOf) and any(each.variable == v.name for v in lowering.scope.variables):
                span = each.origin.span or part.origin.span
                assert span is not None  # it was read from the text
                clause = f"{each.variable}.{each.name}"
                return lowering.broken(misplaced(clause, Word("across-entities"), ("let",), span), span)
    return None


def _statistic(tree: Across, op: CohortOp, parts: Mapping[str, Expr], kind: Kind) -> core.CohortAggregate:
    """Return the statistic before it has an id: its parts are named by their stages alone."""

    def read(stage: str) -> Expr | None:
        origin = Origin(CONSTRUCT, stage, tree.span)
        return core.NodeRef(stage, kind=parts[stage].kind, origin=origin) if stage in parts else None

    groups = (read(f"group.{number}") for number in range(1, len(tree.within) + 1))
    return core.CohortAggregate(
        "",
        op,
        body=read("of"),
        where=read("where"),
        groups=tuple(group for group in groups if group is not None),
        present=tree.present,
        trimming=None if tree.trim is None else core.Trimming(tree.trim.high, tree.trim.low, tree.trim.at_least),
        ties=None if tree.ties is None else core.TiesRule(tree.ties.value),
        highest_first=tree.first is not First.LOWEST,
        method=None if tree.method is None else core.PercentileMethod(tree.method.value),
        at=read("at"),
        pool=read("pool"),
        step=tree.step,
        empty=read("empty"),
        kind=kind,
        origin=Origin(CONSTRUCT, op.value, tree.span),
    )
