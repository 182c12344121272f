"""The data of one entity between the two evaluations: some inputs as the old one read them, others as the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from types import MappingProxyType

from attrs import frozen

from perfrules.compare.between import Between, read_as
from perfrules.compare.items import Item, Sort
from perfrules.compare.meaning import factor_of
from perfrules.compare.sides import Side
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration, JudgedMark, Override
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Quantity
from perfrules.lang.states import State


@frozen(eq=False)
class Pair:
    """One entity's data as the old and the new evaluation read them, by common names."""

    entity: str
    old: Facts
    new: Facts


@frozen(eq=False)
class Given:
    """One thing that the data give, as each evaluation read it; None where it did not ask for it."""

    item: Item
    old: FactValue | JudgedMark | Override | None
    new: FactValue | JudgedMark | Override | None


def in_common(side: Side, facts: Facts) -> Facts:
    """Put data under common names."""
    return Facts(
        entity=facts.entity,
        values=MappingProxyType({side.names.get(name, name): value for name, value in facts.values.items()}),
        judged=MappingProxyType({side.codes.get(code, code): mark for code, mark in facts.judged.items()}),
        overrides=MappingProxyType({side.codes.get(code, code): each for code, each in facts.overrides.items()}),
        as_of=facts.as_of,
    )


def differences(between: Between, pair: Pair) -> Iterator[Given]:
    """Yield what the two evaluations read differently of one entity."""
    for name in between.old.inputs.keys() | between.new.inputs.keys():
        old, new = pair.old.values.get(name), pair.new.values.get(name)
        before, after = between.old.inputs.get(name), between.new.inputs.get(name)
        if before is not None and after is not None and old != _converted(new, after, before):
            yield Given(Item(Sort.INPUT, name), old, new)
    for code in pair.old.judged.keys() | pair.new.judged.keys():
        gave, gives = pair.old.judged.get(code), pair.new.judged.get(code)
        if gave != gives and code in between.old.items and code in between.new.items:
            yield Given(Item(Sort.JUDGED, code), gave, gives)
    for code in pair.old.overrides.keys() | pair.new.overrides.keys():
        stood, stands = pair.old.overrides.get(code), pair.new.overrides.get(code)
        if stood != stands and code in between.old.items and code in between.new.items:
            yield Given(Item(Sort.OVERRIDE, code), stood, stands)


def facts_between(between: Between, pair: Pair, applied: Set[Item]) -> Facts:
    """Return one entity's data with the changed items of *applied*."""
    judged: dict[str, JudgedMark] = {}
    overrides: dict[str, Override] = {}
    for code in {**between.old.items, **between.new.items}:
        given = _chosen(between, pair, code, Item(Sort.JUDGED, code), applied).judged.get(code)
        if given is not None:
            judged[code] = given
        override = _chosen(between, pair, code, Item(Sort.OVERRIDE, code), applied).overrides.get(code)
        if override is not None:
            overrides[code] = override
    return Facts(
        entity=pair.entity,
        values=MappingProxyType(dict(_values(between, pair, applied))),
        judged=MappingProxyType(judged),
        overrides=MappingProxyType(overrides),
        as_of=pair.new.as_of,
    )


def alone(between: Between, facts: Facts, *, new: bool) -> Facts:
    """Return the data of an entity that is in one of the two evaluations only, as rules of either read them."""
    read = frozenset(Item(Sort.INPUT, name) for name in between.new.inputs) if new else frozenset[Item]()
    return facts_between(between, Pair(facts.entity, facts, facts), read)


def _chosen(between: Between, pair: Pair, code: str, item: Item, applied: Set[Item]) -> Facts:
    """Return whose judgement of an indicator counts; that of one which only one ruleset has is its own."""
    if code not in between.new.items:
        return pair.old
    return pair.new if item in applied or code not in between.old.items else pair.old


def _values(between: Between, pair: Pair, applied: Set[Item]) -> Iterator[tuple[str, FactValue]]:
    for name in {**between.old.inputs, **between.new.inputs}:
        before, after = between.old.inputs.get(name), between.new.inputs.get(name)
        if before is None or after is None:
            yield name, (pair.new if before is None else pair.old).values.get(name, State.MISSING)
            continue
        from_new = Item(Sort.INPUT, name) in applied
        facts, declared = (pair.new, after) if from_new else (pair.old, before)
        value = facts.values.get(name, State.MISSING)
        differs = name in between.declared_twice
        yield name, _converted_or(value, declared, before, pair.old.values.get(name, State.MISSING))
        if differs:
            shown = read_as(name, new=True, differs=True)
            yield shown, _converted_or(value, declared, after, pair.new.values.get(name, State.MISSING))


def _converted_or(
    value: FactValue, source: InputDeclaration, target: InputDeclaration, otherwise: FactValue
) -> FactValue:
    found = _converted(value, source, target)
    return otherwise if found is None else found


def _converted(value: FactValue | None, source: InputDeclaration, target: InputDeclaration) -> FactValue | None:
    """Return what was read under one declaration as the other one has it; None where they have nothing in common."""
    if value is None or isinstance(value, State) or source is target:
        return value
    if source.fields and target.fields and isinstance(value, tuple):
        return tuple(_record(record, source, target) for record in value)
    before, after = source.kind, target.kind
    if isinstance(before, Quantity) and isinstance(after, Quantity):
        if before.unit.dimensions != after.unit.dimensions or not isinstance(value, Exact):
            return None
        return value * factor_of(before) / factor_of(after)
    if type(before) is not type(after) or bool(source.fields) != bool(target.fields):
        return None
    return value


def _record(
    record: Mapping[str, FactValue], source: InputDeclaration, target: InputDeclaration
) -> Mapping[str, FactValue]:
    """Return a record under the other declaration; a field that it did not have is missing."""
    before = {each.name: each for each in source.fields}
    found: dict[str, FactValue] = {}
    for each in target.fields:
        known = before.get(each.name)
        value = None if known is None else _converted(record.get(each.name, State.MISSING), known, each)
        found[each.name] = State.MISSING if value is None else value
    return MappingProxyType(found)
