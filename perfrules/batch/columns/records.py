"""Columns of records from those of entities, and back: spread, totals, extremes, statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from perfrules.batch import segments
from perfrules.batch.columns import functions
from perfrules.batch.columns.code import F8, I8, STATE, TRUTH, Array, Reg
from perfrules.batch.columns.ways import Near, Quotient, Whole, dtype_for, roundoff, upward
from perfrules.batch.columns.whole import in_unit
from perfrules.batch.tape import Do, Op, Statistic, Type
from perfrules.ir.expressions import AggregateOp
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.frame import BlockFrame
    from perfrules.batch.columns.maker import Maker

_ONE = Exact(1)


def table_of(m: Maker, op: Op) -> str:
    """Return the table whose records an operation is about."""
    tables = (op.table, *(m.tape.ops[each].table for each in op.operands))
    return next(table for table in tables if table is not None)


def whole_of_records(m: Maker, place: int, op: Op) -> Whole | None:
    """Return an exact column for an operation between entities and records."""
    table, most = table_of(m, op), m.most(table_of(m, op))
    if op.do is Do.STATISTIC:
        return _whole_statistic(m, op, table, most)
    way = m.whole(op.operands[0])
    if way is None:
        return None
    if op.do is Do.SPREAD:
        return Whole(way.unit, way.dtype, way.size, lambda: _spread(m, way.reg(), table))
    if op.do is Do.TOTAL:
        dtype = dtype_for(way.size * most)
        if dtype is None:
            return None
        return Whole(
            way.unit, dtype, way.size * most, lambda: _total(m, in_unit(m, way, way.unit, dtype), table, dtype)
        )
    unit = abs(way.unit)
    least = op.do is Do.LEAST
    return Whole(
        unit, way.dtype, way.size, lambda: _extreme(m, in_unit(m, way, unit, way.dtype), op, table, least=least)
    )


def near_of_records(m: Maker, place: int, op: Op) -> Near | None:
    """Return a float column for an operation between entities and records."""
    table, most = table_of(m, op), m.most(table_of(m, op))
    if op.do is Do.STATISTIC:
        return near_of_quotient(m, place)
    way = m.near(op.operands[0])
    if way is None or way.doubt:
        return None
    if op.do is Do.SPREAD:
        return Near(way.factor, way.error, way.size, lambda: _spread(m, way.reg(), table))
    if op.do is Do.TOTAL:
        size = (way.size + way.error) * most
        error = way.error * most + most * roundoff(size)  # one rounding for each addition, in any order
        return Near(way.factor, upward(error), upward(size), lambda: _total(m, way.reg(), table, F8))
    least = (op.do is Do.LEAST) == (way.factor > 0)
    return Near(way.factor, way.error, way.size, lambda: _extreme(m, way.reg(), op, table, least=least))


def near_of_quotient(m: Maker, place: int) -> Near | None:
    """Divide the int64 columns of a quotient in float64: two conversions and a division, each rounded."""
    way, size = m.quotient(place), m.facts(place).size
    if way is None or size is None:
        return None
    greatest = size / abs(way.factor)

    def write() -> Reg:
        above, below = (m.write(functions.cast, each, table=each.table) for each in way.regs())
        return m.write(np.divide, above, below, table=above.table)

    return Near(way.factor, upward(4 * roundoff(greatest)), upward(greatest), write)


def quotient_of_statistic(m: Maker, op: Op) -> Quotient | None:
    """Return means as sum and number, variances as n·Σx² − (Σx)² and n² or n·(n − 1)."""
    param = op.param
    assert isinstance(param, Statistic)
    if param.op in (AggregateOp.MEDIAN, AggregateOp.COUNT_DISTINCT):
        return None
    table = table_of(m, op)
    most, way = m.most(table), m.whole(op.operands[0])
    if way is None:
        return None
    if param.op is AggregateOp.TRIMMED_MEAN:
        if dtype_for(way.size * most) is None:
            return None
        trimming = param.trimming

        def means(frame: BlockFrame, x: Array, mask: Array, above: Array, below: Array) -> None:
            sums, counts = segments.trimmed_means(x, mask, frame.segments(table), trimming)
            np.copyto(above, sums)
            np.copyto(below, counts)

        return Quotient(abs(way.unit), way.size * most, Exact(most), lambda: _pair(m, means, way, op, table))
    limit = int(way.size)
    if (most * limit) ** 2 >= 2**63:
        return None
    population = param.op is AggregateOp.DEVIATION_POPULATION

    def variances(frame: BlockFrame, x: Array, mask: Array, above: Array, below: Array) -> None:
        found = segments.variances(x, mask, frame.segments(table), population=population, limit=limit)
        np.copyto(above, found[0])
        np.copyto(below, found[1])

    size = (way.size * most) ** 2
    return Quotient(way.unit**2, size, Exact(most) ** 2, lambda: _pair(m, variances, way, op, table))


def truth_of_records(m: Maker, op: Op) -> Reg:
    """Return a truth of entities for each of their records, or whether one is true for any."""
    table = table_of(m, op)
    condition = m.truth(op.operands[0])
    if op.do is Do.SPREAD:
        return _spread(m, condition, table)
    return m.writer.write(
        lambda frame, x, out: np.copyto(out, segments.any_of(x, frame.segments(table))),
        condition,
        dtype=TRUTH,
        frame=True,
    )


def codes_of_records(m: Maker, place: int, op: Op) -> Reg:
    """Return a code of entities for each of their records, or the strongest of the records' states."""
    table, codes = table_of(m, op), m.code(op.operands[0])
    if op.do is Do.SPREAD:
        return _spread(m, codes, table)
    if op.do is Do.STRONGEST_OF:
        return m.writer.write(
            lambda frame, x, out: np.copyto(out, segments.strongest(x, frame.segments(table)), casting="unsafe"),
            codes,
            dtype=STATE,
            frame=True,
        )
    raise AssertionError(op.do)


