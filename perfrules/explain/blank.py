"""Rules in words while nothing is known of any entity: the words of a result's explanation, for the rubric itself.

What is the same for all entities is told by its value; what differs between them by its name.
"""

from __future__ import annotations

from types import MappingProxyType

from perfrules.evaluate.evaluate import evaluate
from perfrules.explain.chain import Chain, chain_of
from perfrules.explain.narrate.lights import light_rule
from perfrules.explain.narrate.table import narrate_heart, narrate_layer
from perfrules.explain.outline import final_total, index_of
from perfrules.explain.printing import in_words, rounding_in_words, says_more_than_its_value
from perfrules.explain.reading import Reading
from perfrules.explain.reasons import source_of
from perfrules.explain.statement import Part, Statement
from perfrules.ir import expressions as core
from perfrules.ir.inputs import CohortFact, Facts
from perfrules.ir.plan import Plan, Role
from perfrules.lang.states import State


def blank_reading(plan: Plan) -> Reading:
    """Read *plan* with nothing known: every input, judged mark and statistic across entities is pending.

    Dated parameters are those of the plan's own as-of date, else the latest.
    """
    as_of = plan.as_of_default or max(plan.as_of_dates, default=None)
    facts = Facts(
        entity="",
        values=MappingProxyType({declared.name: State.PENDING for declared in plan.inputs}),
        as_of=as_of,
        cohort=MappingProxyType(
            {
                node.id: CohortFact(value=State.PENDING, count=0)
                for node in plan.nodes
                if isinstance(node.expr, core.CohortAggregate)
            }
        ),
    )
    trace = evaluate(plan, facts).trace
    assert trace is not None
    return Reading(plan, facts, trace, index_of(plan), trace, blank=True)


def rule_in_words(reading: Reading, code: str) -> tuple[Statement, ...]:
    """Say how an indicator earns its marks and its light, from the method outwards."""
    node = reading.node(code, Role.FINAL)
    marks = () if node is None else _rule(reading, chain_of(reading, node, code), code)
    return (*marks, *light_rule(reading, code))


def total_in_words(reading: Reading) -> tuple[Statement, ...]:
    """Say how the total is made of the indicators; nothing where there is none."""
    node = final_total(reading.plan)
    return () if node is None else _rule(reading, chain_of(reading, node, "total"), "total")


def measure_in_words(reading: Reading, code: str) -> Part | None:
    """Write what an indicator measures; None where it has no measure."""
    node = reading.node(code, Role.MEASURE)
    if node is None:
        return None
    placed = reading.root(node)
    while isinstance(placed.expr, core.Select) and placed.expr.origin.construct == "applies":
        placed = placed.parts[1]
    if isinstance(placed.expr, core.Round):
        placed = placed.parts[0]
    source = source_of(reading, placed)
    return in_words(reading, source if says_more_than_its_value(source) else placed)


def measure_rounding(reading: Reading, code: str) -> Statement | None:
    """Say how a measure is rounded; None where it is not."""
    node = reading.node(code, Role.MEASURE)
    placed = None if node is None else reading.root(node)
    while placed is not None and isinstance(placed.expr, core.Select) and placed.expr.origin.construct == "applies":
        placed = placed.parts[1]
    return rounding_in_words(placed.expr.rounding) if placed and isinstance(placed.expr, core.Round) else None


def _rule(reading: Reading, marks_chain: Chain, owner: str) -> tuple[Statement, ...]:
    told = [narrate_heart(reading, marks_chain.heart, owner)]
    told += [narrate_layer(reading, layer, owner) for layer in marks_chain.layers]
    return tuple(said for each in told for said in each.rule)
