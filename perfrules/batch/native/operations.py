"""Each instruction that works row by row, in LLVM's language; what it gives is what numpy gives.

In rows in which an instruction does not matter, its operands may be anything, and so may what it gives; but it must be
something: LLVM's *poison* is frozen where it could arise, and no divisor of whole numbers is zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np

from perfrules.batch.columns import choosing, functions
from perfrules.batch.columns.code import CODE, F8, FRAME, I8, STATE, TRUTH, Argument, Instruction, Reg
from perfrules.batch.native.loop import FLAGS, Loop, constant, float_of_bits, vector

Operands: TypeAlias = "Sequence[Argument]"
Emit: TypeAlias = Callable[[Loop, Operands, Reg], "str | None"]
"""Writes an operation for a register; returns the name of what it gives, None for types that it does not know."""


def joined(loop: Loop, instruction: Instruction) -> bool:
    """Write an instruction into a loop; tell whether that is possible."""
    emit = _EMIT.get(instruction.function)
    if emit is None:
        return False
    *operands, out = (each for each in instruction.arguments if each is not FRAME)
    assert isinstance(out, Reg)
    found = emit(loop, operands, out)
    if found is not None:
        loop.bind(out, found)
    return found is not None


def is_joinable(instruction: Instruction) -> bool:
    """Tell whether an instruction can be written into a loop."""
    trial = Loop()
    for each in instruction.arguments:
        if isinstance(each, Reg):
            trial.bind(each, "%x")
    return joined(trial, instruction)


def _kind(operands: Operands) -> str | None:
    """Return the type that all columns among the operands have."""
    kinds = {each.dtype for each in operands if isinstance(each, Reg)}
    return kinds.pop() if len(kinds) == 1 else None


def _alike(by_kind: Mapping[str, str]) -> Emit:
    """Return what writes an operation of LLVM's on one or two operands of the type of what it gives."""

    def emit(loop: Loop, operands: Operands, out: Reg) -> str | None:
        operation = by_kind.get(out.dtype)
        if operation is None or _kind(operands) != out.dtype:
            return None
        given = ", ".join(loop.column(each, out.dtype) for each in operands)
        return loop.new(f"{operation} {vector(out.dtype)} {given}")

    return emit


def _called(function: str) -> Emit:
    """Return what writes the call of one of LLVM's functions on floats."""

    def emit(loop: Loop, operands: Operands, out: Reg) -> str | None:
        if out.dtype != F8 or _kind(operands) != F8:
            return None
        return loop.call(function, F8, *(loop.column(each, F8) for each in operands))

    return emit


def _compared(of_floats: str, of_wholes: str) -> Emit:
    def emit(loop: Loop, operands: Operands, out: Reg) -> str | None:
        kind = _kind(operands)
        if out.dtype != TRUTH or kind not in (F8, I8, CODE, STATE):
            return None
        operation = f"fcmp {of_floats}" if kind == F8 else f"icmp {of_wholes}"
        x, y = (loop.column(each, kind) for each in operands)
        return loop.new(f"{operation} {vector(kind)} {x}, {y}")

    return emit


def _extreme(of_floats: str, of_wholes: str, of_states: str) -> Emit:
    """Return what writes the choice of the first of two where it compares as said with the second."""

    def emit(loop: Loop, operands: Operands, out: Reg) -> str | None:
        kind = out.dtype
        if kind == TRUTH or _kind(operands) != kind:
            return None
        how = f"fcmp {of_floats}" if kind == F8 else f"icmp {of_states if kind == STATE else of_wholes}"
        x, y = (loop.column(each, kind) for each in operands)
        first = loop.new(f"{how} {vector(kind)} {x}, {y}")
        return selected(loop, first, x, y, kind)

    return emit


def selected(loop: Loop, flags: str, x: str, y: str, dtype: str) -> str:
    """Write the choice of *x* where *flags* are true, else of *y*."""
    return loop.new(f"select {FLAGS} {flags}, {vector(dtype)} {x}, {vector(dtype)} {y}")


