"""What follows from a result: vetoes, decisions, alerts, outputs and flags, each with its condition."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.explain.explanation import Named, Veto
from perfrules.explain.narrate.veto import veto_cause
from perfrules.explain.reading import Reading
from perfrules.explain.reasons import why
from perfrules.explain.statement import Part, Statement, Term, statement, value_part
from perfrules.ir.plan import Deadline, Plan, ResultOutline, Role
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
        says=_why(reading, outline),
        facts=_deadline_facts(outline.deadline),
    )


def _why(reading: Reading, outline: ResultOutline) -> Statement | None:
    """Say on what a result rests; nothing where that is only what it is called."""
    says = why(reading, reading.root(outline.node))
    called = statement("why.value", expression=outline.title or outline.name)
    return None if says in (called, statement("why.value", expression=outline.name)) else says


def lights_of(reading: Reading) -> tuple[Named, ...]:
    """List the lights of indicators, each with the line that held."""
    found = (light_of(reading, code) for code in reading.index.items)
    return tuple(each for each in found if each is not None)


def light_of(reading: Reading, code: str) -> Named | None:
    """Return the light of an indicator; None where it has none."""
    node = reading.node(code, Role.LIGHT)
    if node is None:
        return None
    item = reading.index.items[code]
    says = why(reading, reading.root(node))
    return Named(sort="light", name=item.code, title=item.title, value=reading.node_part(node), says=says)


def _deadline_facts(deadline: Deadline | None) -> tuple[tuple[str, Part], ...]:
    if deadline is None:
        return ()
    length = deadline.length
    within: Part = deadline.written if length is None else value_part(length.value, length.kind)
    return (("within", within), ("after", deadline.event), ("otherwise", deadline.otherwise))


def _indicator_name(reading: Reading, code: str | None) -> str | None:
    item = reading.index.items.get(code or "")
    return None if item is None else (f"{item.short} {item.title}" if item.title else item.short)


def _effect(effect: str, name: str | None) -> Part:
    return statement(f"effect.{effect}", name=name or "")
