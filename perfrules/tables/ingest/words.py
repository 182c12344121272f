"""Distinct cells read by the reader of single cells, each once: text in a column of numbers, options, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from perfrules.diagnostics import DataPlace
from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.lang.states import State
from perfrules.lang.units import UnitTable
from perfrules.readers.cells import read_cell

_MOST_KEPT: Final = 100_000
_NOWHERE: Final = DataPlace()


@frozen
class Refused:
    """What stands for a cell that needs the reader of single rows: it is refused, noted about, or still pending."""


REFUSED: Final = Refused()


class WordReader:
    """Reads the distinct cells of one input and remembers what it read, up to a limit; threads may share it.

    >>> from perfrules.lang.kinds import Number
    >>> reader = WordReader(InputDeclaration(name="staff", title=None, kind=Number()), UnitTable())
    >>> reader.read(("12", "a dozen"))
    [Fraction(12, 1), Refused()]
    """

    def __init__(self, declaration: InputDeclaration, units: UnitTable) -> None:
        self.declaration = declaration
        self._units = units
        self._known: dict[tuple[type, object], FactValue | Refused] = {}

    def read(self, words: Sequence[object]) -> list[FactValue | Refused]:
        """Return what each of *words* says: a value, MISSING, or that the row has to be put aside."""
        return [self._read(word) for word in words]

    def _read(self, word: object) -> FactValue | Refused:
        if isinstance(word, datetime):  # equal to others that are another day, or more than a day, in their zones
            return self._fresh(word)
        try:
            found = self._known.get((type(word), word))
        except TypeError:  # lists and mappings, which no cell can be
            return REFUSED
        if found is None:
            found = self._fresh(word)
            if len(self._known) < _MOST_KEPT:
                self._known[type(word), word] = found
        return found

    def _fresh(self, word: object) -> FactValue | Refused:
        read = read_cell(self.declaration, word, self._units, _NOWHERE)
        if read.problems or read.value is None or (isinstance(read.value, State) and read.value is not State.MISSING):
            return REFUSED
        return read.value


WordReaders = Mapping[str, WordReader]