def _absolute(loop: Loop, operands: Operands, out: Reg) -> str | None:
    (x,) = operands
    if out.dtype == F8 == _kind(operands):
        return loop.call("fabs", F8, loop.column(x, F8))
    if out.dtype == I8 == _kind(operands):
        return loop.call("abs", I8, loop.column(x, I8), more="i1 false")
    return None


def _negative(loop: Loop, operands: Operands, out: Reg) -> str | None:
    (x,) = operands
    if out.dtype == F8 == _kind(operands):
        return loop.new(f"fneg {vector(F8)} {loop.column(x, F8)}")
    if out.dtype == I8 == _kind(operands):
        return loop.new(f"sub {vector(I8)} zeroinitializer, {loop.column(x, I8)}")
    return None


def _not(loop: Loop, operands: Operands, out: Reg) -> str | None:
    if out.dtype != TRUTH or _kind(operands) != TRUTH:
        return None
    return loop.new(f"xor {FLAGS} {loop.column(operands[0], TRUTH)}, {constant(True, TRUTH)}")


def _fill(loop: Loop, operands: Operands, out: Reg) -> str | None:
    return loop.new(f"freeze {vector(out.dtype)} {loop.column(operands[0], out.dtype)}")


_CONVERSIONS: Final = {
    (TRUTH, F8): "uitofp",
    (STATE, F8): "uitofp",
    (CODE, F8): "sitofp",
    (I8, F8): "sitofp",
    (F8, I8): "fptosi",
    (TRUTH, I8): "zext",
    (TRUTH, CODE): "zext",
    (TRUTH, STATE): "zext",
    (STATE, CODE): "zext",
    (STATE, I8): "zext",
    (CODE, I8): "sext",
    (CODE, STATE): "trunc",
}


def _cast(loop: Loop, operands: Operands, out: Reg) -> str | None:
    (x,) = operands
    assert isinstance(x, Reg)
    conversion = _CONVERSIONS.get((x.dtype, out.dtype))
    if conversion is None:
        return None
    found = loop.new(f"{conversion} {vector(x.dtype)} {loop.column(x, x.dtype)} to {vector(out.dtype)}")
    return loop.new(f"freeze {vector(out.dtype)} {found}") if conversion == "fptosi" else found


def _clip(loop: Loop, operands: Operands, out: Reg) -> str | None:
    x, low, high = operands
    if out.dtype != F8 or _kind(operands) != F8:
        return None
    held = loop.column(x, F8)
    for end, how, none in ((low, "olt", -np.inf), (high, "ogt", np.inf)):
        if end != none:
            edge = loop.column(end, F8)
            beyond = loop.new(f"fcmp {how} {vector(F8)} {held}, {edge}")
            held = selected(loop, beyond, edge, held, F8)
    return held


def _near_zero(loop: Loop, operands: Operands, out: Reg) -> str | None:
    x, within = operands
    size = loop.call("fabs", F8, loop.column(x, F8))
    return loop.new(f"fcmp olt {vector(F8)} {size}, {loop.column(within, F8)}")


def _to_even(loop: Loop, operands: Operands, out: Reg) -> str | None:
    """Write what `functions.to_even` does."""
    up, x, tie_at = (loop.column(each, F8) for each in operands)
    half = loop.new(f"fmul {vector(F8)} {up}, {constant(0.5, F8)}")
    odd = loop.new(f"fcmp une {vector(F8)} {loop.call('floor', F8, half)}, {half}")
    moved = loop.new(f"fsub {vector(F8)} {up}, {x}")
    is_tie = loop.new(f"fcmp oge {vector(F8)} {moved}, {tie_at}")
    down = loop.new(f"and {FLAGS} {odd}, {is_tie}")
    return loop.new(f"fsub {vector(F8)} {up}, {loop.new(f'uitofp {FLAGS} {down} to {vector(F8)}')}")


