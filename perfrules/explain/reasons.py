"""Why a value is what it is: which of several cases gave it and what decided that, the keys of a table of values.

What only names another part of the rubric (`let`) is told by that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.narrate.across import told
from perfrules.explain.narrate.bands import bands_of
from perfrules.explain.narrate.combine import member_name
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import in_words, looked_at, one_after_the_other, says_more_than_its_value, with_values
from perfrules.explain.reading import Reading, is_conversion, kind_of
from perfrules.explain.statement import Listed, Part, Statement, statement
from perfrules.ir import expressions as core
from perfrules.ir.plan import Role
from perfrules.ir.walk import everything
from perfrules.lang.kinds import Choice, Lights, YesNo
from perfrules.lang.states import State

_COLOURS = 4


@frozen(eq=False)
class Taken:
    """The case that gave a value: its condition, which holds, or all of them, none of which does; and its value."""

    conditions: tuple[Placed, ...]
    holds: bool
    value: Placed


def taken(reading: Reading, cases: Placed) -> Taken | None:
    """Return the case that was taken; None while that is undecided."""
    conditions, values = cases.parts[:-1:2], cases.parts[1:-1:2]
    for when, then in zip(conditions, values, strict=True):
        found = reading.value(when)
        if found is True:
            return Taken((when,), True, then)
        if found is not False:
            return None
    return Taken(conditions, False, cases.parts[-1])


def why(reading: Reading, placed: Placed) -> Statement | None:
    """Say on what a value rests; None where there is no more to say than the value."""
    placed = source_of(reading, placed)
    expr = placed.expr
    match expr:
        case core.Select():
            return keys_of(reading, placed) if is_by_group(placed) else _case(reading, placed)
        case core.Steps():
            return _band(reading, placed)
        case core.WorstLight():
            return statement("why.worst", of=_worst(reading, placed))
        case core.NodeRef(id=id_) if is_statistic(reading, placed):
            return told(reading, id_, valued=False) or condition(reading, placed)
        case core.Const() | core.StateConst():
            return None
    return condition(reading, placed)


def source_of(reading: Reading, placed: Placed) -> Placed:
    """Follow a value to where it is made: through names, units, and parameters whose values stand by group."""
    while True:
        expr = placed.expr
        if is_conversion(expr):
            placed = placed.parts[0]
        elif isinstance(expr, core.Dated):
            placed = next((part for part in placed.parts if reading.was_evaluated(part)), placed.parts[-1])
        elif isinstance(expr, core.NodeRef) and _leads_on(reading, expr.id):
            placed = reading.root(expr.id)
        else:
            return placed


def is_statistic(reading: Reading, placed: Placed) -> bool:
    """Tell whether a value is a statistic across entities, maybe by another name."""
    expr = source_of(reading, placed).expr
    node = reading.index.nodes.get(expr.id) if isinstance(expr, core.NodeRef) else None
    return node is not None and node.role is Role.COHORT


def condition(reading: Reading, placed: Placed) -> Statement:
    """Say a condition or a formula in words and with its values."""
    words = in_words(reading, placed)
    if not says_more_than_its_value(placed):
        return statement("why.value", expression=words)
    return statement("why.condition", expression=words, values=with_values(reading, placed))


def ground(reading: Reading, found: Taken) -> Statement:
    """Say what decided the case: what holds, or all that does not."""
    if found.holds:
        return condition(reading, found.conditions[0])
    if len(found.conditions) == 1:
        [only] = found.conditions
        return statement("why.not", condition=in_words(reading, only), values=with_values(reading, only))
    conditions = one_after_the_other(
        [statement("why.value", expression=in_words(reading, each)) for each in found.conditions]
    )
    return statement("why.none-of", conditions=conditions, values=looked_at(reading, found.conditions))


def is_formula(placed: Placed) -> bool:
    """Tell whether an expression is worked out of what differs between entities."""
    reads = any(isinstance(part, core.Input | core.NodeRef | core.TableAggregate) for part in everything(placed.expr))
    return reads and says_more_than_its_value(placed)


def worked_out(reading: Reading, placed: Placed) -> Statement:
    """Write a formula, then the same with its numbers."""
    return statement("why.formula", expression=in_words(reading, placed), values=with_values(reading, placed))


def is_by_group(placed: Placed) -> bool:
    """Tell whether values stand by group, each with its keys."""
    origin = placed.expr.origin
    return isinstance(placed.expr, core.Select) and (origin.construct, origin.role) == ("parameter", "group")


def keys_of(reading: Reading, table: Placed) -> Statement:
    """Say which keys a value was looked up by: `progress red, spending yellow`."""
    groups = _groups(table.parts[0])
    keys = Listed(tuple(_named(reading, group) for group in groups))
    found = taken(reading, table)
    if found is None or found.holds or _is_last_left(table, groups):
        return statement("why.keys", keys=keys)
    return statement("why.keys-otherwise", keys=keys)


def _leads_on(reading: Reading, id_: str) -> bool:
    node = reading.index.nodes.get(id_)
    if node is None or node.role is not Role.PARAMETER:
        return node is not None and node.role is Role.LET
    return is_by_group(source_of(reading, reading.root(id_)))


def _case(reading: Reading, cases: Placed) -> Statement:
    found = taken(reading, cases)
    if found is None:
        undecided = [part for part in cases.parts[:-1:2] if isinstance(reading.value(part), State)]
        return statement(
            "why.undecided", conditions=one_after_the_other([condition(reading, part) for part in undecided[:1]])
        )
    because = ground(reading, found)
    if not is_formula(found.value):
        return because
    return statement("why.case-formula", formula=worked_out(reading, found.value), ground=because)


def _band(reading: Reading, table: Placed) -> Statement | None:
    bands, subject = bands_of(reading, table), table.parts[0]
    band = next((each for each in bands if each.chosen), None)
    if band is None:
        return None
    kind = kind_of(reading, subject)
    args: dict[str, Part] = {"subject": in_words(reading, subject), "value": reading.part(subject)}
    if band.step is not None:
        return statement("why.band", edge=band.edge(reading, kind), **args)
    edges = Listed(tuple(each.edge(reading, kind) for each in bands if each.step is not None))
    return statement("why.no-band", edges=edges, **args)


def _worst(reading: Reading, placed: Placed) -> Part:
    """List the indicators below whose light is the one that counts."""
    light = reading.value(placed)
    nodes = [part.expr.id for part in placed.parts if isinstance(part.expr, core.NodeRef)]
    codes = [reading.index.nodes[id_].indicator or "" for id_ in nodes if reading.trace[id_] == light]
    return Listed(tuple(member_name(reading, code) for code in codes))


def _named(reading: Reading, placed: Placed) -> Statement:
    value = reading.part(placed) if reading.was_evaluated(placed) else expr_part(reading, placed.expr)
    return statement("why.key", name=in_words(reading, placed), value=value)


def _groups(first: Placed) -> tuple[Placed, ...]:
    """Return what the first row of a table compares with its keys."""
    rows = first.parts if isinstance(first.expr, core.Logic) else (first,)
    return tuple(row.parts[0] for row in rows)


def _is_last_left(table: Placed, groups: Sequence[Placed]) -> bool:
    """Tell whether all other combinations have a value of their own."""
    counts = [_options(group) for group in groups]
    known = len(table.parts) // 2
    return all(counts) and prod(counts) == known + 1


def _options(group: Placed) -> int:
    """Count the values that a key can have; 0 where that is not known."""
    match group.expr.kind:
        case Choice(options):
            return len(options)
        case Lights():
            return _COLOURS
        case YesNo():
            return 2
    return 0
