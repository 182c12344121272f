"""Statistics across entities in words: what is compared, this entity's value, among how many, who did not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading, all_placed
from perfrules.explain.statement import Listed, Part, Phrase, Range, Statement, Term, statement, value_part
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp
from perfrules.ir.inputs import CohortFact
from perfrules.ir.plan import Node, Role
from perfrules.lang.states import State

_NAMED = 5
"""How many of the absent are named."""


def across_steps(reading: Reading, root: Placed) -> tuple[Step, ...]:
    """Tell each statistic that *root* reads, itself or in the parts of expressions (`let`), once."""
    found = {id_: _step(reading, id_) for id_ in _statistics(reading, root, set())}
    return tuple(step for step in found.values() if step is not None)


def _statistics(reading: Reading, root: Placed, seen: set[str]) -> Iterator[str]:
    for placed in all_placed(root):
        node = reading.index.nodes.get(placed.expr.id) if isinstance(placed.expr, core.NodeRef) else None
        if node is None or node.id in seen or not reading.was_evaluated(placed):
            continue
        seen.add(node.id)
        if node.role is Role.LET:
            yield from _statistics(reading, reading.root(node.id), seen)
        elif node.role is Role.COHORT:
            yield node.id


def told(reading: Reading, id_: str, *, valued: bool = True) -> Statement | None:
    """Tell a statistic, its value too if *valued*: among how many, what ties share, who did not count."""
    node, fact = reading.index.nodes[id_], reading.facts.cohort.get(id_)
    if fact is None or not isinstance(node.expr, core.CohortAggregate):
        return None
    says = _told(reading, node, fact, {"value": _value(node, fact)} if valued else {})
    return statement("across.absent", names=_names(fact.absent), step=says) if fact.absent else says


def _step(reading: Reading, id_: str) -> Step | None:
    says = told(reading, id_)
    return None if says is None else Step(construct="across entities", says=says)


def _told(reading: Reading, node: Node, fact: CohortFact, value: Mapping[str, Part]) -> Statement:
    expr, only = node.expr, "" if value else "-only"
    assert isinstance(expr, core.CohortAggregate)
    args = {"statistic": in_words(reading, Placed(core.NodeRef(node.id, kind=node.kind), 0, ())), **value}
    if expr.op is CohortOp.COUNT:
        return statement(f"across.counted{only}", **args)
    args["count"] = str(fact.count)
    if expr.op is not CohortOp.RANK or expr.ties is None:
        return statement(f"across.value{only}", **args)
    order = Term("highest-first" if expr.highest_first else "lowest-first")
    return statement(f"across.place{only}", order=order, ties=Term(f"ties-{expr.ties.value}"), **args)


def _value(node: Node, fact: CohortFact) -> Part:
    if fact.value is State.PENDING and fact.within is not None:
        return Range(fact.within, node.kind)
    return value_part(fact.value, node.kind)


def _names(absent: tuple[str, ...]) -> Part:
    named = Listed(absent[:_NAMED])
    return Phrase((named, " …")) if len(absent) > _NAMED else named
