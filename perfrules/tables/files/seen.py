"""What is seen of the entities of a run that are evaluated each by itself: problems, open totals, refused rows.

Of problems so many of each kind are kept, those of the first rows, and the others counted. What belongs to a row is
kept until the row is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Final, TypeAlias

from attrs import define, field, frozen

from perfrules.batch.results import BlockResult
from perfrules.diagnostics import Code, Diagnostic, has_errors
from perfrules.evaluate.result import Result
from perfrules.readers.raw import RawRow
from perfrules.tables.ingest.block import FrameBlock
from perfrules.writers.csv_table import ends

Refused: TypeAlias = tuple[RawRow, tuple[Diagnostic, ...]]

KEPT: Final = 10
"""Problems of one kind that are shown."""


@frozen
class Part:
    """What belongs to the rows that are written next, by row: the ends of open totals, and refused rows in order."""

    ends: Mapping[int, tuple[str, str]]
    refused: Sequence[Refused]


@define(eq=False)
class Seen:
    """Sees the results of rows, from any thread; with *keeps_refused* their cells, too, with *names* who there is."""

    keeps_refused: bool = False
    names: set[str] | None = field(default=None, repr=False)
    recomputed: int = 0
    counts: Counter[Code] = field(factory=Counter)
    _samples: dict[Code, list[tuple[int, Diagnostic]]] = field(factory=dict, init=False, repr=False)
    _ends: dict[int, tuple[str, str]] = field(factory=dict, init=False, repr=False)
    _refused: dict[int, Refused] = field(factory=dict, init=False, repr=False)
    _written: int = field(default=0, init=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def by_columns(self, found: BlockResult) -> None:
        """Count the cells that were computed again."""
        with self._lock:
            self.recomputed += sum(found.recomputed.values())

    def by_itself(self, block: FrameBlock, rows: Sequence[int], results: Sequence[Result]) -> None:
        """See the results of some rows of a block."""
        self.see([block.place + row for row in rows], results, lambda place: block.columns.row(place - block.place))

    def see(self, places: Iterable[int], results: Sequence[Result], row_at: Callable[[int], RawRow]) -> None:
        """See results of rows at these places of the run."""
        lows, highs = (ends(results, end) for end in ("lo", "hi"))
        for place, result, low, high in zip(places, results, lows, highs, strict=True):
            is_refused = self.keeps_refused and has_errors(result.problems)
            refused = (row_at(place), result.problems) if is_refused else None
            with self._lock:
                if low or high:
                    self._ends[place] = (low, high)
                if refused is not None:
                    self._refused[place] = refused
                if self.names is not None:
                    self.names.add(result.entity)
                for problem in result.problems:
                    self._count(place, problem)

    def next(self, rows: int) -> Part:
        """Hand out what belongs to the next rows."""
        start, self._written = self._written, self._written + rows
        with self._lock:
            inside = [place for place in self._ends if start <= place < start + rows]
            open_ = {place - start: self._ends.pop(place) for place in inside}
            gone = sorted(place for place in self._refused if start <= place < start + rows)
            return Part(open_, [self._refused.pop(place) for place in gone])

    @property
    def samples(self) -> list[Diagnostic]:
        """The first problems of each kind."""
        return [problem for found in self._samples.values() for _, problem in _first(found)]

    @property
    def shown(self) -> Counter[Code]:
        """How many problems of each kind are among the samples."""
        return Counter(problem.code for problem in self.samples)

    def _count(self, place: int, problem: Diagnostic) -> None:
        self.counts[problem.code] += 1
        found = self._samples.setdefault(problem.code, [])
        found.append((place, problem))
        if len(found) > 8 * KEPT:
            found[:] = _first(found)


def _first(found: list[tuple[int, Diagnostic]]) -> list[tuple[int, Diagnostic]]:
    return sorted(found, key=lambda each: each[0])[:KEPT]
