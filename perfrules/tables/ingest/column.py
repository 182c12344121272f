"""One input of one block (or one field of its records): numbers, truths, texts and states out, and what cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.plain import PlainCells
from perfrules.batch.source import NumberFacts
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.exact import Exact
from perfrules.tables.ingest.cells import Cells, Mask
from perfrules.tables.ingest.distinct import distinct_of
from perfrules.tables.ingest.exact_figures import exact_cells
from perfrules.tables.ingest.figures import write_figures
from perfrules.tables.ingest.fit import declared_bounds, declared_decimals, divisor_of
from perfrules.tables.ingest.plain import plain_cells
from perfrules.tables.ingest.reading import Exacts, Read, missing_of, read_column
from perfrules.tables.ingest.texts import TextCodes
from perfrules.tables.ingest.widening import wider_facts
from perfrules.tables.ingest.words import WordReader


@frozen(eq=False)
class Unfit:
    """Cells that were not written: those that *lack* a value, and those whose row is put *aside*; None: there are none.

    *wider*: facts of which more would hold.
    """

    lack: Mask | None = None
    aside: Mask | None = None
    wider: NumberFacts | None = None


@frozen(eq=False)
class InputColumn:
    """The cells of one input, read as it is declared."""

    declaration: InputDeclaration
    read: Read

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers or days."""
        return self.read.figures is not None

    def write_numbers(self, facts: NumberFacts, out: NDArray[Any]) -> Unfit:
        """Write raw numbers into *out*, where they fit; a harmless one elsewhere."""
        assert self.read.figures is not None
        bad, fit = write_figures(self.read.figures, self.declaration, facts, out)
        if bad is None:
            return Unfit(self.read.missing, self.read.refused)
        lack = missing_of(self.read)
        for known in (lack, self.read.refused):
            if known is not None:
                bad = bad & ~known
        if not bad.any():
            return Unfit(lack, self.read.refused)
        wider = wider_facts(self.read.figures, bad, self.declaration, facts) if fit.can_widen else None
        return Unfit(lack, bad if self.read.refused is None else bad | self.read.refused, wider)

    def plain(self, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        """Return the cells as they lie in memory, if nothing more has to be looked at."""
        return plain_cells(self.read, self.declaration, facts, dtype)

    def lack(self) -> Mask | None:
        """Return which cells lack a value; None: none."""
        return missing_of(self.read)

    def write_codes(self, texts: TextCodes, out: NDArray[Any]) -> Unfit:
        """Write truths, or the codes of texts."""
        if self.read.truths is not None:
            np.copyto(out, self.read.truths)
        else:
            assert self.read.texts is not None
            places, words = self.read.texts
            np.take(np.array([texts.code_of(word) for word in words], out.dtype), places, out=out, mode="wrap")
        return Unfit(self.read.missing, self.read.refused)

    def unfit(self, words: WordReader) -> Unfit:
        """Return which cells do not fit the declaration, for a column that no rule reads."""
        figures, declaration = self.read.figures, self.declaration
        if figures is None or isinstance(figures, Exacts):
            return Unfit(self.read.missing, self.read.refused)
        facts = _own_facts(declaration)
        if facts is None:
            return column_of(declaration, distinct_of(figures), words).unfit(words)
        return self.write_numbers(facts, np.empty(len(figures), np.float64 if _is_small(facts) else object))

    def exact(self, places: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return numerators and denominators of some cells."""
        assert self.read.figures is not None
        return exact_cells(self.read.figures, self.declaration, places)


def column_of(declaration: InputDeclaration, cells: Cells, words: WordReader) -> InputColumn:
    """Read the cells of a column as *declaration* says."""
    return InputColumn(declaration, read_column(declaration, cells, words))


def _own_facts(declaration: InputDeclaration) -> NumberFacts | None:
    """Return what a declaration says of its cells; None where it leaves anything open."""
    bounds, decimals = declared_bounds(declaration), declared_decimals(declaration)
    if bounds is None or decimals is None:
        return None
    return NumberFacts(low=bounds.low, high=bounds.high, scale=divisor_of(declaration) * 10**decimals)


def _is_small(facts: NumberFacts) -> bool:
    low, high, scale = facts.low or Exact(0), facts.high or Exact(0), facts.scale or 1
    return max(-low, high) * scale < 2**53
