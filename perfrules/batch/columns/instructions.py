"""Instructions that are more than a function of cells: what they read of the block, and what they give back of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.batch.columns.code import F8, Array
from perfrules.batch.columns.ways import MOST_F8, MOST_I8
from perfrules.batch.plain import PlainCells
from perfrules.batch.results import CellForm
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Read
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.frame import BlockFrame


@frozen(eq=False)
class ReadNumbers:
    """Read a column of numbers, of which *facts* are relied on."""

    read: Read
    facts: NumberFacts

    def __call__(self, frame: BlockFrame, out: Array) -> None:
        frame.number(self.read, self.facts, out)

    def plain(self, frame: BlockFrame, dtype: str) -> PlainCells | None:
        """Return the cells as they lie in memory, if raw numbers of *dtype* follow from them cell by cell."""
        return frame.plain(self.read, self.facts, dtype)


@frozen(eq=False)
class ReadCodes:
    """Read a column of truths or of codes of texts."""

    read: Read

    def __call__(self, frame: BlockFrame, out: Array) -> None:
        frame.codes(self.read, out)

    def plain(self, frame: BlockFrame, dtype: str) -> PlainCells | None:
        """Return the cells as they lie in memory, if they are truths."""
        return frame.plain(self.read, None, dtype)


@frozen(eq=False)
class Keep:
    """Give back a column, as it is now."""

    key: object

    def __call__(self, frame: BlockFrame, cells: Array) -> None:
        frame.keep(self.key, cells)


@frozen(eq=False)
class KeepNumbers(Keep):
    """Give back the numbers of *node*: whole multiples of *unit*, at most *size* of them."""

    node: str
    unit: Exact
    size: Exact

    def writing(self, asked: CellForm, dtype: str) -> Writing | None:
        """Return how cells of *dtype* become what is asked for, if that is certain to be exact."""
        if dtype != F8:
            return None
        factor = self.unit if asked.scale is None else self.unit * asked.scale
        times, below, greatest = factor.numerator, factor.denominator, max(self.size, Exact(1)) * abs(factor.numerator)
        if asked.scale is None:
            return Writing(times, below, words=False) if greatest <= MOST_F8 and below <= MOST_F8 else None
        return Writing(times, 1, words=True) if below == 1 and greatest <= MOST_I8 else None


@frozen
class Writing:
    """Whole numbers in float64 times *times* over *below*: as float64, or as two *words* (a decimal128)."""

    times: int
    below: int
    words: bool
