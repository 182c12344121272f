"""What the declarations say of each column of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Type
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Date, Kind, YesNo, is_numeric
from perfrules.prove.declared import step_of

_ANY_DAY: Final = NumberFacts(low=Exact(1), high=Exact(date.max.toordinal()), scale=1)

Named = tuple[str, str | None]


def declared_facts(plan: Plan) -> Mapping[Named, NumberFacts]:
    """Return the ends and the scale of every input that holds numbers or days, by name and table (None: entities)."""
    return dict(_facts_of_all(plan))


def columns_of(plan: Plan) -> Mapping[Named, Type]:
    """Return every column that the data have, by name and table: inputs, fields of records, what people decide."""
    found: dict[Named, Type] = {}
    for declaration in plan.data_inputs:
        if declaration.fields:
            found |= {(field.name, declaration.name): type_of(field.kind) for field in declaration.fields}
        else:
            found[declaration.name, None] = type_of(declaration.kind)
    for judged in plan.judged:
        found |= {(f"{judged.code}.level", None): Type.CODE, (f"{judged.code}.mark", None): Type.NUMBER}
    return found


def type_of(kind: Kind) -> Type:
    """Return what the cells of a column of this kind are."""
    if is_numeric(kind) or isinstance(kind, Date):
        return Type.NUMBER
    return Type.TRUTH if isinstance(kind, YesNo) else Type.CODE


def _facts_of_all(plan: Plan) -> Iterator[tuple[Named, NumberFacts]]:
    for declaration in plan.inputs:
        if is_numeric(declaration.kind) or isinstance(declaration.kind, Date):
            yield (declaration.name, None), facts_of_declaration(declaration)
        for field in declaration.fields:
            if is_numeric(field.kind) or isinstance(field.kind, Date):
                yield (field.name, declaration.name), facts_of_declaration(field)


def facts_of_declaration(declaration: InputDeclaration) -> NumberFacts:
    """Return what one declaration says; None for what it leaves open."""
    bounds = declaration.bounds
    low, high = (None, None) if bounds is None else (bounds.low, bounds.high)
    if isinstance(declaration.kind, Date):
        return NumberFacts(low=low or _ANY_DAY.low, high=high or _ANY_DAY.high, scale=1)
    step = step_of(declaration)
    return NumberFacts(low=low, high=high, scale=None if step is None else step.denominator)
