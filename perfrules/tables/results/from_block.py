"""The results of one block, as the kernel gives them, as cells of columns: every row counts as final.

Rows put aside hold anything; they are written over with what the evaluator of single entities says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias, assert_never

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.results import BlockResult, CellForm, CodeCells, NodeCells, RatioCells, ScaledCells, StoredCells
from perfrules.batch.tape import code_of_state
from perfrules.evaluate.places import places_of
from perfrules.evaluate.sections import IndicatorStatus
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from perfrules.tables.results.asked import asked_nodes
from perfrules.tables.results.columns import ResultColumn, What
from perfrules.tables.results.joined import joined_texts
from perfrules.tables.results.number_cells import as_asked, asked_for, stored_numbers
from perfrules.tables.results.stored import NOTHING, Stored, constant
from perfrules.tables.results.written import Days, Decimals, Doubles, Ratios, Texts, Words, YesOrNo

TextOf: TypeAlias = Callable[[int], str]
"""The text that a code of a text means."""
Flags: TypeAlias = NDArray[np.bool_]

_STATUSES: Final = tuple(IndicatorStatus)
_MOST_CODES: Final = 1000
_EPOCH: Final = 719163
"""The ordinal of 1970-01-01."""


def _status_by_state() -> NDArray[np.int8]:
    """Return the places of the statuses by the codes of states."""
    by_state = np.full(8, _STATUSES.index(IndicatorStatus.MISSING), np.int8)
    by_state[code_of_state(None)] = _STATUSES.index(IndicatorStatus.SCORED)
    by_state[code_of_state(State.PENDING)] = _STATUSES.index(IndicatorStatus.PENDING)
    by_state[code_of_state(State.EXCLUDED)] = _STATUSES.index(IndicatorStatus.EXCLUDED)
    return by_state


@frozen(eq=False, slots=False)
class BlockReader:
    """Reads the cells of *columns* off blocks of results of one plan."""

    plan: Plan
    columns: Sequence[ResultColumn]
    text_of: TextOf
    stretch: Callable[[str, int], NDArray[Any]] | None = None
    """Where so many float64 of a column are to be written; None: anywhere."""

    def stored(self, found: BlockResult) -> list[Stored]:
        """Return the cells of each Arrow column, in order."""
        return _Reading(self, found, len(found.aside)).all()

    def asked(self, rows: int) -> Mapping[str, CellForm]:
        """Return in which form the kernel may write numbers at once, by node: those that one column alone has."""
        found = {}
        for column in self.columns:
            if column.node is not None and self._readers[column.node] == 1:
                asked = asked_for(column.written, self.out(column, rows))
                if asked is not None:
                    found[column.node] = asked
        return found

    @cached_property
    def _readers(self) -> Counter[str | None]:
        return Counter(column.node for column in self.columns if column.what is not What.SCORE_STATUS)

    def out(self, column: ResultColumn, rows: int) -> NDArray[Any] | None:
        """Return where so many float64 of a column are to be written."""
        if self.stretch is None or not isinstance(column.written, Doubles):
            return None
        return self.stretch(column.name, rows)

    def nodes(self) -> frozenset[str]:
        """Return the nodes that are read."""
        return nodes_read(self.plan, self.columns)


def nodes_read(plan: Plan, columns: Sequence[ResultColumn]) -> frozenset[str]:
    """Return the nodes that *columns* are read from; some are those of `perfrules.tables.results.asked`."""
    asked, items = asked_nodes(plan), places_of(plan).items
    whats = {column.what for column in columns}
    scored = {column.key for column in columns if column.what is What.SCORE_STATUS}
    nodes = {column.node for column in columns if column.node is not None}
    nodes |= {node for code in scored for node in items[code].zeroed_by}
    nodes |= {node for code, node in asked.stood_in.items() if code in scored}
    nodes |= {veto.node for veto in plan.vetoes if What.VETOES in whats}
    nodes |= {node for _, node in asked.left_out if What.LEFT_OUT in whats}
    return frozenset(nodes)


@frozen(eq=False)
class _Reading:
    """One block being read."""

    reader: BlockReader
    found: BlockResult
    rows: int

    def all(self) -> list[Stored]:
        return [stored for column in self.reader.columns for stored in self._of(column)]

    def _of(self, column: ResultColumn) -> Sequence[Stored]:
        match column.what:
            case What.STATUS:
                return (Stored(constant(self.rows, "int8")),)
            case What.SCORE_STATUS:
                return (Stored(self._statuses(column)),)
            case What.VETOES:
                vetoes = self.reader.plan.vetoes
                return (joined_texts([(veto.reason, self._is_true(veto.node)) for veto in vetoes], "; "),)
            case What.LEFT_OUT:
                shares = asked_nodes(self.reader.plan).left_out
                return (joined_texts([(code, self._is_true(node)) for code, node in shares], " "),)
            case What.PROBLEMS:
                return (NOTHING,)
            case What.TOTAL_LO | What.TOTAL_HI:
                return _nothing(column)
        return self._value(column)

    def _value(self, column: ResultColumn) -> Sequence[Stored]:
        cells = None if column.node is None else self.found.nodes[column.node]
        if cells is None or cells.values is None:
            return _nothing(column)
        if isinstance(cells.values, StoredCells):
            return (as_asked(cells.values, _valid(cells)),)
        match column.written:
            case Decimals() | Ratios() | Doubles():
                assert isinstance(cells.values, ScaledCells | RatioCells)
                return stored_numbers(
                    cells.values, column, _valid(cells), self.found.aside, self.reader.out(column, self.rows)
                )
            case Words() | Texts():
                return (self._texts(cells, column.written),)
            case YesOrNo():
                return (_cleared(_codes(cells), _valid(cells)),)
            case Days():
                assert isinstance(cells.values, ScaledCells)
                return (_cleared((cells.values.raw - _EPOCH).astype(np.int32), _valid(cells)),)
        assert_never(column.written)

    def _texts(self, cells: NodeCells, written: Words | Texts) -> Stored:
        """Translate codes of texts into places among the column's texts."""
        valid = _valid(cells)
        known = ~self.found.aside if valid is None else valid & ~self.found.aside
        if isinstance(written, Words) and len(written.texts) < 128:
            found = self._words(_codes(cells), written.texts, known)
            if found.min(where=known, initial=0) >= 0:
                return Stored(found if known.all() else np.where(known, found, np.int8(0)), valid)
        used, places = _numbered(np.where(known, _codes(cells), -1))
        texts = [self.reader.text_of(code) for code in used]
        if isinstance(written, Words):
            kind = np.int8 if len(written.texts) < 128 else np.int32
            own = np.array([0, *(written.texts.index(each) for each in texts)], kind)
            return Stored(own[places], valid)
        return Stored(np.maximum(places - 1, 0).astype(np.int32), valid, tuple(texts))

    def _words(self, codes: NDArray[Any], words: Sequence[str], known: Flags) -> NDArray[np.int8]:
        """Translate the codes of a few texts, where they are *known*; -1 where a code is of none of them."""
        by_text = {text: place for place, text in enumerate(words)}
        last = min(int(codes.max(where=known, initial=-1)), _MOST_CODES)
        places = np.array([*(by_text.get(self.reader.text_of(code), -1) for code in range(last + 1)), -1], np.int8)
        return places.take(codes, mode="clip")

    def _statuses(self, column: ResultColumn) -> NDArray[np.int8]:
        """Return an indicator's statuses, as `perfrules.evaluate.sections` tells them."""
        plan, code = self.reader.plan, column.key
        assert column.node is not None
        states = self.found.nodes[column.node].states
        zeroed = [self._is_true(node) for node in places_of(plan).items[code].zeroed_by]
        stood_in = asked_nodes(plan).stood_in.get(code)
        missing = None if stood_in is None else self._is_true(stood_in)
        vetoed = np.logical_or.reduce(zeroed) if zeroed else None
        if states is None and not _any(missing) and not _any(vetoed):
            return constant(self.rows, "int8")
        by_state = _status_by_state()
        statuses: NDArray[np.int8] = np.zeros(self.rows, np.int8) if states is None else by_state[states & 7]
        scored = statuses == 0
        for flags, status in ((missing, IndicatorStatus.MISSING), (vetoed, IndicatorStatus.VETOED)):
            if flags is not None:
                statuses[scored & flags] = _STATUSES.index(status)
        return statuses

    def _is_true(self, node: str) -> Flags:
        cells = self.found.nodes[node]
        if cells.values is None:
            return np.zeros(self.rows, np.bool_)
        true = _codes(cells)
        flags: Flags = true if cells.states is None else true & (cells.states == 0)
        return flags


