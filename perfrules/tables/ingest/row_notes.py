"""Where the rows of a table stand in its file, and what is wrong with a row before its cells are looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from perfrules.diagnostics import Diagnostic


def _after(place: int) -> int:
    return place + 1


@frozen(eq=False)
class RowNotes:
    """*number* tells the number of a row from its place among all rows, which counts from 0.

    *problems* are those of rows as such, by place, in order; *sheet* is where a workbook has the rows.

    >>> NO_NOTES.number(4), NO_NOTES.odd(0, 10)
    (5, [])
    """

    number: Callable[[int], int] = field(default=_after, repr=False)
    problems: Mapping[int, tuple[Diagnostic, ...]] = field(factory=dict)
    sheet: str | None = None
    _places: Sequence[int] = field(init=False, repr=False)

    @_places.default
    def _sorted(self) -> Sequence[int]:
        return sorted(self.problems)

    def odd(self, start: int, count: int) -> list[int]:
        """Return which of *count* rows from *start* on have problems, counted from *start*."""
        inside = self._places[bisect_left(self._places, start) : bisect_left(self._places, start + count)]
        return [place - start for place in inside]


NO_NOTES: Final = RowNotes()
