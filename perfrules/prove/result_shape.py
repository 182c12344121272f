"""What can be read of a plan's results, with the ranges that are proven; and the ranges of its own earlier results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from perfrules.ir.inputs import Bounds, InputDeclaration
from perfrules.ir.plan import Node, OutlineItem, Plan, Role
from perfrules.ir.result_shape import ENTITY, GRADE, ROUNDED_TOTAL, TOTAL, Readable, ResultShape
from perfrules.lang.kinds import Date, Kind, Percent, PercentagePoints, Points, Quantity, Text
from perfrules.lang.states import State
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.survey import survey

_OF_RULESET = (TOTAL, ROUNDED_TOTAL, GRADE)
_OF_INDICATORS = {Role.FINAL: "", Role.MEASURE: ".measure", Role.LIGHT: ".light"}
_NAMED = (Role.OUTPUT, Role.DECISION, Role.ALERT, Role.FLAG)


def result_shape(plan: Plan) -> ResultShape:
    """Return what the results of *plan* hold."""
    entity = Readable(name=ENTITY, reads=ENTITY, kind=Text(), title=plan.entity_title)
    values = survey(plan, declared(plan), keeps_visits=False).values
    titles = {item.code: item.title for item in _items(plan.outline)}
    own = (node for node in plan.nodes if not node.id.endswith("~"))
    readables = (_readable(node, values[node.id], titles) for node in own)
    found = tuple(each for each in readables if each is not None)
    return ResultShape(ruleset=plan.name, version=plan.version, readables=(entity, *found))


def with_earlier_ranges(plan: Plan) -> Plan:
    """Return *plan* with the range of each earlier result that it reads: that of the same value this time.

    The ranges are proven for whatever the earlier results were, so they hold for those too.
    """
    if not any(_is_earlier(each) for each in plan.inputs):
        return plan
    by_reads = {each.reads: each for each in result_shape(plan).readables}
    return evolve(plan, inputs=tuple(_ranged(each, by_reads) for each in plan.inputs))


def _is_earlier(declaration: InputDeclaration) -> bool:
    return declaration.external is not None and not declaration.external.alias


def _ranged(declaration: InputDeclaration, by_reads: Mapping[str, Readable]) -> InputDeclaration:
    external = declaration.external
    readable = by_reads.get(external.reads) if external is not None and not external.alias else None
    if readable is None:
        return declaration
    return evolve(declaration, bounds=readable.bounds, title=readable.title, unit_text=readable.unit_text)


def _readable(node: Node, value: Enclosure, titles: Mapping[str, str | None]) -> Readable | None:
    named = _named(node)
    if named is None:
        return None
    name, reads = named
    return Readable(
        name=name,
        reads=reads,
        kind=node.kind,
        title=titles.get(node.indicator or ""),
        unit_text=_unit_text(node.kind),
        bounds=_bounds(value, node.kind),
        optional=bool(value.states & {State.MISSING, State.EXCLUDED}),
    )


def _named(node: Node) -> tuple[str, str] | None:
    """Return what authors write after the dot, and where it stands in a result."""
    if node.id in _OF_RULESET:
        return node.id, node.id
    if node.role in _OF_INDICATORS and node.indicator is not None:
        code, suffix = node.indicator, _OF_INDICATORS[node.role]
        return f"{code}{suffix}", f"{code}{suffix.replace('.', '/')}"
    if node.role in _NAMED:
        return node.id.partition(".")[2], node.id
    return None


def _bounds(value: Enclosure, kind: Kind) -> Bounds | None:
    found = value.days if isinstance(kind, Date) else value.numbers
    if found is None or found.lo is None or found.hi is None:
        return None
    return Bounds(found.lo, found.hi, found.lo_closed, found.hi_closed)


def _unit_text(kind: Kind) -> str:
    match kind:
        case Quantity(unit):
            return unit.name
        case Percent():
            return "%"
        case PercentagePoints():
            return "pp"
    return "points" if isinstance(kind, Points) else ""


def _items(items: tuple[OutlineItem, ...]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _items(item.children)
