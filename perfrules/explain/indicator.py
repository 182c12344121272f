"""Why an indicator has the marks it has: its rule, its numbers, its steps, its losses, and what would raise it."""

from __future__ import annotations

from attrs import evolve

from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.result import Result
from perfrules.explain.chain import Chain, chain_of
from perfrules.explain.changes.find import changes_for
from perfrules.explain.consequences import light_of
from perfrules.explain.contribution import contribution_of
from perfrules.explain.explanation import Heading, IndicatorExplanation, OverrideNote, PutIn, Step
from perfrules.explain.narrate.across import across_steps
from perfrules.explain.narrate.lights import light_rule
from perfrules.explain.narrate.plugin import plugin_steps
from perfrules.explain.narrate.table import narrate_heart, narrate_layer
from perfrules.explain.printing import in_words, says_more_than_its_value, with_values
from perfrules.explain.put_in import lacking, put_into
from perfrules.explain.reading import Reading
from perfrules.explain.reasons import ground, is_formula, source_of, taken, worked_out
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
        rule=(*rule, *light_rule(reading, code)),
        put_in=_put_in(reading, item),
        steps=tuple(dict.fromkeys((*_measure(reading, code), *steps, *_light_steps(reading, code)))),
        contribution=contribution_of(reading, item, result.indicators.__getitem__),
        changes=() if marks_chain is None or node is None else changes_for(reading, marks_chain, node, code),
        waiting=tuple(dict.fromkeys(put for each in _own(reading, code) for put in lacking(reading, each))),
        override=override_note(reading, code),
        evidence=item.evidence,
        notes=item.notes,
        citations=item.citations,
        definition=item.definition,
        has_marks=node is not None,
        light=light_of(reading, code),
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


def _own(reading: Reading, code: str) -> tuple[str, ...]:
    """Return the nodes of an indicator that are told: its marks, else its measure; its light."""
    told = reading.node(code, Role.FINAL) or reading.node(code, Role.MEASURE), reading.node(code, Role.LIGHT)
    return tuple(node for node in told if node is not None)


def _put_in(reading: Reading, item: OutlineItem) -> tuple[PutIn, ...]:
    children = {child.short for child in item.children}
    found = put_into(reading, _own(reading, item.code), item.code)
    return tuple(put for put in found if not (put.sort == "indicator" and put.name in children))


def _light_steps(reading: Reading, code: str) -> tuple[Step, ...]:
    """Say which line gave the light."""
    node, light = reading.node(code, Role.LIGHT), light_of(reading, code)
    if node is None or light is None or light.says is None:
        return ()
    says = statement("lights.chosen", light=light.value, why=light.says)
    return (*across_steps(reading, reading.root(node)), Step(construct="light", says=says))


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
    says = Step(construct="measure", says=_measured(reading, inner))
    steps = [*across_steps(reading, inner), *plugin_steps(reading, inner), says]
    if inner is not placed:
        before, after = reading.part(inner), reading.part(placed)
        rounded = statement("rounding.measure", after=after, before=before)
        steps.append(Step(construct="rounding", says=rounded, before=before, after=after))
    return tuple(steps)


def _measured(reading: Reading, inner: Placed) -> Statement:
    """Write a measure with its numbers; of several cases the one that was taken, and why."""
    value, source = reading.part(inner), source_of(reading, inner)
    found = taken(reading, source) if isinstance(source.expr, core.Select) else None
    if found is not None and is_formula(found.value):
        formula = worked_out(reading, found.value)
        return statement("measure.case", formula=formula, ground=ground(reading, found), value=value)
    if says_more_than_its_value(source):
        return statement(
            "measure.step", expression=in_words(reading, source), value=value, values=with_values(reading, source)
        )
    return statement("measure.value", expression=in_words(reading, inner), value=value)
