"""JSON text without any loss: numbers as the text they are, objects as the pairs they were written with.

A name that stands twice in an object is thereby a duplicate column, and not the later value. NaN is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from perfrules.diagnostics import DataPlace
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import RawRow, heading_text, unreadable


@frozen(eq=False)
class Pairs(Mapping[str, Any]):
    """The pairs in their order; looking up a name finds its first value."""

    pairs: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> Pairs:
        """Keep *pairs* as a JSON parser hands them over."""
        return cls(tuple(pairs))

    def __getitem__(self, name: str) -> Any:
        for known, value in self.pairs:
            if known == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def values(self) -> tuple[Any, ...]:  # type: ignore[override]  # a view would look names up
        """Return the values, one for each pair."""
        return tuple(value for _, value in self.pairs)


def depth_of(found: object, limit: int) -> int:
    """Count the levels of lists and objects in *found*, at most one more than *limit*.

    >>> depth_of([Pairs((("a", ["1"]),))], 10)
    3
    """
    level, depth = [found], 0
    while depth <= limit:
        nested = [each for each in level if isinstance(each, list | Pairs)]
        if not nested:
            return depth
        depth += 1
        level = [part for each in nested for part in (each.values() if isinstance(each, Pairs) else each)]
    return depth


def parse_json_text(text: str, place: DataPlace, limits: Limits) -> Any:
    """Return lists, `Pairs`, texts (numbers too), booleans and None; or a diagnostic."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=_constant, object_pairs_hook=Pairs.of)
    except RecursionError:
        return too_large(limits.nesting + 1, "nesting-levels", limits.nesting, place)
    except ValueError:
        return unreadable("not-json", place)
    depth = depth_of(found, limits.nesting)
    return too_large(depth, "nesting-levels", limits.nesting, place) if depth > limits.nesting else found


def row_of_pairs(record: Pairs, place: DataPlace) -> RawRow:
    """Return the values of one entity as a row."""
    return RawRow(tuple(heading_text(name) for name in record), record.values(), place)


def _constant(name: str) -> str | None:
    return None if name == "NaN" else name
