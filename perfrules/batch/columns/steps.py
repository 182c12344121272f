"""Instructions that are more than a function of cells: what they read of the block, and what they give back of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.batch.columns.code import Array
from perfrules.batch.plain import PlainCells
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Read

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
    """Give back the numbers of *node*: whole multiples of *unit*, of at most *size* in units."""

    node: str
    unit: Exact
    size: Exact

    def form(self, frame: BlockFrame, dtype: str) -> CellForm:
        """Return how they are written at once, and where."""
        asked = frame.asked.get(self.node)
        times = self.unit if asked is None or asked.scale is None else self.unit * asked.scale
        if asked is None or dtype != F8 or times.denominator >= MOST_F8 or self.size * abs(times.numerator)
