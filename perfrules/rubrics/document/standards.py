"""What the table says of one indicator: what it measures, how it earns its marks, where its data come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import inputs_behind
from perfrules.explain.blank import measure_in_words, measure_rounding, rule_in_words
from perfrules.explain.chain import APPLIES, chain_of
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Statement
from perfrules.ir import expressions as core
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import OutlineItem, Role, VetoOutline
from perfrules.rubrics.document.speaker import Speaker

ROUNDING: Final = "rounding.rule"
_APPLIES: Final = "applies.rule"
_SUM: Final = "combine.sum"
_ZERO: Final = "zero"


@frozen
class Standard:
    """The lines of an indicator's cells."""

    meaning: tuple[str, ...]
    rule: tuple[str, ...]
    sources: tuple[str, ...]


def standard_of(speaker: Speaker, item: OutlineItem, left_out: frozenset[str] = frozenset()) -> Standard:
    """Say what an indicator means, how it is scored and on what data; *left_out* are rules told of all at once."""
    return Standard(
        tuple(_meaning(speaker, item)), tuple(rule_lines(speaker, item, left_out)), tuple(_sources(speaker, item))
    )


def rule_lines(speaker: Speaker, item: OutlineItem, left_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """Say how an indicator earns its marks: method, limits, missing policy, rounding, vetoes."""
    for said in rule_in_words(speaker.reading, item.code):
        text = speaker.word("rule.measure") if _is_own_measure(said, item) else speaker.tell(said, item)
        if said.key != _APPLIES and text not in left_out:
            yield text
    yield from (veto_line(speaker, veto) for veto in vetoes_of(speaker, item.code) if veto.effect != _ZERO)


def rounding_lines(speaker: Speaker, item: OutlineItem) -> tuple[str, ...]:
    """Return how the marks of an indicator are rounded."""
    return tuple(speaker.tell(said) for said in rule_in_words(speaker.reading, item.code) if said.key == ROUNDING)


def is_plain_sum(speaker: Speaker, item: OutlineItem) -> bool:
    """Tell whether an indicator is nothing but the sum of its parts, so that there is nothing to tell."""
    rule = rule_in_words(speaker.reading, item.code)
    return all(said.key == _SUM for said in rule) and not vetoes_of(speaker, item.code)


def vetoes_of(speaker: Speaker, code: str | None) -> tuple[VetoOutline, ...]:
    """Return the vetoes that stand at an indicator, or (None) at the ruleset."""
    return tuple(veto for veto in speaker.plan.vetoes if veto.indicator == code)


def veto_line(speaker: Speaker, veto: VetoOutline) -> str:
    """Say when a veto holds and what it does."""
    condition = speaker.node(veto.node)
    item = speaker.reading.index.items.get(veto.indicator or "")
    name = veto.name or (speaker.name(item) if item else "")
    effect = speaker.tell(Statement(f"effect.{veto.effect}", (("name", name),)))
    if not veto.reason or veto.reason == condition:
        return speaker.word("veto.plain", condition=condition, effect=effect)
    return speaker.word("veto.line", condition=condition, effect=effect, reason=veto.reason)


def _is_own_measure(said: Statement, item: OutlineItem) -> bool:
    """Tell whether a rule says no more than that the marks are what is measured."""
    measure = Statement("of-indicator.measure", (("indicator", item.title or item.short),))
    return said == Statement("formula.rule", (("expression", measure),))


def _meaning(speaker: Speaker, item: OutlineItem) -> Iterator[str]:
    measured = measure_in_words(speaker.reading, item.code)
    if measured is not None:
        yield speaker.word("meaning.measure", measure=speaker.tell(measured))
        rounded = measure_rounding(speaker.reading, item.code)
        if rounded is not None:
            yield speaker.word("meaning.rounded", how=speaker.tell(rounded))
    yield from _applies(speaker, item)
    yield from item.notes


def _applies(speaker: Speaker, item: OutlineItem) -> Iterator[str]:
    """Say when an indicator applies, and what it has where it does not."""
    placed = _condition_around(speaker.reading, item.code)
    if placed is None:
        return
    assert isinstance(placed.expr, core.Select)
    condition = speaker.tell(in_words(speaker.reading, placed.parts[0]), item)
    instead = speaker.tell(expr_part(speaker.reading, placed.expr.otherwise), item)
    yield speaker.word("meaning.applies", condition=condition, instead=instead)


def _condition_around(reading: Reading, code: str) -> Placed | None:
    """Return the `applies` around the marks of an indicator; of one without marks, around its light or measure."""
    node = reading.node(code, Role.FINAL)
    if node is not None:
        layers = chain_of(reading, node, code).layers
        return next((each.placed for each in layers if each.cause == APPLIES), None)
    others = (reading.node(code, role) for role in (Role.LIGHT, Role.MEASURE))
    roots = (reading.root(each) for each in others if each is not None)
    return next((root for root in roots if root.expr.origin.construct == APPLIES), None)


def _sources(speaker: Speaker, item: OutlineItem) -> Iterator[str]:
    sources = dict.fromkeys(source for each in _inputs(speaker, item) for source in _sources_of(each))
    if sources:
        yield speaker.listed(sources)
    if item.evidence:
        yield speaker.word("source.evidence", evidence=speaker.listed(item.evidence))
    if item.citations:
        yield speaker.word("source.citations", citations=speaker.listed(item.citations))
    if item.definition:
        yield speaker.word("source.definition", definition=item.definition)


def _inputs(speaker: Speaker, item: OutlineItem) -> Iterator[InputDeclaration]:
    reading = speaker.reading
    for role in (Role.FINAL, Role.MEASURE, Role.LIGHT):
        node = reading.node(item.code, role)
        if node is not None:
            yield from (reading.index.inputs[name] for name in inputs_behind(reading, core.NodeRef(node)))


def _sources_of(declared: InputDeclaration) -> Iterator[str]:
    if declared.source:
        yield declared.source
    yield from (field.source for field in declared.fields if field.source)
