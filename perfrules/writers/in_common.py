"""What the results of rulesets that were scored together have in common: a rubric of what all of them say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from attrs import evolve

from perfrules.ir.plan import OutlineItem, Plan, ResultOutline
from perfrules.plan.together import common_bases


def in_common(plans: Sequence[Plan]) -> Plan:
    """Return the first of *plans* without the indicators and results that are not in all of them.

    What stands inside a filled slot has nothing to do with what another ruleset fills it with, whatever its code.
    """
    nodes = reduce(lambda found, plan: found & _nodes(plan), plans[1:], _nodes(plans[0]))
    ids = {id_ for id_, *_ in nodes}
    first = plans[0]
    return evolve(
        first,
        nodes=tuple(node for node in first.nodes if node.id in ids),
        outline=tuple(_indicators([plan.outline for plan in plans], _base_files(plans))),
        grades=first.grades if "grade" in ids else (),
        total_full=first.total_full if all(plan.total_full is not None for plan in plans) else None,
        decisions=_results([plan.decisions for plan in plans], ids),
        alerts=_results([plan.alerts for plan in plans], ids),
        outputs=_results([plan.outputs for plan in plans], ids),
        flags=tuple(name for name in first.flags if all(name in plan.flags for plan in plans)),
    )


def _nodes(plan: Plan) -> set[tuple[str, object, object]]:
    return {(node.id, node.role, node.kind) for node in plan.nodes}


def _base_files(plans: Sequence[Plan]) -> frozenset[str]:
    """Return the texts of what all rulesets are made of, as each of them calls those."""
    common = {base.identity for base in common_bases(plans)}
    bases = (each for plan in plans for each in plan.lineage if each.identity in common)
    return frozenset(name for base in bases for name, _ in base.texts)


def _indicators(outlines: Sequence[Iterable[OutlineItem]], files: frozenset[str]) -> Iterator[OutlineItem]:
    first, *others = ({item.code: item for item in outline} for outline in outlines)
    for code, item in first.items():
        found = [item, *(other[code] for other in others if code in other)]
        if len(found) < len(outlines):
            continue
        if any(each.span is not None and each.span.file in files for each in found):
            yield evolve(item, children=tuple(_indicators([each.children for each in found], files)))
        elif len({(each.title, each.amount_text) for each in found}) == 1:
            yield evolve(item, children=())  # a slot, and what fills it


def _results(lists: Sequence[tuple[ResultOutline, ...]], ids: set[str]) -> tuple[ResultOutline, ...]:
    names = [{each.name for each in results} for results in lists]
    return tuple(each for each in lists[0] if each.node in ids and all(each.name in known for known in names))
