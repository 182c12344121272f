"""What the caller decides about the scoring of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, get_args

from attrs import Attribute, field, frozen

from perfrules.readers.raw import ReadOptions

if TYPE_CHECKING:
    from perfrules.batch.results import BlockResult
    from perfrules.evaluate.result import Result
    from perfrules.tables.ingest.beforehand import Beforehand
    from perfrules.tables.ingest.block import FrameBlock

BLOCK_ROWS: Final = 32_768
BLOCK_ROWS_IN_MEMORY: Final = 196_608
"""Fewer and longer steps let threads wait less for one another, where results stay in memory anyhow."""

Progress: TypeAlias = Callable[[int, int | None], object]
"""Called with the rows that are done, and with how many there are, where that is known."""
OnProblem: TypeAlias = Literal["keep", "stop"]
Numbers: TypeAlias = Literal["exact", "float64"]
Engine: TypeAlias = Literal["columns", "rows"]


class Watch(Protocol):
    """Whoever wants to see more of a run than its table of results; called by several threads, in any order."""

    def by_columns(self, found: BlockResult) -> None:
        """Look at what columns say of a block."""

    def by_itself(self, block: FrameBlock, rows: Sequence[int], results: Sequence[Result]) -> None:
        """Look at the results of some rows of a block that were evaluated each by itself."""


def _one_of(*values: str | None) -> Callable[[Any, Attribute[Any], Any], None]:
    def check(_options: Any, attribute: Attribute[Any], value: Any) -> None:
        if value not in values:
            known = ", ".join(repr(each) for each in values)
            raise ValueError(f"{attribute.name} is one of {known}, not {value!r}")

    return check


def _some(_options: Any, attribute: Attribute[Any], value: int | None) -> None:
    if value is not None and value < 1:
        raise ValueError(f"{attribute.name} is at least 1, not {value}")


def _no_text(_options: Any, attribute: Attribute[Any], value: Sequence[str] | None) -> None:
    if isinstance(value, str):
        raise ValueError(f"{attribute.name} is a list of names, not one text: [{value!r}]")


@frozen(kw_only=True)
class TableOptions:
    """How a table is scored; the results depend on *as_of*, *settings* and *ignore_unknown* alone, and how they are
    written on *numbers*: as decimals (or numerators and denominators), or each as the nearest float64.

    *columns* are those that come back beside the entity's (None: all), by the names they have when all come back.
    *threads* None: as many as there are processors, four at most. *engine* `rows` leaves every row to the evaluator of
    single entities; None: by columns where the ruleset allows it. With *named*, the column of the entities has their
    names as texts, as results have them, whatever stands in the data. *tables* are those kept apart from the entities.
    *known* is what was found out about the entities already.
    """

    as_of: date | None = None
    settings: Mapping[str, str] = field(factory=dict)
    ignore_unknown: bool = False
    columns: Sequence[str] | None = field(default=None, validator=_no_text)
    threads: int | None = field(default=None, validator=_some)
    numbers: Numbers = field(default="exact", validator=_one_of(*get_args(Numbers)))
    on_problem: OnProblem = field(default="keep", validator=_one_of(*get_args(OnProblem)))
    engine: Engine | None = field(default=None, validator=_one_of(None, *get_args(Engine)))
    progress: Progress | None = None
    tables: Mapping[str, object] = field(factory=dict)
    block_rows: int = BLOCK_ROWS
    named: bool = False
    known: Beforehand | None = field(default=None, repr=False)
    watch: Watch | None = None

    @property
    def reading(self) -> ReadOptions:
        """Return what the readers of rows ask."""
        return ReadOptions(as_of=self.as_of, settings=self.settings, ignore_unknown=self.ignore_unknown)


USUAL: Final = TableOptions()
