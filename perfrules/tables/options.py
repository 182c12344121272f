"""What the caller decides about the scoring of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

from perfrules.readers.raw import ReadOptions

BLOCK_ROWS: Final = 65_536

Progress: TypeAlias = Callable[[int, int | None], object]
"""Called with the rows that are done, and with how many there are, where that is known."""
OnProblem: TypeAlias = Literal["keep", "stop"]
Engine: TypeAlias = Literal["columns", "rows"]


@frozen(kw_only=True)
class TableOptions:
    """How a table is scored; the results depend on *as_of*, *settings* and *ignore_unknown* alone.

    *columns* are those that come back beside the entity's (None: all), by the names they have when all come back.
    *threads* None: as many as there are processors, four at most. *engine* `rows` leaves every row to the evaluator of
    single entities; None: by columns where the ruleset allows it.
    """

    as_of: date | None = None
    settings: Mapping[str, str] = field(factory=dict)
    ignore_unknown: bool = False
    columns: Sequence[str] | None = None
    threads: int | None = None
    on_problem: OnProblem = "keep"
    engine: Engine | None = None
    progress: Progress | None = None
    block_rows: int = BLOCK_ROWS

    @property
    def reading(self) -> ReadOptions:
        """Return what the readers of rows ask."""
        return ReadOptions(as_of=self.as_of, settings=self.settings, ignore_unknown=self.ignore_unknown)


USUAL: Final = TableOptions()
