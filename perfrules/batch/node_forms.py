"""How the numbers of a plan's nodes can be written, by declarations alone: the same for any data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from perfrules.batch.columns.facts import Fact, facts_of
from perfrules.batch.declared import declared_facts
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked, Holes, Shape
from perfrules.batch.results import NumberForm
from perfrules.batch.source import NumberFacts
from perfrules.batch.statistic_forms import with_divisions
from perfrules.batch.tape import Read, Source
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact

_MOST_RECORDS: Final = 2**31
_NOTHING: Final = NumberFacts(low=None, high=None, scale=None)


def forms_of(plan: Plan, as_of: date | None) -> Mapping[str, NumberForm]:
    """Return the form of every node that has numbers or days, whatever the data lack."""
    found = _forms(plan, as_of, {})
    divided, facts = with_divisions(plan, found)
    return _forms(divided, as_of, facts) if facts else found


def _forms(plan: Plan, as_of: date | None, of_statistics: Mapping[str, NumberFacts]) -> Mapping[str, NumberForm]:
    lowered = lower(plan, Asked(as_of=as_of or plan.as_of_default, holes=_everything(plan)))
    declared = declared_facts(plan)

    def facts(read: Read) -> NumberFacts:
        if read.source is Source.COUNT:
            return NumberFacts(low=Exact(0), high=Exact(_MOST_RECORDS), scale=1)
        return of_statistics.get(read.name) or declared.get((read.name, read.table), _NOTHING)

    found = facts_of(lowered.tape, facts, lambda _table: _MOST_RECORDS)
    numeric = {
        name: found[node.value]
        for name, node in lowered.nodes.items()
        if node.value is not None and node.shape in (Shape.NUMBER, Shape.DATE)
    }
    return {name: _form(fact) for name, fact in numeric.items() if fact is not None}


def _form(fact: Fact) -> NumberForm:
    scale = None if fact.step is None else fact.step.denominator
    return NumberForm(scale=scale, low=fact.low, high=fact.high, denominators=fact.denominators)


def _everything(plan: Plan) -> Holes:
    """Return all that data can lack, marks that somebody has yet to give among it."""
    names = [name for each in plan.inputs for name in _names(each)]
    return Holes(missing=frozenset(names), pending=frozenset(f"{judged.code}.mark" for judged in plan.judged))


def _names(declaration: InputDeclaration) -> list[str]:
    own = [declaration.name] if declaration.optional else []
    return own + [f"{declaration.name}.{field.name}" for field in declaration.fields if field.optional]
