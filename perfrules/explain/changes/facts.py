"""Candidates among facts that are no numbers: another answer to a yes/no or a choice, one record less."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.explain.again import Changed, inputs_behind, prepare
from perfrules.explain.explanation import Change, InputChange
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, statement, value_part
from perfrules.ir import expressions as core
from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import YesNo

MOST_RECORDS = 200


def changed_facts(reading: Reading, node: str, score: Exact) -> Iterator[Change]:
    """Yield the other answers and the left-out records with which the mark is higher."""
    final = core.NodeRef(node)
    for name in inputs_behind(reading, final):
        declaration, now = reading.index.inputs[name], reading.facts.values.get(name)
        value = prepare(reading, final, Changed(facts={name: now if now is not None else False}))
        for to, shown in _others(declaration, now):
            then = value({name: to})
            if isinstance(then, Exact) and then > score:
                yield _change(declaration, now, shown, score, then)


def _others(declaration: InputDeclaration, now: FactValue | None) -> Iterator[tuple[FactValue, Part]]:
    """Yield the values that a fact could have instead, and how to write them."""
    if isinstance(now, bool) and isinstance(declaration.kind, YesNo):
        yield (not now), value_part(not now, declaration.kind)
    elif isinstance(now, str) and declaration.options:
        for option in declaration.options:
            if option != now:
                yield option, option
    elif isinstance(now, tuple) and len(now) <= MOST_RECORDS:
        for position in range(len(now)):
            yield now[:position] + now[position + 1 :], statement("without-record", number=str(position + 1))


def _change(declaration: InputDeclaration, now: FactValue | None, to: Part, score: Exact, then: Exact) -> Change:
    name = declaration.title or declaration.name
    shown = value_part(now, declaration.kind)
    by = InputChange(name=declaration.name, title=declaration.title, now=shown, to=to, difference=None)
    return Change(
        construct="record" if isinstance(now, tuple) else "fact",
        on=name,
        now=shown,
        to=to,
        beyond=False,
        upward=False,
        difference=None,
        gain=then - score,
        score=then,
        by=(by,),
    )
