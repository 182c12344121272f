"""What a case and its competitors have to offer, so that all are measured alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from attrs import frozen

from benchmarks.table.numbers import Array


class Data(Protocol):
    """Rows of a case, in whole numbers."""

    @property
    def rows(self) -> int: ...

    def first(self, rows: int) -> Data:
        """Return the first rows only."""


@frozen
class Scored:
    """Totals in units of the last decimal (floats where the competitor has floats), and the places of the grades, the
    lowest 0 (or ranks).
    """

    totals: Array
    grades: Array


@frozen(kw_only=True)
class Competitor:
    """A program that scores the rubric of a case.

    Only *score* is timed: (compiled, data as loaded) → its own results. *compile* is timed apart. *load* gives the data
    in the form in which the library holds them; its memory does not count. *most_rows*: slower ones score a sample.
    """

    load: Callable[[Any], Any]
    compile: Callable[[Any], Any]
    score: Callable[[Any, Any], Any]
    read: Callable[[Any], Scored]
    most_rows: int | None = None


@frozen
class Entry:
    """A row of a table: what it is called, how many threads it may use, and what makes it (where its library is)."""

    title: str
    threads: int
    make: Callable[[], Competitor]


@frozen(kw_only=True)
class Case:
    """A rubric with data. *about* is what compiling is given; *exact* gives the right answers, by whole numbers or
    fractions; the first of *entries* is what the others are measured by.
    """

    title: str
    rows: int
    data: Callable[[int], Data]
    about: Any
    exact: Callable[[Any], Scored]
    entries: Mapping[str, Entry]

    @property
    def base(self) -> str:
        return next(iter(self.entries))
