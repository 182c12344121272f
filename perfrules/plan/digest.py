"""The hash of what a ruleset means: independent of formatting, titles, comments and the language of its keywords.

The canonical text is a sequence of class names and field values in declaration order; fields that take no part in
equality (kinds, origins, spans) are left out, and so are titles and citations.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import attrs

from perfrules.ir.inputs import InputDeclaration, JudgedDeclaration
from perfrules.ir.plan import Deadline, Node, ResultOutline

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
    by_id = sorted(nodes, key=lambda node: node.id)
    parts = (
        sorted(inputs, key=lambda declaration: declaration.name),
        sorted(judged, key=lambda declaration: declaration.code),
        [(node.id, node.role, node.expr) for node in by_id],
        sorted(settings.items()),
    )
    return hashlib.sha256("\x1f".join(canonical(parts)).encode("utf-8", "surrogatepass")).hexdigest()


def result_names(results: Iterable[ResultOutline]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what matters of decisions, alerts and outputs beside their nodes: their names and deadlines."""
    return tuple((result.name, _deadline_facts(result.deadline)) for result in results)


def _deadline_facts(deadline: Deadline | None) -> tuple[tuple[str, str], ...]:
    if deadline is None:
        return ()
    return (("after", deadline.event), ("otherwise", deadline.otherwise), ("within", deadline.written))


def canonical(value: object) -> Iterator[str]:
    """Yield the pieces of a value's canonical text; deep values need no deep stack."""
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        match item:
            case None | bool():
                yield repr(item)
            case Enum():
                yield f"{type(item).__name__}:{item.value}"
            case str():
                yield f"{len(item)}:{item}"
            case int() | Fraction():
                yield f"={item}"
            case date():
                yield item.isoformat()
            case tuple() | list():
                yield f"({len(item)}"
                waiting.extend(reversed(item))
            case _:
                cls: Any = type(item)
                yield cls.__name__
                waiting.extend(getattr(item, name) for name in reversed(_fields_of(cls)))


@cache
def _fields_of(cls: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    fields = attrs.fields(cls)
    kept = (each.name for each in fields if (each.eq or _is_meaningful(cls, each.name)) and each.init)
    return tuple(name for name in kept if name not in _WORDS_FOR_PEOPLE)


def _is_meaningful(cls: type, name: str) -> bool:
    return issubclass(cls, InputDeclaration) and name == "kind"
