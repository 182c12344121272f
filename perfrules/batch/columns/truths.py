"""Columns of truths and of codes: logic, choices, and what is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import CODE, STATE, TRUTH, Argument, Function, Reg
from perfrules.batch.columns.comparing import compared
from perfrules.batch.tape import Do, Op, Read, Source

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker


def truth_of(m: Maker, place: int) -> Reg:
    """Return the register of a truth."""
    op = m.tape.ops[place]
    match op.do:
        case Do.CONSTANT:
            return m.filled(bool(op.param), TRUTH, op.table)
        case Do.INPUT:
            return m.read_codes(op)
        case Do.COMPARE:
            return compared(m, place, op)
        case Do.SAME:
            return _same(m, op)
        case Do.AND | Do.OR:
            function = np.logical_and if op.do is Do.AND else np.logical_or
            return _folded(m, function, [m.truth(each) for each in op.operands], TRUTH, op)
        case Do.NOT:
            return m.write(np.logical_not, m.truth(op.operands[0]), dtype=TRUTH, table=op.table)
        case Do.WHERE:
            x, y = (m.truth(each) for each in op.operands[1:])
            return m.choose(op.operands[0], x, y, TRUTH, op.table)
        case Do.SPREAD | Do.ANY:
            from perfrules.batch.columns.records import truth_of_records

            return truth_of_records(m, op)
    raise AssertionError(op.do)


def codes_of(m: Maker, place: int) -> Reg:
    """Return the register of codes (of states in one byte, of texts in four)."""
    op = m.tape.ops[place]
    match op.do:
        case Do.CONSTANT:
            assert isinstance(op.param, int)
            return m.filled(op.param, dtype_of_code(m, place), op.table)
        case Do.INPUT:
            return m.read_codes(op)
        case Do.WHERE:
            dtype = dtype_of_code(m, place)
            x, y = (code_argument(m, each, dtype) for each in op.operands[1:])
            return m.choose(op.operands[0], x, y, dtype, op.table)
        case Do.STRONGEST:
            dtype = dtype_of_code(m, place)
            parts = [_in(m, m.code(each), dtype) for each in op.operands]
            return _folded(m, functions.maximum, parts, dtype, op)
        case Do.SPREAD | Do.STRONGEST_OF | Do.LEAST | Do.GREATEST:
            from perfrules.batch.columns.records import codes_of_records

            return codes_of_records(m, place, op)
    raise AssertionError(op.do)


def dtype_of_code(m: Maker, place: int) -> str:
    """Return one byte for what are states only, four for what may be texts."""
    waiting, seen = [place], {place}
    while waiting:
        op = m.tape.ops[waiting.pop()]
        if op.do is Do.INPUT:
            assert isinstance(op.param, Read)
            if op.param.source is not Source.STATE:
                return CODE
        elif op.do is Do.CONSTANT and isinstance(op.param, int) and op.param > 4:
            return CODE
        for each in op.operands[1:] if op.do is Do.WHERE else op.operands:
            if each not in seen and m.tape.ops[each].type is op.type:
                seen.add(each)
                waiting.append(each)
    return STATE


def code_argument(m: Maker, place: int, dtype: str) -> Argument:
    """Return a code for a choice: a constant as a scalar."""
    op = m.tape.ops[place]
    if op.do is Do.CONSTANT:
        assert isinstance(op.param, int)
        return op.param
    return _in(m, m.code(place), dtype)


def _in(m: Maker, register: Reg, dtype: str) -> Reg:
    if register.dtype == dtype:
        return register
    return m.write(functions.cast, register, dtype=dtype, table=register.table)


def _same(m: Maker, op: Op) -> Reg:
    first, second = op.operands
    if m.tape.ops[first].do is Do.CONSTANT:
        first, second = second, first
    left = m.code(first)
    return m.write(np.equal, left, code_argument(m, second, left.dtype), dtype=TRUTH, table=op.table)


def _folded(m: Maker, function: Function, parts: Sequence[Reg], dtype: str, op: Op) -> Reg:
    total = parts[0]
    for part in parts[1:]:
        total = m.write(function, total, part, dtype=dtype, table=op.table)
    return total
