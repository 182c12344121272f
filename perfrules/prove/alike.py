"""Which nodes are alike: equal up to the names and places of what they read, with all that that reads, to the inputs.

Whatever can be proved of one of two such nodes can be proved of the other: an enclosure sees of a name only which
expression it stands for and whether two names are one. Nodes that read much, or by other ways than inputs and nodes
with numbers, are like none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

import attrs

from perfrules.ir import expressions as core
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.origin import Core
from perfrules.ir.plan import Node, Plan
from perfrules.prove.survey import has_statistics

_MOST_READ: Final = 40
"""How many inputs and nodes a node may depend on to be compared."""
_COMPARED: Final = (
    core.Const,
    core.StateConst,
    core.Input,
    core.NodeRef,
    core.Arith,
    core.Parts,
    core.Compare,
    core.Logic,
    core.Select,
    core.IsState,
    core.Recover,
    core.Steps,
    core.Lines,
    core.Ledger,
    core.Clamp,
    core.Round,
    core.Overridable,
)
_UNKNOWN: Final = (Core, tuple)
_PARTS: Final = (core.Step, core.Between, core.Among, core.LedgerLine)

_Read = dict[tuple[str, str], int]
"""What is read, as (sort, name), to its number in the order of first reading."""


def alike(plan: Plan) -> Mapping[str, str]:
    """Return, by id, the first node that is like it, for every node that is not the first of its shape."""
    if has_statistics(plan):
        return {}
    declared = {declaration.name: _of_input(declaration) for declaration in plan.inputs}
    shapes: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {}
    firsts: dict[tuple[object, ...], tuple[int, str]] = {}
    same: dict[str, str] = {}
    for node in plan.nodes:
        read: _Read = {}
        shape: list[object] = [*_of_node(node)]
        if not _add(node.expr, read, shape) or not _add_what_is_read(read, declared, shapes, shape):
            continue
        number, first = firsts.setdefault(tuple(shape), (len(firsts), node.id))
        shapes[node.id] = number, tuple(read)
        if first != node.id:
            same[node.id] = first
    return same


def _of_node(node: Node) -> tuple[object, ...]:
    return node.role._value_, node.id.endswith("~"), node.indicator is None, node.origin.construct, node.origin.role


def _of_input(declaration: InputDeclaration) -> tuple[object, ...] | None:
    """Return what an enclosure of an input is made of; None for tables and for what other results say."""
    if declaration.fields or declaration.external is not None:
        return None
    bounds = declaration.bounds
    ends = None
    if bounds is not None:
        ends = (_ratio(bounds.low), _ratio(bounds.high), bounds.low_closed, bounds.high_closed)
    options = getattr(declaration.kind, "options", ())
    return type(declaration.kind), options, declaration.options, declaration.decimals, declaration.optional, ends


def _ratio(number: Fraction) -> tuple[int, int]:
    return number.as_integer_ratio()


def _add_what_is_read(
    read: _Read,
    declared: Mapping[str, tuple[object, ...] | None],
    shapes: Mapping[str, tuple[int, tuple[tuple[str, str], ...]]],
    shape: list[object],
) -> bool:
    """Add what is known of all that is read, and which of it is the same; tell whether all of it can be compared."""
    for sort, name in tuple(read):
        if sort == "input":
            known = declared.get(name)
            if known is None:
                return False
            shape.append(known)
        elif sort == "node":
            if name not in shapes:
                return False
            number, below = shapes[name]
            shape.append((number, tuple([read.setdefault(each, len(read)) for each in below])))
    return len(read) <= _MOST_READ


def _add(item: Any, read: _Read, shape: list[object]) -> bool:
    """Add the shape of an expression, or of a part of one; tell whether it can be compared."""
    waiting: list[Any] = [item]
    while waiting:
        part = waiting.pop()
        cls: type = type(part)
        if cls in _WITH_ORIGIN:
            origin = part.origin
            if origin.given or origin.call is not None:
                return False
            shape += (cls, origin.construct, origin.role)
            if cls in _NAMED:
                shape.append(read.setdefault(_NAMED[cls](part), len(read)))
            elif cls is core.StateConst:
                shape.append(type(part.kind))
            waiting += _FIELDS[cls](part)
        elif cls is Fraction:
            shape.append(part.as_integer_ratio())
        elif cls is tuple:
            shape.append(len(part))
            waiting += part
        elif cls in _FIELDS:
            shape.append(cls)
            waiting += _FIELDS[cls](part)
        elif isinstance(part, _UNKNOWN):
            return False
        else:
            shape += (cls, part._value_ if isinstance(part, Enum) else part)
    return True


_NAMED: Final[Mapping[type, Callable[[Any], tuple[str, str]]]] = {
    core.Input: lambda part: ("input", part.name),
    core.NodeRef: lambda part: ("node", part.id),
    core.Overridable: lambda part: ("override", part.code),
}


def _compared_fields(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes from an expression the fields that it is made of, but for names."""
    names = [each.name for each in attrs.fields(cls) if each.eq]
    names = [name for name in names if cls not in _NAMED or name not in ("name", "id", "code")]
    if not names:
        return lambda part: ()
    take = attrgetter(*names)
    return take if len(names) > 1 else lambda part: (take(part),)


_FIELDS: Final[Mapping[type, Callable[[Any], tuple[Any, ...]]]] = {
    cls: _compared_fields(cls) for cls in (*_COMPARED, *_PARTS)
}
_WITH_ORIGIN: Final = frozenset(cls for cls in _FIELDS if "origin" in attrs.fields_dict(cls))