def _whole_statistic(m: Maker, op: Op, table: str, most: int) -> Whole | None:
    param = op.param
    assert isinstance(param, Statistic)
    if param.op is AggregateOp.COUNT_DISTINCT:
        return _distinct(m, op, table, most)
    way = m.whole(op.operands[0])
    if way is None or param.op is not AggregateOp.MEDIAN or dtype_for(way.size * 2) is None:
        return None
    dtype = dtype_for(way.size * 2) or I8
    condition = op.operands[1]

    def write() -> Reg:
        return m.writer.write(
            lambda frame, x, mask, out: np.copyto(out, segments.medians(x, mask, frame.segments(table))),
            in_unit(m, way, way.unit, dtype),
            _mask(m, condition, table),
            dtype=dtype,
            frame=True,
        )

    return Whole(way.unit / 2, dtype, way.size * 2, write)


def _distinct(m: Maker, op: Op, table: str, most: int) -> Whole | None:
    operand = m.tape.ops[op.operands[0]]
    way = m.whole(op.operands[0]) if operand.type is Type.NUMBER else None
    if operand.type is Type.NUMBER and way is None:
        return None

    def write() -> Reg:
        if way is not None:
            cells = way.reg()
        else:
            cells = m.truth(op.operands[0]) if operand.type is Type.TRUTH else m.code(op.operands[0])
        return m.writer.write(
            lambda frame, x, mask, out: np.copyto(
                out, segments.distinct(x, mask, frame.segments(table)), casting="unsafe"
            ),
            cells,
            _mask(m, op.operands[1], table),
            frame=True,
        )

    return Whole(_ONE, F8, Exact(max(most, 1)), write)


def _spread(m: Maker, register: Reg, table: str) -> Reg:
    return m.writer.write(
        lambda frame, x, out: np.copyto(out, segments.spread(x, frame.segments(table))),
        register,
        dtype=register.dtype,
        table=table,
        frame=True,
    )


def _total(m: Maker, register: Reg, table: str, dtype: str) -> Reg:
    return m.writer.write(
        lambda frame, x, out: np.copyto(out, segments.totals(x, frame.segments(table))),
        register,
        dtype=dtype,
        frame=True,
    )


def _extreme(m: Maker, register: Reg, op: Op, table: str, *, least: bool) -> Reg:
    function = segments.least if least else segments.greatest
    return m.writer.write(
        lambda frame, x, mask, out: np.copyto(out, function(x, mask, frame.segments(table))),
        register,
        _mask(m, op.operands[1], table),
        dtype=register.dtype,
        frame=True,
    )


def _mask(m: Maker, place: int, table: str) -> Reg:
    op = m.tape.ops[place]
    return m.truth(place) if op.table else m.filled(bool(op.param), TRUTH, table)


def _pair(m: Maker, function: object, way: Whole, op: Op, table: str) -> tuple[Reg, Reg]:
    """Write an instruction with two results, on numbers in their own order: what is trimmed depends on it."""
    return m.writer.write_two(
        function,  # type: ignore[arg-type]
        in_unit(m, way, abs(way.unit), I8),
        _mask(m, op.operands[1], table),
        dtype=I8,
    )
