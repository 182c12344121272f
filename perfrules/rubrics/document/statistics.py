"""What the names of statistics do not say: ties, who counts, what is trimmed; and the steps of schedules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfrules.evaluate.numbering import place
from perfrules.explain.again import number_of
from perfrules.explain.narrate.narration import edge_part, expr_part
from perfrules.explain.printing import across_in_words, in_words
from perfrules.explain.words import number
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr, Trimming
from perfrules.ir.walk import everything
from perfrules.lang.exact import as_text
from perfrules.lang.kinds import Number
from perfrules.rubrics.document.page import Section
from perfrules.rubrics.document.speaker import Speaker

_INSIDE: Final = ("schedule", "tally line")
"""Constructs whose tables of values stand inside a formula; those of methods are told by their rules."""


def statistics_section(speaker: Speaker) -> Section | None:
    """Make the section on statistics and schedules; None where there is nothing to add to their names."""
    found = (line for node in speaker.plan.nodes for part in everything(node.expr) for line in _told(speaker, part))
    lines = tuple(dict.fromkeys(found))
    return Section(speaker.word("section.statistics"), lines, numbered=True) if lines else None


def _told(speaker: Speaker, expr: Expr) -> Iterator[str]:
    match expr:
        case core.CohortAggregate():
            details = tuple(_across(speaker, expr))
            if details:
                yield _line(speaker, speaker.tell(across_in_words(speaker.reading, expr)), details)
        case core.TableAggregate():
            details = (*_trimmed(speaker, expr.trimming), *_of_records(speaker, expr))
            if details:
                yield _line(speaker, speaker.tell(in_words(speaker.reading, place(expr))), details)
        case core.Steps() | core.Lines() if expr.origin.construct in _INSIDE:
            yield _line(speaker, _name(speaker, expr), tuple(_schedule(speaker, expr)))


def _name(speaker: Speaker, expr: core.Steps | core.Lines) -> str:
    """Return what a formula calls a schedule; one that a line of a tally measures by has lost its name there."""
    if expr.origin.construct == "schedule":
        return expr.origin.title or expr.origin.role
    return speaker.tell(in_words(speaker.reading, place(expr)))


def _line(speaker: Speaker, name: str, details: tuple[str, ...]) -> str:
    return speaker.word("statistic.line", details=speaker.word("statistic.between").join(details), name=name)


def _across(speaker: Speaker, expr: core.CohortAggregate) -> Iterator[str]:
    """Say how entities are counted, ordered and divided."""
    if expr.op is CohortOp.RANK and expr.ties is not None:
        order = speaker.word("statistic.highest-first" if expr.highest_first else "statistic.lowest-first")
        yield speaker.word(f"statistic.ties-{expr.ties.value}", order=order)
    if expr.method is not None:
        yield speaker.word(f"statistic.{expr.method.value}")
    if expr.step is not None:
        yield speaker.word("statistic.apportioned", step=as_text(expr.step))
    yield from _trimmed(speaker, expr.trimming)
    if expr.present:
        yield speaker.word("statistic.present")
    if expr.empty is not None:
        yield speaker.word("statistic.nobody", value=_value(speaker, expr.empty))


def _of_records(speaker: Speaker, expr: core.TableAggregate) -> Iterator[str]:
    if expr.skipping_missing:
        yield speaker.word("statistic.skipping")
    if expr.empty is not None:
        yield speaker.word("statistic.no-records", value=_value(speaker, expr.empty))


def _value(speaker: Speaker, expr: Expr) -> str:
    if isinstance(expr, core.NodeRef) and "/" in expr.id and expr.id in speaker.reading.index.nodes:
        return _value(speaker, speaker.reading.index.nodes[expr.id].expr)
    return speaker.tell(expr_part(speaker.reading, expr))


def _trimmed(speaker: Speaker, trimming: Trimming | None) -> Iterator[str]:
    if trimming is not None:
        figures = {"high": trimming.high, "least": trimming.at_least, "low": trimming.low}
        yield speaker.word("statistic.trimmed", **{name: str(count) for name, count in figures.items()})


def _schedule(speaker: Speaker, expr: core.Steps | core.Lines) -> Iterator[str]:
    """Write the steps of a schedule, or the points between which it runs evenly."""
    reading = speaker.reading
    if isinstance(expr, core.Lines):
        for x, y in expr.points:
            at = number_of(reading, x)
            shown = speaker.tell(in_words(reading, place(x))) if at is None else number(at, speaker.language)
            yield speaker.word("schedule.point", at=shown, value=speaker.tell(expr_part(reading, y)))
        return
    for step in expr.steps:
        edge = speaker.tell(edge_part(reading, step.takes, Number()))
        yield speaker.word("schedule.step", edge=edge, value=speaker.tell(expr_part(reading, step.value)))
    if expr.otherwise is not None:
        yield speaker.word("schedule.otherwise", value=speaker.tell(expr_part(reading, expr.otherwise)))
