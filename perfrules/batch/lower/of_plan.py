"""The way in: a plan, and what is asked of it, give a tape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import Unsupported
from perfrules.batch.lower.expressions import construct
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.marks import MILDEST_FIRST
from perfrules.batch.lower.outcomes import put_outcomes_aside
from perfrules.batch.lower.pruned import pruned
from perfrules.batch.lowered import Aside, Asked, Lowered, NodeColumns
from perfrules.evaluate.judged_facts import judged_inputs
from perfrules.ir.expressions import Const, Judged
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything


def lower(plan: Plan, asked: Asked) -> Lowered:
    """Write *plan* as operations on columns.

    Every node is lowered, since any of them may have an entity refused; only those asked for are given.
    """
    declared = {**{declaration.name: declaration for declaration in plan.inputs}, **judged_inputs(plan)}
    lowering = Lowering(plan, asked, construct, declared)
    for text in (*MILDEST_FIRST, *plan.grades, *_written_texts(plan)):
        lowering.text(text)
    unsupported: dict[str, str] = {}
    for node in plan.nodes:
        try:
            lowering.nodes[node.id] = lowering.pair(node.expr)
        except Unsupported as why:
            unsupported[node.id] = str(why)
    if not unsupported:
        put_outcomes_aside(lowering)
    return _lowered(lowering, unsupported)


@per_plan
def _written_texts(plan: Plan) -> tuple[str, ...]:
    """List the texts that rules write, so that their codes are the same whatever the data lack."""
    found: dict[str, None] = {}
    for node in plan.nodes:
        for part in everything(node.expr):
            match part:
                case Const(value=str(text)):
                    found[text] = None
                case Judged(levels=levels):
                    found |= dict.fromkeys(level.name for level in levels)
    return tuple(found)


def _options(plan: Plan) -> Iterator[str]:
    """Yield the texts that data may hold by declaration."""
    for declared in plan.inputs:
        yield from declared.options
        for field in declared.fields:
            yield from field.options
    for judged in plan.judged:
        yield from judged.levels


def _lowered(lowering: Lowering, unsupported: Mapping[str, str]) -> Lowered:
    wanted = lowering.asked.nodes
    nodes = {
        node: NodeColumns(pair.value, pair.state, pair.shape)
        for node, pair in lowering.nodes.items()
        if wanted is None or node in wanted
    }
    aside = tuple(
        Aside(reason, truths.any_of(lowering.columns, conditions)) for reason, conditions in lowering.asides.items()
    )
    found = Lowered(
        tape=lowering.columns.tape, nodes=nodes, aside=aside, texts=tuple(lowering.texts), unsupported=unsupported
    )
    return pruned(found)
