"""One entity's part of a record: what was given and read of it, every value and step, its result; salted.

The parts are the leaves of the record's Merkle tree, sorted by the entity's name and then by its place in the data. A
salt that nobody can guess keeps others from trying what a leaf may say until its hash fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import CohortFact, Facts, InputDeclaration, JudgedMark, Override
from perfrules.ir.plan import Plan
from perfrules.record.cells import GivenCell, GivenRow, cell_tree, given_rows, place_tree
from perfrules.record.perform import Performed
from perfrules.record.values import Tree, value_tree
from perfrules.scored import Result
from perfrules.writers.canonical import canonical_text
from perfrules.writers.result_tree import interval_tree, result_tree

Leaf = dict[str, Any]


def leaf_bytes(leaf: Mapping[str, Any]) -> bytes:
    """Return a leaf as it stands in the record."""
    return canonical_text(leaf).encode("utf-8")


def leaves_of(performed: Performed) -> tuple[Leaf, ...]:
    """Return the parts of all entities without their salts, in the order of the tree."""
    parts = zip(performed.results, given_rows(performed), performed.facts, performed.places, strict=True)
    found = [
        _leaf(performed, result, given, facts, {"position": str(position), "source": place_tree(place)})
        for position, (result, given, facts, place) in enumerate(parts, start=1)
    ]
    return tuple(sorted(found, key=lambda leaf: (leaf["entity"], int(leaf["position"]))))


def _leaf(
    performed: Performed, result: Result, given: GivenRow, facts: Facts | None, about: Mapping[str, Tree]
) -> Leaf:
    plan = performed.rules.plan
    as_of = performed.run.as_of or plan.as_of_default
    return {
        "entity": result.entity,
        **about,
        "ruleset": {"name": plan.name, "version": plan.version, "hash": plan.compiled_hash},
        "as_of": None if as_of is None else as_of.isoformat(),
        "inputs": [_input(each, given, facts) for each in plan.inputs],
        "people": [{**_person(each), **cell_tree(each)} for each in given.people],
        "judged": {} if facts is None else {code: _judged(mark) for code, mark in facts.judged.items()},
        "overrides": {} if facts is None else {code: _override(each) for code, each in facts.overrides.items()},
        "statistics": {} if result.facts is None else _statistics(result.facts.cohort),
        "nodes": [] if result.trace is None else [_values(plan, result.trace, node.id) for node in plan.nodes],
        "result": result_tree(result),
    }


def _input(declared: InputDeclaration, given: GivenRow, facts: Facts | None) -> dict[str, Tree]:
    """Return an input as it was read and as it was given; without a value where it could not be read."""
    found: dict[str, Tree] = {"name": declared.name}
    if facts is not None and declared.name in facts.values:
        found["value"] = value_tree(facts.values[declared.name])
    if declared.external is not None:
        return {**found, "results": declared.external.alias or "previous", "reads": declared.external.reads}
    if declared.name in given.records:
        return {**found, "records": [dict(place) for place in given.records[declared.name]]}
    return {**found, **cell_tree(given.inputs.get(declared.name))} if declared.name in given.inputs else found


def _person(cell: GivenCell) -> dict[str, Tree]:
    return {"indicator": cell.name, "says": f"override.{cell.part}" if cell.is_override else cell.part}


def _judged(mark: JudgedMark) -> dict[str, Tree]:
    found = {"level": mark.level, "mark": mark.mark, "by": mark.by, "on": mark.on, "reason": mark.reason}
    return {name: value_tree(value) for name, value in found.items() if value is not None}


def _override(override: Override) -> dict[str, Tree]:
    return {"value": value_tree(override.value), "by": override.by, "why": override.why}


def _statistics(cohort: Mapping[str, CohortFact]) -> dict[str, Tree]:
    return {node: _statistic(fact) for node, fact in cohort.items()}


def _statistic(fact: CohortFact) -> dict[str, Tree]:
    within = {} if fact.within is None else {"within": interval_tree(fact.within)}
    return {"value": value_tree(fact.value), "count": str(fact.count), "absent": list(fact.absent), **within}


def _values(plan: Plan, trace: Trace, node: str) -> dict[str, Tree]:
    """Return the value of a node, and those of its steps where it has more than one."""
    steps = trace.steps(node)
    found: dict[str, Tree] = {"id": node, "value": value_tree(trace[node])}
    return {**found, "steps": [value_tree(each) for each in steps]} if len(steps) > 1 else found
