"""JSON → values: the inverse of `write`, with the listed classes only."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from perfrules.cache.classes import CLASSES, EXPRESSIONS, VALUES, shape_of
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
    was_on = gc.isenabled()
    gc.disable()  # all that is made survives
    try:
        section: list[Any] = json.loads(content.decode("utf-8", "surrogatepass"))
        return _Section(later).values(section)
    finally:
        if was_on:
            gc.enable()


class _Section:
    """What was read so far, so that it can be referred to."""

    def __init__(self, later: Later) -> None:
        self._objects: list[Any] = []
        self._origins: list[tuple[Any, ...]] = []
        self._files: list[str] = []
        self._later = later
        self._builders: list[Build | None] = [None] * (FIRST_CLASS + len(CLASSES))
        for tag, build in self._plain().items():
            self._builders[tag] = build

    def _plain(self) -> dict[Tag, Build]:
        return {
            Tag.AGAIN: lambda parts: self._objects[parts[1]],
            Tag.ORIGIN: self._origin,
            Tag.LIKE: self._like,
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
        build = self._build
        return tuple([build(part) if type(part) is list else part for part in parts])

    def _build(self, parts: list[Any]) -> Any:
        if not parts or type(parts[0]) is not int:
            return self.values(parts)
        tag = parts[0]
        build = self._builders[tag]
        if build is None:
            build = self._builders[tag] = self._builder(CLASSES[tag - FIRST_CLASS])
        return build(parts)

    def _builder(self, cls: type) -> Build:
        make, build = shape_of(cls).make, self._build
        if cls not in _COUNTED:
            return lambda parts: make(cls, [build(part) if type(part) is list else part for part in parts[1:]])
        objects = self._objects

        def counted(parts: list[Any]) -> Any:
            number = len(objects)
            objects.append(None)
            made = objects[number] = make(cls, [build(part) if type(part) is list else part for part in parts[1:]])
            return made

        return counted

    def _origin(self, parts: list[Any]) -> Origin:
        _, construct, role, title, given, file, *place = parts
        known = (construct, role, title, self.values(given), file)
        self._origins.append(known)
        return _origin_at(known, place)

    def _like(self, parts: list[Any]) -> Origin:
        return _origin_at(self._origins[parts[1]], parts[2:])

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


def _origin_at(known: tuple[Any, ...], place: list[int]) -> Origin:
    construct, role, title, given, file = known
    return Origin(construct, role, Span(file, *place) if place else None, title, None, given)
