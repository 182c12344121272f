"""The median of several columns, of those whose truth is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import F8, TRUTH, Array, Reg
from perfrules.batch.columns.ways import Whole, dtype_for
from perfrules.batch.columns.whole import common_unit, raw
from perfrules.batch.tape import Do, Op
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker


def whole_median(m: Maker, place: int, op: Op) -> Whole | None:
    """Return the median as whole numbers over half the common unit."""
    numbers = op.operands[::2]
    unit, size = common_unit(m, numbers), m.facts(place).size
    if unit is None or size is None or dtype_for(size * 2 / unit) != F8:
        return None
    if any((m.facts(each).size or Exact(0)) / unit > 2**52 for each in numbers):
        return None

    def write() -> Reg:
        cells = [_column(m, raw(m, each, unit, F8), op) for each in numbers]
        masks = [_mask(m, each, op) for each in op.operands[1::2]]
        return m.write(_median, *cells, *masks, table=op.table)

    return Whole(unit / 2, F8, size * 2 / unit, write)


def _median(*columns: Array) -> None:
    *given, out = columns
    half = len(given) // 2
    cells = np.stack([np.where(mask, x, np.inf) for x, mask in zip(given[:half], given[half:], strict=True)])
    counts = np.sum(given[half:], axis=0)
    cells.sort(axis=0)
    places = np.arange(cells.shape[1])
    low, high = np.maximum(counts - 1, 0) // 2, counts // 2
    np.add(cells[low, places], cells[np.minimum(high, half - 1), places], out=out)


def _column(m: Maker, argument: object, op: Op) -> Reg:
    return argument if isinstance(argument, Reg) else m.write(functions.fill, argument, table=op.table)  # type: ignore[arg-type]


def _mask(m: Maker, place: int, op: Op) -> Reg:
    condition = m.tape.ops[place]
    if condition.do is Do.CONSTANT:
        return m.filled(bool(condition.param), TRUTH, op.table)
    return m.truth(place)
