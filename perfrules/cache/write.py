"""Values → JSON: expressions, kinds, places and diagnostics as nested lists, in deterministic bytes.

The walk is that of the standard library's encoder, which asks here only for what is no list, text or number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from perfrules.cache.classes import CLASSES, EXPRESSIONS, PLACED, VALUES, shape_of
from perfrules.cache.tags import FIRST_CLASS, Tag
from perfrules.diagnostics import Arguments, Word
from perfrules.ir.inputs import Facts
from perfrules.ir.origin import Origin
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind
from perfrules.lang.states import State
from perfrules.text import Span

Written = tuple[Any, ...]

_TAGS: Final = {cls: FIRST_CLASS + number for number, cls in enumerate(CLASSES)}
# Plain numbers: the encoder writes an enumeration's member more slowly.
_AGAIN, _ORIGIN, _SPAN, _EXACT = (int(tag) for tag in (Tag.AGAIN, Tag.ORIGIN, Tag.SPAN, Tag.EXACT))


class NotKept(Exception):  # noqa: N818 - named by what happens
    """Something is of a class that is not listed: what a plug-in made."""


def written(items: Iterable[Any]) -> bytes:
    """Return *items* as a section of its own."""
    return _Section().bytes(items)


class _Writers(dict[type, Callable[[Any], Written]]):
    """What takes objects of each class apart, made where the first of a class is met."""

    def __init__(self, of_class: Callable[[type], Callable[[Any], Written]]) -> None:
        super().__init__()
        self._of_class = of_class

    def __missing__(self, cls: type) -> Callable[[Any], Written]:
        writer = self[cls] = self._of_class(cls)
        return writer


class _Section:
    """What was written so far, so that it is told once."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._values: dict[object, int] = {}
        self._count = 0
        self._kind_numbers: dict[int, int] = {}
        self._kinds: dict[Kind, int] = {}
        self._origins: dict[object, int] = {}
        self._files: dict[str, int] = {}
        self._writers = _Writers(self._writer)
        self._writers.update(_PLAIN)
        self._writers.update({Origin: self._origin, Span: self._span})

    def bytes(self, items: Iterable[Any]) -> bytes:
        """Write *items*, which must stay alive meanwhile."""
        writers = self._writers
        encoder = json.JSONEncoder(
            ensure_ascii=False,
            check_circular=False,
            separators=(",", ":"),
            default=lambda value: writers[type(value)](value),
        )
        return encoder.encode(tuple(items)).encode("utf-8", "surrogatepass")

    def _writer(self, cls: type) -> Callable[[Any], Written]:
        if cls not in _TAGS:
            raise NotKept(cls.__name__)
        tag, take_apart = _TAGS[cls], shape_of(cls).take_apart
        if cls in EXPRESSIONS:
            return self._once_by_identity(tag, take_apart)
        if cls in PLACED:
            return lambda value: (tag, self._kind(value.kind), *self._place(value.origin), *take_apart(value))
        if cls in VALUES:
            has_fields = shape_of(cls).positional
            return self._once_by_value(tag, take_apart) if has_fields else self._once(tag)
        return lambda value: (tag, *take_apart(value))

    def _once(self, tag: int) -> Callable[[Any], Written]:
        """Write the only value of a class."""
        numbers: list[int] = []

        def write(_: Any) -> Written:
            if numbers:
                return (_AGAIN, numbers[0])
            numbers.append(self._count)
            self._count += 1
            return (tag,)

        return write

    def _once_by_identity(self, tag: int, take_apart: Callable[[Any], Written]) -> Callable[[Any], Written]:
        numbers = self._numbers

        def write(value: Any) -> Written:
            number = numbers.get(id(value))
            if number is not None:
                return (_AGAIN, number)
            numbers[id(value)] = self._count
            self._count += 1
            return (tag, self._kind(value.kind), *self._place(value.origin), *take_apart(value))

        return write

    def _once_by_value(self, tag: int, take_apart: Callable[[Any], Written]) -> Callable[[Any], Written]:
        numbers, values = self._numbers, self._values

        def write(value: Any) -> Written:
            number = numbers.get(id(value))
            if number is None:
                number = numbers[id(value)] = values.setdefault(value, self._count)
                if number == self._count:
                    self._count += 1
                    return (tag, *take_apart(value))
            return (_AGAIN, number)

        return write

    def _kind(self, kind: Kind) -> Kind | int:
        number = self._kind_numbers.get(id(kind))
        if number is not None:
            return number
        new = len(self._kinds)
        self._kind_numbers[id(kind)] = number = self._kinds.setdefault(kind, new)
        return kind if number == new else number

    def _place(self, origin: Origin) -> Written:
        if origin.call is not None:
            raise NotKept("MethodCall")
        span = origin.span
        if span is None:
            key: Written = (origin.construct, origin.role, origin.title, origin.given, None)
            start = end = None
        else:
            key = (origin.construct, origin.role, origin.title, origin.given, span.file)
            start, end = span.start, span.end
        number = self._origins.get(key)
        if number is not None:
            return (number, start, end)
        self._origins[key] = len(self._origins)
        return (key, start, end)

    def _origin(self, origin: Origin) -> Written:
        return (_ORIGIN, *self._place(origin))

    def _span(self, span: Span) -> Written:
        number = self._files.get(span.file)
        if number is None:
            self._files[span.file] = len(self._files)
            return (_SPAN, span.file, span.start, span.end)
        return (_SPAN, number, span.start, span.end)


def _exact(number: Exact) -> Written:
    below = number.denominator
    return (_EXACT, number.numerator) if below == 1 else (_EXACT, number.numerator, below)


def _date(day: date) -> Written:
    return (int(Tag.DATE), day.toordinal())


def _state(state: State) -> Written:
    return (int(Tag.STATE), state.value)


def _set(members: frozenset[Any]) -> Written:
    return (int(Tag.SET), *sorted(members))


def _mapping(mapping: Mapping[str, Any]) -> Written:
    """Take a mapping apart, and those within it, which the encoder would not ask for."""
    kind = {dict: Tag.DICT, MappingProxyType: Tag.READ_ONLY}.get(type(mapping))
    if kind is None:
        raise NotKept(type(mapping).__name__)
    return (int(kind), *(part for name, value in mapping.items() for part in (name, _fact(value))))


def _fact(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_fact(each) for each in value)
    return _mapping(value) if isinstance(value, Mapping) else value


def _facts(facts: Facts) -> Written:
    return (_TAGS[Facts], *(_fact(value) for value in shape_of(Facts).take_apart(facts)))


def _arguments(arguments: Arguments) -> Written:
    pairs = (part for name, value in arguments.items() for part in (name, _argument(value)))
    return (int(Tag.ARGUMENTS), *pairs)


def _argument(value: object) -> Any:
    if type(value) is Word:
        return (int(Tag.WORD), str.__str__(value))
    if type(value) is tuple:
        return tuple(_argument(each) for each in value)
    if type(value) in (str, int):
        return value
    raise NotKept(type(value).__name__)


_PLAIN: Final[Mapping[type, Callable[[Any], Written]]] = {
    Exact: _exact,
    date: _date,
    State: _state,
    frozenset: _set,
    MappingProxyType: _mapping,
    Arguments: _arguments,
    Facts: _facts,
}
