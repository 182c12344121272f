"""Tuples and mappings that are read when somebody asks for what is in them, and are otherwise like any others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from perfrules.lang.collector import collector_paused
from perfrules.text import SourceText

Item = TypeVar("Item")


class LaterTuple(Sequence[Item]):
    """A tuple of known length in parts of one size, of which each is read when an item of it is asked for."""

    __slots__ = ("_items", "_length", "_parts", "_read", "_size")

    def __init__(self, length: int, size: int, read: Callable[[int], tuple[Item, ...]]) -> None:
        self._length = length
        self._size = size
        self._read = read
        self._parts: dict[int, tuple[Item, ...]] = {}
        self._items: tuple[Item, ...] | None = None

    def whole(self) -> tuple[Item, ...]:
        """Read all of it."""
        if self._items is None:
            with collector_paused():
                self._items = tuple(chain.from_iterable(map(self._part, range(-(-self._length // self._size)))))
            self._parts = {}
        return self._items

    def _part(self, number: int) -> tuple[Item, ...]:
        part = self._parts.get(number)
        if part is None:
            part = self._parts[number] = self._read(number)
        return part

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Item]:
        return iter(self.whole())

    def __getitem__(self, place: Any) -> Any:
        if self._items is not None or isinstance(place, slice):
            return self.whole()[place]
        at = range(self._length)[place]
        return self._part(at // self._size)[at % self._size]

    def __add__(self, other: object) -> tuple[Any, ...]:
        return self.whole() + tuple(other) if isinstance(other, tuple | LaterTuple) else NotImplemented

    def __radd__(self, other: object) -> tuple[Any, ...]:
        return other + self.whole() if isinstance(other, tuple) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self.whole() == tuple(other) if isinstance(other, tuple | LaterTuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.whole())

    def __repr__(self) -> str:
        return repr(self.whole())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.whole(),)


class LaterSources(Mapping[str, SourceText]):
    """The texts that a ruleset is made of: its *own*, and others that are read when one of them is asked for."""

    __slots__ = ("_names", "_others", "_own", "_read")

    def __init__(self, names: Sequence[str], own: SourceText, read: Callable[[], Mapping[str, SourceText]]) -> None:
        self._names = dict.fromkeys(names)
        self._own = own
        self._read = read
        self._others: Mapping[str, SourceText] | None = None

    def __getitem__(self, name: str) -> SourceText:
        if name not in self._names:
            raise KeyError(name)
        if name == self._own.name:
            return self._own
        if self._others is None:
            self._others = self._read()
        return self._others[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)
