"""One block of rows as the kernel reads it: what a table of any kind has to offer.

Numbers come as whole numbers over a known scale: `value = raw / scale`. A row in which some cell cannot be taken as it
stands (outside its range, too many decimals, missing where required, any override, text where a number belongs …) is
put aside: `aside[row]` becomes true, some harmless value within the range stands in its place, and the row is read
again by the reader of single rows, which knows how to say what is wrong, or that nothing is.
"""

from __future__ import annotations

from typing import Any, Protocol

from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.lowered import Holes
from perfrules.batch.plain import PlainCells
from perfrules.lang.exact import Exact


@frozen(kw_only=True)
class NumberFacts:
    """What is relied on for a column of numbers: multiples of 1/*scale* in [*low*, *high*], as checked in each block.

    *scale* None: any decimals (a float column read as its shortest decimals); ends None: any size. Of a percentage
    they are in proportions: `95.5%` is 955 of scale 1000.
    """

    low: Exact | None
    high: Exact | None
    scale: int | None


class Wider(Exception):  # noqa: N818 - no error: the program is made again
    """The data hold what the program was not made for: of input *name* now these facts, or these states, hold."""

    def __init__(self, name: str, facts: NumberFacts | None = None, state: str | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.facts = facts
        self.state = state


class Block(Protocol):
    """Some consecutive rows of a table. Calls are made by one thread at a time per block.

    A table input's records are those of the rows, in order: its fields' columns have `records(table)` cells.
    *place* is where the first row stands among all rows of the run. *holes* is set by the kernel before it reads: what
    the program expects to lack.
    """

    holes: Holes

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def place(self) -> int:
        """Where the first row stands."""

    @property
    def aside(self) -> NDArray[Any]:
        """The rows put aside, to be written into."""

    def counts(self, table: str) -> NDArray[Any]:
        """Return how many records each row has in *table*, as int64."""

    def number(self, name: str, table: str | None, facts: NumberFacts, out: NDArray[Any]) -> None:
        """Write the raw numbers of an input (or of the field of a table, one per record) into *out*.

        *out* is float64, int64 or object, as the facts allow. Dates are ordinals, of scale 1. Raises Wider for an
        input without declared range or decimals whose cells exceed *facts*.
        """

    def plain(self, name: str, table: str | None, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        """Return the cells of numbers (or of truths, where *facts* is None) as they lie in memory, with what has to
        hold of each so that `number` with *facts* would write into an array of *dtype* what follows from them; None
        where that is not all there is to it (something is lacking, texts have to be read, cells are far apart …).
        """

    def exact(self, name: str, table: str | None, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return numerators and denominators (object arrays) of the cells at *rows* (record places for a field)."""

    def codes(self, name: str, table: str | None, out: NDArray[Any]) -> None:
        """Write truths (out: bool) or codes of texts (out: int32; see `Lowered.texts`)."""

    def states(self, name: str, table: str | None, out: NDArray[Any]) -> None:
        """Write the states of an input (out: uint8, `perfrules.batch.tape.STATES`).

        Where a block lacks something that the program does not expect to lack, `counts`, `number` and `codes` of that
        input raise Wider with the state (`missing`, `pending`, `excluded`).
        """