def _numbered(codes: NDArray[Any]) -> tuple[list[int], NDArray[np.intp]]:
    """Return the codes that occur, in order, and the place of each cell's code among them from 1 on; 0 of -1."""
    highest = int(codes.max(initial=-1))
    if highest > 4 * len(codes):  # rather sorted than a place for each that there could be
        kinds, places = np.unique(np.append(codes, -1), return_inverse=True)
        return kinds[1:].tolist(), places[:-1]
    occurs = np.zeros(highest + 2, np.bool_)
    occurs[codes + 1] = True
    occurs[0] = True
    return (np.flatnonzero(occurs[1:])).tolist(), (np.cumsum(occurs) - 1)[codes + 1]


def _codes(cells: NodeCells) -> NDArray[Any]:
    assert isinstance(cells.values, CodeCells)
    return cells.values.codes


def _valid(cells: NodeCells) -> Flags | None:
    return None if cells.states is None else cells.states == 0


def _any(flags: Flags | None) -> bool:
    return flags is not None and bool(flags.any())


def _cleared(values: NDArray[Any], valid: Flags | None) -> Stored:
    return Stored(values.copy() if valid is None else np.where(valid, values, values.dtype.type(0)), valid)


def _nothing(column: ResultColumn) -> Sequence[Stored]:
    return (NOTHING, NOTHING) if isinstance(column.written, Ratios) else (NOTHING,)
