"""Why an indicator has the marks it has: its rule, its numbers, its steps, its losses, and what would raise it."""

from __future__ import annotations

from attrs import evolve

from perfrules.evaluate.result import Result
from perfrules.explain.chain import Chain, chain_of
from perfrules.explain.changes.find import changes_for
from perfrules.explain.contribution import contribution_of
from perfrules.explain.explanation import Heading, IndicatorExplanation, OverrideNote, PutIn, Step
from perfrules.explain.narrate.across import across_steps
from perfrules.explain.narrate.plugin import plugin_steps
from perfrules.explain.narrate.table import narrate_heart, narrate_layer
from perfrules.explain.printing import in_words, says_more_than_its_value, with_values
from perfrules.explain.put_in import lacking, put_into
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Statement, statement
from perfrules.ir import expressions as core
from perfrules.ir.plan import OutlineItem, Role
from perfrules.lang.interval import Interval
from perfrules.lang.states import State


def explain_indicator(result: Result, reading: Reading, code: str) -> IndicatorExplanation:
    """Explain one indicator of a result, by its full code."""
    item, found = reading.index.items[code], result.indicators[code]
    node = reading.node(code, Role.FINAL)
    marks_chain = None if node is None else chain_of(reading, node, code)
    rule, steps = ((), ()) if marks_chain is None else narrated(reading, marks_chain, code)
    return IndicatorExplanation(
        heading=heading_of(result),
        code=code,
        title=item.title,
        amount_text=item.amount_text,
        rule_text=item.rule_text,
        method=item.method,
        status=found.status.value,
        score=found.score,
        full=found.full,
        possible=possible(result, node),
        rule=rule,
        put_in=_put_in(reading, item, node),
        steps=tuple(dict.fromkeys((*_measure(reading, code), *steps))),
        contribution=contribution_of(reading, item, result.indicators.__getitem__),
        changes=() if marks_chain is None or node is None else changes_for(reading, marks_chain, node, code),
        waiting=() if node is None else lacking(reading, node),
        override=override_note(reading, code),
        evidence=item.evidence,
        notes=item.notes,
        citations=item.citations,
        definition=item.definition,
    )


def heading_of(result: Result) -> Heading:
    """Name what is explained."""
    plan = result.plan
    return Heading(
        entity=result.entity, ruleset=plan.name, title=plan.title, version=plan.version, hash=plan.source_hash
    )


def narrated(reading: Reading, marks_chain: Chain, code: str) -> tuple[tuple[Statement, ...], tuple[Step, ...]]:
    """Return the rule and the steps of some marks, from the method outwards."""
    told = [narrate_heart(reading, marks_chain.heart, code)]
    told += [narrate_layer(reading, layer, code) for layer in marks_chain.layers]
    if reading.was_evaluated(marks_chain.heart):
        before = (*across_steps(reading, marks_chain.heart), *plugin_steps(reading, marks_chain.heart))
        told[0] = evolve(told[0], steps=(*before, *told[0].steps))
    else:
        told[0] = evolve(told[0], steps=())
    rule = tuple(said for each in told for said in each.rule)
    return rule, tuple(step for each in told for step in each.steps)


def possible(result: Result, node: str | None) -> Interval | None:
    """Return where an open value will lie."""
    if node is None or result.trace is None or result.trace.state_of(node) is not State.PENDING:
        return None
    enclosure = result.enclosures.get(node)
    found: Interval | None = None if enclosure is None else enclosure.numbers
    return found


def override_note(reading: Reading, code: str) -> OverrideNote | None:
    """Return a person's replacement of the mark, with the mark that was computed."""
    override, node = reading.facts.overrides.get(code), reading.node(code, Role.OVERRIDDEN)
    if override is None or node is None:
        return None
    computed = reading.part(reading.root(node).parts[0])
    return OverrideNote(value=override.value, computed=computed, by=override.by, why=override.why)


def _put_in(reading: Reading, item: OutlineItem, node: str | None) -> tuple[PutIn, ...]:
    start = node or reading.node(item.code, Role.MEASURE)
    if start is None:
        return ()
    children = {child.short for child in item.children}
    found = put_into(reading, start, item.code)
    return tuple(put for put in found if not (put.sort == "indicator" and put.name in children))


def _measure(reading: Reading, code: str) -> tuple[Step, ...]:
    """Say what was measured, in words, with the numbers, and what came of it; roundings with before and after."""
    node = reading.node(code, Role.MEASURE)
    if node is None:
        return ()
    placed = reading.root(node)
    while isinstance(placed.expr, core.Select) and placed.expr.origin.construct == "applies":
        placed = placed.parts[1]
    if not reading.was_evaluated(placed):
        return ()
    inner = placed.parts[0] if isinstance(placed.expr, core.Round) else placed
    key = "measure.step" if says_more_than_its_value(inner) else "measure.value"
    words, value = in_words(reading, inner), reading.part(inner)
    says = statement(key, expression=words, value=value)
    if key == "measure.step":
        says = statement(key, expression=words, value=value, values=with_values(reading, inner))
    steps = [*across_steps(reading, inner), *plugin_steps(reading, inner), Step(construct="measure", says=says)]
    if inner is not placed:
        after = reading.part(placed)
        says = statement("rounding.measure", after=after, before=value)
        steps.append(Step(construct="rounding", says=says, before=value, after=after))
    return tuple(steps)