def _floor_divide(loop: Loop, operands: Operands, out: Reg) -> str | None:
    """Write the division of whole numbers, downward; by 0 and by −1, which processors refuse, it is that by 1."""
    if out.dtype != I8 or _kind(operands) != I8:
        return None
    kind = vector(I8)
    x, y = (loop.column(each, I8) for each in operands)
    turns = loop.new(f"icmp eq {kind} {y}, {constant(-1, I8)}")
    harmful = loop.new(f"or {FLAGS} {turns}, {loop.new(f'icmp eq {kind} {y}, zeroinitializer')}")
    by = selected(loop, harmful, constant(1, I8), y, I8)
    quotient = loop.new(f"sdiv {kind} {x}, {by}")
    rest = loop.new(f"sub {kind} {x}, {loop.new(f'mul {kind} {quotient}, {by}')}")
    is_rest = loop.new(f"icmp ne {kind} {rest}, zeroinitializer")
    signs = loop.new(f"icmp slt {kind} {loop.new(f'xor {kind} {rest}, {by}')}, zeroinitializer")
    lower = loop.new(f"sext {FLAGS} {loop.new(f'and {FLAGS} {is_rest}, {signs}')} to {kind}")
    found = loop.new(f"add {kind} {quotient}, {lower}")
    return selected(loop, turns, loop.new(f"sub {kind} zeroinitializer, {x}"), found, I8)


def _all_bits(loop: Loop, operands: Operands, out: Reg) -> str | None:
    return loop.new(f"sext {FLAGS} {loop.column(operands[0], TRUTH)} to {vector(out.dtype)}")


def _of_two(loop: Loop, operands: Operands, out: Reg) -> str | None:
    mask, x, y, _ = operands
    return _chosen(loop, mask, x, y, out)


def _over(loop: Loop, operands: Operands, out: Reg) -> str | None:
    mask, y, x, _ = operands
    return _chosen(loop, mask, x, y, out)


def _chosen(loop: Loop, mask: Argument, x: Argument, y: Argument, out: Reg) -> str | None:
    """Write the choice that a mask stands for; scalars are bits."""
    assert isinstance(mask, Reg)
    if mask.dtype == TRUTH:
        flags = loop.column(mask, TRUTH)
    else:
        flags = loop.new(f"icmp ne {vector(mask.dtype)} {loop.column(mask, mask.dtype)}, zeroinitializer")
    return selected(loop, flags, _of_bits(loop, x, out.dtype), _of_bits(loop, y, out.dtype), out.dtype)


def _of_bits(loop: Loop, argument: Argument, dtype: str) -> str:
    if isinstance(argument, Reg):
        assert argument.dtype == dtype
        return loop.column(argument, dtype)
    assert isinstance(argument, int)
    return loop.column(float_of_bits(argument) if dtype == F8 else argument, dtype)


_EMIT: Final[dict[Any, Emit]] = {
    np.add: _alike({F8: "fadd", I8: "add"}),
    np.subtract: _alike({F8: "fsub", I8: "sub"}),
    np.multiply: _alike({F8: "fmul", I8: "mul"}),
    np.divide: _alike({F8: "fdiv"}),
    np.logical_and: _alike({TRUTH: "and"}),
    np.logical_or: _alike({TRUTH: "or"}),
    np.logical_not: _not,
    np.negative: _negative,
    np.absolute: _absolute,
    np.floor: _called("floor"),
    np.ceil: _called("ceil"),
    np.sqrt: _called("sqrt"),
    np.copysign: _called("copysign"),
    np.equal: _compared("oeq", "eq"),
    np.not_equal: _compared("une", "ne"),
    np.less: _compared("olt", "slt"),
    np.less_equal: _compared("ole", "sle"),
    np.greater: _compared("ogt", "sgt"),
    np.greater_equal: _compared("oge", "sge"),
    functions.fill: _fill,
    functions.cast: _cast,
    functions.clip: _clip,
    functions.minimum: _extreme("olt", "slt", "ult"),
    functions.maximum: _extreme("ogt", "sgt", "ugt"),
    functions.near_zero: _near_zero,
    functions.to_even: _to_even,
    functions.floor_divide: _floor_divide,
    choosing.all_bits: _all_bits,
    choosing.of_two: _of_two,
    choosing.over: _over,
    choosing.masked: _of_two,
    choosing.otherwise: _of_two,
    choosing.constants: _of_two,
}
