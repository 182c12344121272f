"""What a competitor has to offer, so that all are measured alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from benchmarks.table.numbers import Array, Numbers
from benchmarks.table.rubric import Rubric


@frozen
class Scored:
    """Totals in hundredths (floats where the competitor has floats) and the places of the grades, the lowest 0."""

    totals: Array
    grades: Array


@frozen(kw_only=True)
class Competitor:
    """A program that scores the rubric.

    Only *score* is timed: (compiled, data as loaded) → its own results. *compile* is timed apart. *load* gives the data
    in the form in which the library holds them; its memory does not count. *most_rows*: slower ones score a sample.
    """

    load: Callable[[Numbers], Any]
    compile: Callable[[Rubric], Any]
    score: Callable[[Any, Any], Any]
    read: Callable[[Any], Scored]
    most_rows: int | None = None
