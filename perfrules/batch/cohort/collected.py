"""One part of a statistic collected block by block: what the kernel gives, and what was found of single entities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import lcm
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import Cells, Figures, as_objects, compact, times
from perfrules.batch.cohort.members import Mask, Part
from perfrules.batch.results import CodeCells, NodeCells, NodeValues, RatioCells, ScaledCells
from perfrules.batch.tape import code_of_state
from perfrules.evaluate.trace import Value
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

CodeOf: TypeAlias = Callable[[str], int]
"""The code of a text."""

_NOTHING: Final = np.zeros(0, np.int64)


@define(eq=False)
class Collected:
    """The cells of one node for all entities so far; those of *singles*, by place, are found one by one."""

    singles: dict[int, Value] = field(factory=dict, repr=False)
    _values: list[Figures | Cells | None] = field(factory=list, repr=False)
    _states: list[NDArray[Any] | None] = field(factory=list, repr=False)
    _sizes: list[int] = field(factory=list)

    def add(self, cells: NodeCells, aside: Mask) -> None:
        """Add a block; the cells of rows put *aside* mean nothing."""
        lacking = aside if cells.states is None else aside | (cells.states > 0)
        self._values.append(_kept(cells.values, lacking if lacking.any() else None))
        self._states.append(cells.states if cells.states is not None and cells.states.any() else None)
        self._sizes.append(len(aside))

    def part(self, code_of: CodeOf) -> Part:
        """Return the cells of all entities."""
        rows = sum(self._sizes)
        states = _states_together(self._states, self._sizes)
        values = _together(self._values, self._sizes)
        if self.singles:
            states = np.zeros(rows, np.uint8) if states is None else states
            places = np.array([*self.singles], np.int64)
            states[places] = [
                code_of_state(each if isinstance(each, State) else None) for each in self.singles.values()
            ]
            known = {place: each for place, each in self.singles.items() if not isinstance(each, State)}
            values = _with_singles(values, rows, known, code_of)
        return Part(values, states)


def _kept(values: NodeValues, lacking: Mask | None) -> Figures | Cells | None:
    """Return values compactly, with something harmless where there is none."""
    match values:
        case None:
            return None
        case CodeCells(codes):
            return codes if lacking is None else np.where(lacking, codes.dtype.type(0), codes)
        case ScaledCells(raw, scale):
            return Figures(_harmless(raw, lacking, 0), scale)
        case RatioCells(numerators, denominators):
            return Figures(_harmless(numerators, lacking, 0), _harmless(denominators, lacking, 1))
    raise AssertionError("numbers were asked for in no form")


def _harmless(cells: Cells, lacking: Mask | None, instead: int) -> Cells:
    return compact(cells if lacking is None else np.where(lacking, cells.dtype.type(instead), cells))


def _states_together(parts: Sequence[NDArray[Any] | None], sizes: Sequence[int]) -> NDArray[Any] | None:
    if all(part is None for part in parts):
        return None
    full = [np.zeros(size, np.uint8) if part is None else part for part, size in zip(parts, sizes, strict=True)]
    return np.concatenate(full)


def _together(parts: Sequence[Figures | Cells | None], sizes: Sequence[int]) -> Figures | Cells | None:
    known = [part for part in parts if part is not None]
    if not known:
        return None
    if not isinstance(known[0], Figures):
        kind = known[0].dtype
        cells = [
            part if isinstance(part, np.ndarray) else np.zeros(n, kind) for part, n in zip(parts, sizes, strict=True)
        ]
        return np.concatenate(cells)
    numbers = [
        part if isinstance(part, Figures) else Figures(np.zeros(n, np.int64))
        for part, n in zip(parts, sizes, strict=True)
    ]
    belows = {each.below for each in numbers if isinstance(each.below, int)}
    common = lcm(*belows)
    if all(isinstance(each.below, int) for each in numbers):
        return Figures(_concatenated([times(each.tops, common // int(each.below)) for each in numbers]), common)
    return Figures(_concatenated([each.tops for each in numbers]), _concatenated([each.belows for each in numbers]))


def _concatenated(parts: Sequence[Cells]) -> Cells:
    if any(part.dtype == object for part in parts):
        parts = [as_objects(part) for part in parts]
    return np.concatenate(parts) if parts else _NOTHING


# --- what was found one by one


def _with_singles(
    values: Figures | Cells | None, rows: int, singles: Mapping[int, Value], code_of: CodeOf
) -> Figures | Cells | None:
    if not singles:
        return values
    numbers = {place: found for place, each in singles.items() if (found := _number(each)) is not None}
    if numbers:
        own = Figures(np.zeros(rows, np.int64)) if values is None else values
        assert isinstance(own, Figures)
        return _with_numbers(own, numbers)
    cells = [code_of(each) if isinstance(each, str) else each is True for each in singles.values()]
    kind = np.dtype(bool if isinstance(next(iter(singles.values())), bool) else np.int64)
    assert not isinstance(values, Figures)
    codes = np.zeros(rows, kind) if values is None else values.astype(kind)
    codes[[*singles]] = cells
    return codes


def _number(value: Value) -> Exact | None:
    """Return a number, or the ordinal of a day."""
    if isinstance(value, date):
        return Exact(value.toordinal())
    return value if isinstance(value, Exact) else None


def _with_numbers(values: Figures, singles: Mapping[int, Exact]) -> Figures:
    places = [*singles]
    if isinstance(values.below, int):
        common = lcm(values.below, *(each.denominator for each in singles.values()))
        tops = times(values.tops, common // values.below)
        return Figures(_put(tops, places, [int(each * common) for each in singles.values()]), common)
    tops = _put(values.tops, places, [each.numerator for each in singles.values()])
    return Figures(tops, _put(values.below, places, [each.denominator for each in singles.values()]))


def _put(cells: Cells, places: list[int], numbers: list[int]) -> Cells:
    found = np.empty(len(numbers), object)
    found[:] = numbers
    new = compact(found)
    both = as_objects(cells).copy() if new.dtype == object else cells.copy()
    both[places] = as_objects(new) if both.dtype == object else new
    return both
