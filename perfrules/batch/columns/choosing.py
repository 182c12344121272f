"""Choices without branches: a processor that has to guess which way each row goes is ten times slower.

A truth becomes a mask of all bits or none, and `y ^ ((x ^ y) & mask)` takes the bits of x or of y, whatever they mean
(also infinities and NaN in rows that do not matter).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from perfrules.batch.columns.code import CODE, F8, I8, STATE, TRUTH, Argument, Array, Reg

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker

_MASKS: Final = {F8: I8, I8: I8, CODE: CODE, STATE: "i1", TRUTH: TRUTH}
_AS_BITS: Final = {F8: np.int64, I8: np.int64, CODE: np.int32, STATE: np.int8, TRUTH: np.bool_}


def chosen(m: Maker, condition: Reg, x: Argument, y: Argument, dtype: str, table: str | None) -> Reg:
    """Write the choice of *x* where the condition is true, else *y*; scalars are of the type *dtype*."""
    bits_set = m.mask(condition, _MASKS[dtype])
    bits = _AS_BITS[dtype]
    first, second = _bits(x, dtype), _bits(y, dtype)
    if isinstance(first, Reg) and isinstance(second, Reg):
        return m.write(of_two, bits_set, first, second, bits, dtype=dtype, table=table)
    if isinstance(second, Reg):
        return m.write(over, bits_set, second, first, bits, dtype=dtype, table=table)
    if isinstance(first, Reg):
        return m.write(masked if second == 0 else otherwise, bits_set, first, second, bits, dtype=dtype, table=table)
    return m.write(constants, bits_set, first, second, bits, dtype=dtype, table=table)


def mask_of(m: Maker, condition: Reg, dtype: str) -> Reg:
    """Write a truth as all bits or none."""
    return condition if dtype == TRUTH else m.write(all_bits, condition, dtype=dtype, table=condition.table)


def _bits(argument: Argument, dtype: str) -> Argument:
    """Return the bits of a scalar, as an integer."""
    if isinstance(argument, Reg):
        return argument
    if dtype == F8:
        assert isinstance(argument, float | int)
        (whole,) = struct.unpack("<q", struct.pack("<d", argument))
        return int(whole)
    return argument


def all_bits(condition: Array, out: Array) -> None:
    np.copyto(out, np.negative(condition.view(np.int8)))  # −1 in one byte, then with its sign in as many as there are


def of_two(mask: Array, x: Array, y: Array, bits: type, out: Array) -> None:
    result: Array = out.view(bits)
    other: Array = y.view(bits)
    np.bitwise_xor(x.view(bits), other, out=result)
    np.bitwise_and(result, mask, out=result)
    np.bitwise_xor(result, other, out=result)


def over(mask: Array, y: Array, x: int, bits: type, out: Array) -> None:
    """Choose a constant where the mask is, else a column: xor with the constant there and back."""
    result: Array = out.view(bits)
    if x:
        np.bitwise_xor(y.view(bits), x, out=result)
        _without(mask, result, result)
        np.bitwise_xor(result, x, out=result)
    else:
        _without(mask, y.view(bits), result)


def _without(mask: Array, x: Array, out: Array) -> None:
    """Take x where the mask is not: (x | mask) ^ mask."""
    np.bitwise_or(x, mask, out=out)
    np.bitwise_xor(out, mask, out=out)


def masked(mask: Array, x: Array, _zero: int, bits: type, out: Array) -> None:
    np.bitwise_and(x.view(bits), mask, out=out.view(bits))


def otherwise(mask: Array, x: Array, y: int, bits: type, out: Array) -> None:
    result: Array = out.view(bits)
    np.bitwise_xor(x.view(bits), y, out=result)
    np.bitwise_and(result, mask, out=result)
    np.bitwise_xor(result, y, out=result)


def constants(mask: Array, x: int, y: int, bits: type, out: Array) -> None:
    result: Array = out.view(bits)
    np.bitwise_and(mask, x ^ y, out=result)
    if y:
        np.bitwise_xor(result, y, out=result)


_COLUMN: Final = 1
"""The place of the column over which a choice may be written; the mask is read once more after that."""

for _each in (over, masked, otherwise):
    cast(Any, _each).may_take = _COLUMN
