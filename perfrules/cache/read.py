"""JSON → values: the inverse of `write`, with the listed classes only."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from perfrules.cache.classes import CLASSES, EXPRESSIONS, PLACED, VALUES, maker_of
from perfrules.cache.tags import FIRST_CLASS, Tag
from perfrules.diagnostics import Arguments, Word
from perfrules.ir.origin import Origin
from perfrules.lang.collector import collector_paused
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
        self._kinds: list[Any] = []
        self._origins: list[tuple[Any, ...]] = []
        self._files: list[str] = []
        self._later = later
        self._builders: list[Build] = [partial(self._first_of_class, tag) for tag in range(FIRST_CLASS + len(CLASSES))]
        for tag, build in self._plain().items():
            self._builders[tag] = build

    def _plain(self) -> dict[Tag, Build]:
        return {
            Tag.AGAIN: lambda parts: self._objects[parts[1]],
            Tag.ORIGIN: lambda parts: self._origin(parts[1], parts[2], parts[3]),
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
        make, built, kind, origin = maker_of(cls), self._built, self._kind, self._origin

        def plain(parts: list[Any]) -> Any:
            return make(built(parts[1:]))

        def placed(parts: list[Any]) -> Any:
            apart = {"kind": kind(parts[1]), "origin": origin(parts[2], parts[3], parts[4])}
            return make(built(parts[5:]), **apart)

        build = placed if cls in PLACED else plain
        return self._counted(build) if cls in _COUNTED else build

    def _counted(self, build: Build) -> Build:
        """Return what builds an object that can be referred to by a number, which it has before what is in it."""
        objects = self._objects

        def counted(parts: list[Any]) -> Any:
            number = len(objects)
            objects.append(None)
            made = objects[number] = build(parts)
            return made

        return counted

    def _kind(self, known: Any) -> Any:
        if type(known) is int:
            return self._kinds[known]
        number = len(self._kinds)
        self._kinds.append(None)
        kind = self._kinds[number] = self._builders[known[0]](known)
        return kind

    def _origin(self, known: Any, start: int | None, end: int | None) -> Origin:
        if type(known) is int:
            construct, role, title, given, file = self._origins[known]
        else:
            construct, role, title, given, file = told = self.values(known)
            self._origins.append(told)
        span = None if start is None or end is None else Span(file, start, end)
        return Origin(construct, role, span, title, None, given)

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
