"""Which node an operation belongs to: the first, in order of evaluation, that comes to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from perfrules.batch.lowered import Lowered


def owners_of(lowered: Lowered, order: Iterable[str]) -> Callable[[int], str | None]:
    """Return what tells the node of an operation by its place."""
    ends: list[int] = []
    names: list[str] = []
    for name in order:
        columns = lowered.nodes.get(name)
        if columns is None:
            continue
        last = max((place for place in (columns.value, columns.state) if place is not None), default=-1)
        if not ends or last > ends[-1]:
            ends.append(last)
            names.append(name)

    def owner(place: int) -> str | None:
        at = bisect_left(ends, place)
        return names[at] if at < len(names) else None

    return owner
