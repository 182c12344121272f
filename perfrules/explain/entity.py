"""Why an entity has the total and the grade it has."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.result import Result
from perfrules.explain.chain import Chain, chain_of
from perfrules.explain.consequences import lights_of, results_of, vetoes_of
from perfrules.explain.contribution import full_total, spread, total_chain, total_contribution
from perfrules.explain.explanation import EntityExplanation, Loss, OverrideNote, PutIn
from perfrules.explain.grade import explain_grade
from perfrules.explain.indicator import heading_of, narrated, override_note, possible
from perfrules.explain.narrate.combine import left_out
from perfrules.explain.outline import final_total
from perfrules.explain.put_in import lacking
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Statement
from perfrules.ir.plan import Role


def explain_entity(result: Result, reading: Reading) -> EntityExplanation:
    """Explain a result that has values."""
    node, marks_chain = final_total(reading.plan), total_chain(reading)
    tree = total_contribution(reading, result.indicators.__getitem__)
    return EntityExplanation(
        heading=heading_of(result),
        status=result.status.value,
        total=result.total,
        full=full_total(reading),
        possible=possible(result, node),
        steps=() if marks_chain is None else narrated(reading, marks_chain, "total")[1],
        contribution=tree,
        losses=() if tree is None else largest_first(spread(tree)),
        grade=explain_grade(result, reading),
        vetoes=vetoes_of(reading),
        left_out=tuple(_left_out(reading, marks_chain)),
        lights=lights_of(reading),
        results=results_of(reading),
        waiting=_waiting(reading),
        overrides=tuple(_overrides(reading)),
        problems=result.problems,
        citations=reading.plan.citations,
    )


def largest_first(losses: tuple[Loss, ...]) -> tuple[Loss, ...]:
    """Put the losses in order: the indicator that lost most first, its items together in the order of its rule."""
    together: dict[str | None, list[Loss]] = {}
    for loss in losses:
        together.setdefault(loss.code, []).append(loss)
    groups = sorted(together.values(), key=lambda group: -sum(loss.amount for loss in group))
    return tuple(loss for group in groups for loss in group)


def explain_refused(result: Result) -> EntityExplanation:
    """Explain a result that has problems instead of values."""
    return EntityExplanation(
        heading=heading_of(result),
        status=result.status.value,
        total=None,
        full=None,
        possible=None,
        problems=result.problems,
        citations=result.plan.citations,
    )


def _left_out(reading: Reading, marks_chain: Chain | None) -> Iterator[Statement]:
    """Say for each parent what left its denominator."""
    if marks_chain is not None:
        yield from left_out(reading, marks_chain.heart)
    for code, item in reading.index.items.items():
        node = reading.node(code, Role.FINAL)
        if item.children and node is not None:
            yield from left_out(reading, chain_of(reading, node, code).heart)


def _waiting(reading: Reading) -> tuple[PutIn, ...]:
    """List everything that the total, the grade or another result still waits for."""
    named = (*reading.plan.decisions, *reading.plan.alerts, *reading.plan.outputs)
    nodes = [id_ for id_ in (final_total(reading.plan), "grade") if id_ in reading.index.nodes]
    nodes += [node.id for node in reading.plan.nodes if node.role is Role.LIGHT]
    found: dict[tuple[str, str], PutIn] = {}
    for node in (*nodes, *(outline.node for outline in named)):
        for put in lacking(reading, str(node)):
            found.setdefault((put.sort, put.name), put)
    return tuple(found.values())


def _overrides(reading: Reading) -> Iterator[tuple[str, OverrideNote]]:
    for code in reading.index.items:
        note = override_note(reading, code)
        if note is not None:
            yield code, note
