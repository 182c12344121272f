"""JSON → values: the inverse of `write`, with the listed classes only."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from perfrules.cache.classes import CLASSES, EXPRESSIONS, VALUES, maker_of
from perfrules.cache.collector import collector_paused
from perfrules.cache.tags import FIRST_CLASS, Tag
from perfrules.diagnostics import Arguments, Word
from perfrules.ir.origin import Origin
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.text import Span

Later = Callable[[str, int], Any]
Build = Callable[[list[Any]], Any]

_COUNTED: Final = frozenset((*VALUES, *EXPRESSIONS))


def no_later(name: str, _length: int) -> Any:
    """Know no other section."""
    raise ValueError(f"a tuple {name} that nothing is known of")


def read_section(content: bytes, later: Later = no_later) -> tuple[Any, ...]:
    """Return the values of a section; *later* makes a tuple that stands in others."""
    with collector_paused():
        section: list[Any] = json.loads(content.decode("utf-8", "surrogatepass"))
        return _Section(later).values(section)


class _Section:
    """What was read so far, so that it can be referred to."""

    def __init__(self, later: Later) -> None:
        self._objects: list[Any] = []
        self._origins: list[tuple[Any, ...]] = []
        self._files: list[str] = []
        self._later = later
        self._builders: list[Build] = [partial(self._first_of_class, tag) for tag in range(FIRST_CLASS + len(CLASSES))]
        for tag, build in self._plain().items():
            self._builders[tag] = build

    def _plain(self) -> dict[Tag, Build]:
        return {
            Tag.AGAIN: lambda parts: self._objects[parts[1]],
            Tag.ORIGIN: self._origin,
            Tag.LIKE: _like(self._origins),
            Tag.SPAN: self._span,
            Tag.EXACT: lambda parts: Exact(*parts[1:]),
            Tag.DATE: lambda parts: date.fromordinal(parts[1]),
            Tag.STATE: lambda parts: State(parts[1]),
            Tag.DICT: self._mapping,
            Tag.READ_ONLY: lambda parts: MappingProxyType(self._mapping(parts)),
            Tag.SET: lambda parts: frozenset(self.values(parts[1:])),
            Tag.WORD: lambda parts: Word(parts[1]),
            Tag.ARGUMENTS: lambda parts: Arguments(self._mapping(parts)),
            Tag.LATER: lambda parts: self._later(parts[1], parts[2]),
        }

    def values(self, parts: list[Any]) -> tuple[Any, ...]:
        """Return what stands in a list that is no object."""
        return tuple(self._built(parts))

    def _built(self, parts: list[Any]) -> list[Any]:
        """Return *parts* with every list among them made what it stands for."""
        builders, values = self._builders, self.values
        return [
            part
            if type(part) is not list
            else (builders[part[0]](part) if part and type(part[0]) is int else values(part))
            for part in parts
        ]

    def _first_of_class(self, tag: int, parts: list[Any]) -> Any:
        build = self._builders[tag] = self._builder(CLASSES[tag - FIRST_CLASS])
        return build(parts)

    def _builder(self, cls: type) -> Build:
        make, built, objects = maker_of(cls), self._built, self._objects

        def plain(parts: list[Any]) -> Any:
            return make(built(parts))

        def counted(parts: list[Any]) -> Any:
            number = len(objects)
            objects.append(None)
            made = objects[number] = make(built(parts))
            return made

        return counted if cls in _COUNTED else plain

    def _origin(self, parts: list[Any]) -> Origin:
        _, construct, role, title, given, file, *place = parts
        given = self.values(given)
        self._origins.append((construct, role, title, given, file))
        return Origin(construct, role, Span(file, *place) if place else None, title, None, given)

    def _span(self, parts: list[Any]) -> Span:
        _, file, start, end = parts
        if type(file) is str:
            self._files.append(file)
        else:
            file = self._files[file]
        return Span(file, start, end)

    def _mapping(self, parts: list[Any]) -> dict[str, Any]:
        names_and_values = iter(self.values(parts[1:]))
        return dict(zip(names_and_values, names_and_values, strict=True))


def _like(origins: list[tuple[Any, ...]]) -> Build:
    """Return what builds an origin that is like an earlier one; most are."""

    def build(parts: list[Any]) -> Origin:
        construct, role, title, given, file = origins[parts[1]]
        span = None if len(parts) == 2 else Span(file, parts[2], parts[3])
        return Origin(construct, role, span, title, None, given)

    return build
