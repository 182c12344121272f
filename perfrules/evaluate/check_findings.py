"""What a check of the data found, in figures alone: both sides with the residual, the records, what has no value.

The same in every language, exactly: numbers are decimal where that terminates, else fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import field, frozen

from perfrules.evaluate.numbering import layout_of
from perfrules.evaluate.reference import evaluate_about_record
from perfrules.evaluate.trace import Trace
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Compare
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import CheckOutline, Node, Plan
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Date, Kind, Percent, PercentagePoints, Points, Quantity, Text
from perfrules.lang.states import State
from perfrules.methods.wording import number_as_written

_MOST_RECORDS: Final = 10
"""Records that are listed; how many more there are is said."""
_MOST_KEYS: Final = 2
_BARE_COUNT: Final = "count"
_Record: TypeAlias = Mapping[str, FactValue]


@frozen(eq=False)
class Checked:
    """One entity's facts, and the values of the checks and of what they read."""

    plan: Plan = field(repr=False)
    facts: Facts
    trace: Trace = field(repr=False)


def findings(checked: Checked, check: CheckOutline) -> tuple[str, ...]:
    """Say what was found where *check* does not hold: of records one text for each, else one or a few."""
    expr = nodes_by_id(checked.plan)[check.node].expr
    if isinstance(expr, core.TableAggregate) and expr.origin.construct == "check":
        return _failed_records(checked, check, expr)
    if check.left is None or check.right is None or not isinstance(expr, Compare):
        return tuple(_values_read(checked, check)) or (check.title,)
    return (sides(expr, checked.trace[check.left], checked.trace[check.right]),)


def undecided(checked: Checked, check: CheckOutline) -> tuple[str, ...]:
    """Name the inputs, and the fields of tables, that *check* reads and that have no value."""
    return tuple(dict.fromkeys(_without_value(checked, check)))


def sides(comparison: Compare, left: object, right: object) -> str:
    """Write `left - right = residual`; of what is no number, the comparison.

    >>> from perfrules.ir.expressions import CompareOp, Const
    >>> from perfrules.lang.kinds import Number
    >>> side = Const(Exact(0), kind=Number())
    >>> sides(Compare(CompareOp.EQUAL, side, side, kind=Number()), Exact(59), Exact(61))
    '59 - 61 = -2'
    """
    kind = _shown_kind(comparison.left.kind, comparison.right.kind)
    if not isinstance(left, Exact) or not isinstance(right, Exact):
        return f"{_text(left, kind)} {comparison.op.value} {_text(right, kind)}"
    off = PercentagePoints() if isinstance(kind, Percent) else kind
    return f"{_text(left, kind)} - {_text(right, kind)} = {_text(left - right, off)}"


@per_plan
def nodes_by_id(plan: Plan) -> Mapping[str, Node]:
    """Return the nodes of *plan* by id."""
    return {node.id: node for node in plan.nodes}


def closure(plan: Plan, id_: str) -> Iterator[str]:
    """Yield the node *id_* and all that it reads, directly or not."""
    waiting, seen = [id_], {id_}
    while waiting:
        here = waiting.pop()
        yield here
        for part in everything(nodes_by_id(plan)[here].expr):
            if isinstance(part, core.NodeRef) and part.id not in seen:
                seen.add(part.id)
                waiting.append(part.id)


def _shown_kind(*kinds: Kind) -> Kind:
    """Return the kind in which both sides are written: the one with a unit or a sign, if either has one."""
    telling = (kind for kind in kinds if isinstance(kind, Quantity | Percent | PercentagePoints | Points))
    return next(telling, kinds[0])


def _text(value: object, kind: Kind) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Exact() if isinstance(kind, Quantity) and kind.unit.name == _BARE_COUNT:
            return as_text(value)
        case Exact():
            return number_as_written(value, kind)
    return str(value)


def _failed_records(checked: Checked, check: CheckOutline, every: core.TableAggregate) -> tuple[str, ...]:
    """Name each record that failed by its number (from 1) and its keys, with what was found in it."""
    assert isinstance(every.table, core.Input)
    name = every.table.name
    table = next(each for each in checked.plan.inputs if each.name == name)
    records = checked.facts.values[name]
    steps: object = checked.trace.value(layout_of(checked.plan).roots[check.node].slot + 1)
    assert isinstance(records, tuple)
    assert isinstance(steps, tuple)
    failed = [number for number, step in enumerate(steps) if step == (True, False)]

    def found(number: int) -> str:
        keys = ", ".join(_keys(table, records[number]))
        named = f"{name}[{number + 1}]" + (f" ({keys})" if keys else "")
        return f"{named}: {_in_record(checked, every, records[number])}"

    more = (f"… +{len(failed) - _MOST_RECORDS}",) if len(failed) > _MOST_RECORDS else ()
    return (*map(found, failed[:_MOST_RECORDS]), *more)


def _keys(table: InputDeclaration, record: _Record) -> Sequence[str]:
    texts = [each.name for each in table.fields if isinstance(each.kind, Text)]
    others = [each.name for each in table.fields if isinstance(each.kind, Date) or each.options]
    return [str(record[name]) for name in (texts or others)[:_MOST_KEYS] if not isinstance(record[name], State)]


def _in_record(checked: Checked, every: core.TableAggregate, record: _Record) -> str:
    body = every.body
    assert body is not None
    if isinstance(body, Compare):
        about = {every.variable: record}
        plan, facts, trace = checked.plan, checked.facts, checked.trace
        left, right = (evaluate_about_record(plan, facts, trace, about, side) for side in (body.left, body.right))
        return sides(body, left, right)
    fields = {part.name: part for part in everything(body) if isinstance(part, core.FieldOf)}
    return ", ".join(f"{name} = {_text(record[name], part.kind)}" for name, part in fields.items() if name in record)


def _values_read(checked: Checked, check: CheckOutline) -> Iterator[str]:
    for part in _inputs_behind(checked.plan, check).values():
        value = checked.facts.values.get(part.name)
        if value is not None and not isinstance(value, tuple):
            yield f"{part.name} = {_text(value, part.kind)}"


def _without_value(checked: Checked, check: CheckOutline) -> Iterator[str]:
    for name in _inputs_behind(checked.plan, check):
        value = checked.facts.values.get(name)
        if isinstance(value, State):
            yield name
        elif isinstance(value, tuple):
            for record in value:
                yield from (f"{name}.{each}" for each, found in record.items() if isinstance(found, State))


def _inputs_behind(plan: Plan, check: CheckOutline) -> Mapping[str, core.Input]:
    nodes = nodes_by_id(plan)
    parts = (part for id_ in closure(plan, check.node) for part in everything(nodes[id_].expr))
    return {part.name: part for part in parts if isinstance(part, core.Input)}
