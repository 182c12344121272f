"""The hash of what a ruleset means: independent of formatting, titles, comments and the language of its keywords.

The canonical text is a sequence of class names and field values in declaration order; fields that take no part in
equality (kinds, origins, spans) are left out, and so are titles and citations.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final

import attrs

from perfrules.ir.expressions import Const, Input, NodeRef
from perfrules.ir.inputs import Bounds, InputDeclaration, JudgedDeclaration
from perfrules.ir.plan import Deadline, Node, ResultOutline
from perfrules.lang.units import Unit

_SEQUENCES: Final = (tuple, list)
_BETWEEN: Final = "\x1f"
_WORDS_FOR_PEOPLE = frozenset({"title", "source", "unit_text", "origin", "span"})


def source_hash(text: str) -> str:
    """Return the SHA-256 of a ruleset's normalised text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def compiled_hash(
    inputs: Iterable[InputDeclaration],
    judged: Iterable[JudgedDeclaration],
    nodes: Iterable[Node],
    settings: Mapping[str, object],
) -> str:
    """Return the SHA-256 of the meaning: declarations, nodes by id, and *settings* that change what comes out."""
    by_id = sorted(nodes, key=attrgetter("id"))
    pieces = [
        "(4",
        *canonical(sorted(inputs, key=attrgetter("name"))),
        *canonical(sorted(judged, key=attrgetter("code"))),
        f"({len(by_id)}",
    ]
    for node in by_id:
        pieces.append(f"(3{_BETWEEN}{len(node.id)}:{node.id}{_BETWEEN}{_enum(node.role)}")
        _add(node.expr, pieces)
    _add(sorted(settings.items()), pieces)
    return hashlib.sha256(_BETWEEN.join(pieces).encode("utf-8", "surrogatepass")).hexdigest()


def result_names(results: Iterable[ResultOutline]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what matters of decisions, alerts and outputs beside their nodes: their names and deadlines."""
    return tuple((result.name, _deadline_facts(result.deadline)) for result in results)


def _deadline_facts(deadline: Deadline | None) -> tuple[tuple[str, str], ...]:
    if deadline is None:
        return ()
    return (("after", deadline.event), ("otherwise", deadline.otherwise), ("within", deadline.written))


def canonical(value: object) -> list[str]:
    """Return the pieces of a value's canonical text; deep values need no deep stack."""
    pieces: list[str] = []
    _add(value, pieces)
    return pieces


def _add(value: object, pieces: list[str]) -> None:
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        cls: Any = type(item)
        if cls is str:
            pieces.append(f"{len(item)}:{item}")
        elif cls is tuple:
            pieces.append(f"({len(item)}")
            waiting += item[::-1]
        elif (write := _WRITTEN.get(cls) or _written_as(cls)) is not None:
            pieces.append(write(item))
            if isinstance(item, _SEQUENCES):
                waiting += reversed(item)
        else:
            pieces.append(cls.__name__)
            waiting += _fields_of(cls)(item)


def _enum(item: Enum) -> str:
    return f"{type(item).__name__}:{item._value_}"


def _bounds(item: Bounds) -> str:
    ends = f"{_scalar(item.low)}{_BETWEEN}{_scalar(item.high)}"
    return f"Bounds{_BETWEEN}{ends}{_BETWEEN}{item.low_closed}{_BETWEEN}{item.high_closed}"


def _scalar(value: object) -> str:
    if type(value) is Fraction:
        above, below = value.as_integer_ratio()
        return f"={above}" if below == 1 else f"={above}/{below}"
    return _BETWEEN.join(canonical(value))


@lru_cache(maxsize=1024)
def _unit(unit: Unit) -> str:
    """Return the text of a unit; the same few are those of thousands of inputs."""
    fields = reversed(_fields_of(Unit)(unit))
    return _BETWEEN.join(("Unit", *(piece for value in fields for piece in canonical(value))))


def _written_as(cls: type) -> Callable[[Any], str] | None:
    """Return how a value of *cls* is written, None for one that has fields; the first of the sorts that it is of."""
    if cls in _WITH_FIELDS:
        return None
    found = next((write for sort, write in _SORTS if issubclass(cls, sort)), None)
    if found is None:
        _WITH_FIELDS.add(cls)
    else:
        _WRITTEN[cls] = found
    return found


_SORTS: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (type(None), repr),
    (bool, repr),
    (Enum, _enum),
    (str, lambda item: f"{len(item)}:{item}"),
    (int, lambda item: f"={item}"),
    (Fraction, lambda item: f"={item}"),
    (date, date.isoformat),
    (tuple, lambda item: f"({len(item)}"),
    (list, lambda item: f"({len(item)}"),
)
_WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    Const: lambda item: f"Const{_BETWEEN}{_scalar(item.value)}",
    Input: lambda item: f"Input{_BETWEEN}{len(item.name)}:{item.name}",
    Bounds: _bounds,
    NodeRef: lambda item: f"NodeRef{_BETWEEN}{len(item.id)}:{item.id}",
    Unit: _unit,
}
"""How values are written that have no parts, or only one; those that are most of any ruleset at once."""
_WITH_FIELDS: Final[set[type]] = set()


@cache
def _fields_of(cls: type[attrs.AttrsInstance]) -> Callable[[object], tuple[object, ...]]:
    """Return what takes the fields from a value that are written, the last first."""
    fields = attrs.fields(cls)
    kept = (each.name for each in fields if (each.eq or _is_meaningful(cls, each.name)) and each.init)
    names = [name for name in kept if name not in _WORDS_FOR_PEOPLE]
    if len(names) > 1:
        return attrgetter(*reversed(names))
    return lambda value: tuple(getattr(value, name) for name in names)


def _is_meaningful(cls: type, name: str) -> bool:
    return issubclass(cls, InputDeclaration) and name == "kind"
