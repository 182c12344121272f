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
from perfrules.lang.rounding import Rounding
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
    take, written, add = waiting.pop, _WRITTEN.get, pieces.append
    while waiting:
        item = take()
        cls: Any = type(item)
        write = written(cls)
        if write is not None:
            add(write(item))
        elif cls is tuple:
            add(f"({len(item)}")
            waiting += item[::-1]
        elif cls in _WITH_FIELDS:
            add(cls.__name__)
            waiting += _fields_of(cls)(item)
        else:
            waiting += _unseen(item, pieces)


def _unseen(item: Any, pieces: list[str]) -> Iterable[object]:
    """Add the text of the first value of a class; return what is inside it, the last first."""
    cls: Any = type(item)
    inside: Iterable[object] = ()
    write = next((write for sort, write in _SORTS if issubclass(cls, sort)), None)
    if write is None:
        _WITH_FIELDS.add(cls)
        inside = _fields_of(cls)(item)
    elif issubclass(cls, _SEQUENCES):
        inside = reversed(item)
    else:
        _WRITTEN[cls] = write
    pieces.append(cls.__name__ if write is None else write(item))
    return inside


def _enum(item: Enum) -> str:
    return f"{type(item).__name__}:{item._value_}"


def _bounds(item: Bounds) -> str:
    ends = f"{_scalar(item.low)}{_BETWEEN}{_scalar(item.high)}"
    return f"Bounds{_BETWEEN}{ends}{_BETWEEN}{item.low_closed}{_BETWEEN}{item.high_closed}"


def _const(item: Const) -> str:
    value = item.value
    if type(value) is not Fraction:
        return f"Const{_BETWEEN}{_scalar(value)}"
    above, below = value.as_integer_ratio()
    return f"Const{_BETWEEN}={above}" if below == 1 else f"Const{_BETWEEN}={above}/{below}"


def _scalar(value: object) -> str:
    if type(value) is Fraction:
        above, below = value.as_integer_ratio()
        return f"={above}" if below == 1 else f"={above}/{below}"
    return _BETWEEN.join(canonical(value))


@lru_cache(maxsize=1024)
def _repeated(item: Any) -> str:
    """Return the text of a unit or a rounding; the same few are those of thousands of inputs and nodes."""
    cls: Any = type(item)
    fields = reversed(_fields_of(cls)(item))
    return _BETWEEN.join((cls.__name__, *(piece for value in fields for piece in canonical(value))))


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
    str: lambda item: f"{len(item)}:{item}",
    Const: _const,
    Input: lambda item: f"Input{_BETWEEN}{len(item.name)}:{item.name}",
    Bounds: _bounds,
    NodeRef: lambda item: f"NodeRef{_BETWEEN}{len(item.id)}:{item.id}",
    Unit: _repeated,
    Rounding: _repeated,
}
"""How values are written that have no parts, or only one; those that are most of any ruleset at once."""
_WITH_FIELDS: Final[set[type]] = set()


@cache
def _fields_of(cls: type[attrs.AttrsInstance]) -> Callable[[object], tuple[object, ...]]:
    """Return what takes the fields from a value that are written, the last first."""
    fields = attrs.fields(cls)
    kept = (each.name for each in fields if (each.eq or _is_meaningful(cls, each.name)) and each.init)
    names = [name for name in kept if name not in _WORDS_FOR_PEOPLE]
    if not names:
        return lambda value: ()
    take = attrgetter(*reversed(names))
    return take if len(names) > 1 else lambda value: (take(value),)


def _is_meaningful(cls: type, name: str) -> bool:
    return issubclass(cls, InputDeclaration) and name == "kind"
