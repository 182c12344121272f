"""The reading of plain cells in LLVM's language, with every check; cells that do not fit are told, not written."""

from __future__ import annotations

from typing import Final

from perfrules.batch.columns.code import CODE, F8, I8, TRUTH
from perfrules.batch.native.loop import LANES, Loop, constant, vector
from perfrules.batch.plain import PlainForm, Reading

_INT64: Final = 2**63
_EVEN: Final = f"<{LANES} x i32> <{', '.join(f'i32 {2 * lane}' for lane in range(LANES))}>"
_ODD: Final = f"<{LANES} x i32> <{', '.join(f'i32 {2 * lane + 1}' for lane in range(LANES))}>"


def read(loop: Loop, reading: Reading, dtype: str) -> str:
    """Write the reading of the next argument into a register of *dtype*; return what it holds."""
    match reading.form:
        case PlainForm.TRUTHS:
            return loop.read(TRUTH)
        case PlainForm.FLOATS:
            return _floats(loop, reading)
        case PlainForm.INT64:
            cells = loop.read(I8)
        case PlainForm.INT32:
            cells = loop.new(f"sext {vector(CODE)} {loop.read(CODE)} to {vector(I8)}")
        case PlainForm.DECIMALS:
            cells = _decimals(loop)
    return _wholes(loop, cells, reading, dtype)


def _floats(loop: Loop, reading: Reading) -> str:
    cells = loop.read(F8)
    moved, unit = cells, constant(reading.unit, F8)
    if reading.unit != 1:
        moved = loop.new(f"fmul {vector(F8)} {cells}, {unit}")
    raw = loop.call("rint", F8, moved)
    back = raw if reading.unit == 1 else loop.new(f"fdiv {vector(F8)} {raw}, {unit}")
    for how, one, other in (
        ("une", back, cells),
        ("ult", raw, constant(reading.low, F8)),
        ("ugt", raw, constant(reading.high, F8)),
    ):
        loop.does_not_fit(loop.new(f"fcmp {how} {vector(F8)} {one}, {other}"))
    return raw if reading.factor == 1 else loop.new(f"fmul {vector(F8)} {raw}, {constant(reading.factor, F8)}")


def _decimals(loop: Loop) -> str:
    words, pair = loop.read(I8, words=2), f"<{2 * LANES} x i64>"
    lower, upper = (loop.new(f"shufflevector {pair} {words}, {pair} poison, {which}") for which in (_EVEN, _ODD))
    sign = loop.new(f"ashr {vector(I8)} {lower}, {constant(63, I8)}")
    loop.does_not_fit(loop.new(f"icmp ne {vector(I8)} {upper}, {sign}"))
    return lower


def _wholes(loop: Loop, cells: str, reading: Reading, dtype: str) -> str:
    low, high = max(reading.low, -_INT64), min(reading.high, _INT64 - 1)
    loop.does_not_fit(loop.new(f"icmp slt {vector(I8)} {cells}, {constant(low, I8)}"))
    loop.does_not_fit(loop.new(f"icmp sgt {vector(I8)} {cells}, {constant(high, I8)}"))
    if dtype == F8:
        cells = loop.new(f"sitofp {vector(I8)} {cells} to {vector(F8)}")
    if reading.factor == 1:
        return cells
    return loop.new(f"{'fmul' if dtype == F8 else 'mul'} {vector(dtype)} {cells}, {constant(reading.factor, dtype)}")
