"""What follows from a result: vetoes, decisions, alerts, outputs and flags, each with its condition."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Named, Veto
from perfrules.explain.narrate.bands import chosen_band
from perfrules.explain.narrate.cases import chosen_case
from perfrules.explain.narrate.veto import veto_cause
from perfrules.explain.printing import in_words, says_more_than_its_value, with_values
from perfrules.explain.reading import Reading, kind_of
from perfrules.explain.statement import Part, Statement, Term, statement, value_part
from perfrules.ir import expressions as core
from perfrules.ir.plan import Deadline, Plan, ResultOutline
from perfrules.lang.states import State


def vetoes_of(reading: Reading) -> tuple[Veto, ...]:
    """List the vetoes that hold, and those that are still open."""
    found = []
    for veto in reading.plan.vetoes:
        value = reading.settled[veto.node]
        is_open = value is State.PENDING
        if value is not True and not is_open:
            continue
        condition = reading.root(veto.node)
        says = statement(
            "veto.open" if is_open else "veto.holds",
            cause=veto_cause(reading, condition, veto.reason or Term("no-reason")),
            effect=_effect(veto.effect, veto.name or _indicator_name(reading, veto.indicator)),
        )
        found.append(Veto(says=says, reason=veto.reason, effect=veto.effect, code=veto.indicator, open=is_open))
    return tuple(found)


def results_of(reading: Reading) -> tuple[Named, ...]:
    """List decisions, alerts, outputs and flags."""
    return tuple(_all(reading, reading.plan))


def _all(reading: Reading, plan: Plan) -> Iterator[Named]:
    for sort, outlines in (("decision", plan.decisions), ("alert", plan.alerts), ("output", plan.outputs)):
        for outline in outlines:
            yield _named(reading, sort, outline)
    for flag in plan.flags:
        value = reading.node_part(f"flag.{flag}")
        yield Named(sort="flag", name=flag, title=None, value=value, says=None)


def _named(reading: Reading, sort: str, outline: ResultOutline) -> Named:
    return Named(
        sort=sort,
        name=outline.name,
        title=outline.title,
        value=reading.node_part(outline.node),
        says=_why(reading, reading.root(outline.node)),
        facts=_deadline_facts(outline.deadline),
    )


def _deadline_facts(deadline: Deadline | None) -> tuple[tuple[str, Part], ...]:
    if deadline is None:
        return ()
    length = deadline.length
    within: Part = deadline.written if length is None else value_part(length.value, length.kind)
    return (("within", within), ("after", deadline.event), ("otherwise", deadline.otherwise))


def _why(reading: Reading, placed: Placed) -> Statement | None:
    """Say on what a result rests: its condition or formula in words and with its values."""
    if isinstance(placed.expr, core.Select):
        chosen = chosen_case(reading, placed)
        if chosen is None:
            return statement("why.otherwise")
        return _condition(reading, chosen[0])
    if isinstance(placed.expr, core.Steps):
        band, subject = chosen_band(reading, placed), placed.parts[0]
        if band is None:
            return None
        edge = band.edge(reading, kind_of(reading, subject))
        return statement("why.band", edge=edge, subject=in_words(reading, subject), value=reading.part(subject))
    return _condition(reading, placed)


def _condition(reading: Reading, placed: Placed) -> Statement:
    words = in_words(reading, placed)
    if not says_more_than_its_value(placed):
        return statement("why.value", expression=words)
    return statement("why.condition", expression=words, values=with_values(reading, placed))


def _indicator_name(reading: Reading, code: str | None) -> str | None:
    item = reading.index.items.get(code or "")
    return None if item is None else (f"{item.short} {item.title}" if item.title else item.short)


def _effect(effect: str, name: str | None) -> Part:
    return statement(f"effect.{effect}", name=name or "")
