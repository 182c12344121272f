"""Each operation in machine code beside what numpy gives, bit for bit, at every edge, in any number of rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from perfrules.batch.columns import choosing, functions
from perfrules.batch.columns.code import CODE, F8, I8, STATE, TRUTH, Instruction, Reg
from perfrules.batch.native.host import machine_code
from perfrules.batch.native.loop import LANES, Loop
from perfrules.batch.native.operations import is_joinable, joined

pytest.importorskip("llvmlite")

Array = np.ndarray[Any, Any]
FLOATS = (0.0, -0.0, 0.5, -0.5, 1.0, 1.5, 2.5, -2.5, 0.1, 1 / 3, 2.0**52 + 0.5, -(2.0**53), 1e300, 5e-324, 99.99)
ODD = (np.inf, -np.inf, np.nan)
WHOLES = (0, 1, -1, 2, -3, 7, -7, 2**31, -(2**31), 2**53 + 1, 2**62, -(2**62), 2**63 - 1, -(2**63) + 1)
VALUES: dict[str, tuple[Any, ...]] = {
    F8: FLOATS,
    I8: WHOLES,
    CODE: (0, 1, -1, 5, 2**31 - 1, -(2**31)),
    STATE: (0, 1, 2, 3, 4),
    TRUTH: (False, True),
}
COMPARISONS = (np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal)


def operations() -> Iterator[tuple[Any, tuple[Any, ...], str]]:
    """Return functions, their operands (types of columns, or scalars), and the type of what they give."""
    for function in (np.add, np.subtract, np.multiply, np.divide):
        for kind in (F8, I8) if function is not np.divide else (F8,):
            scalar = 3.0 if kind == F8 else 3
            yield from ((function, operands, kind) for operands in ((kind, kind), (kind, scalar), (scalar, kind)))
    for compare in COMPARISONS:
        yield from ((compare, (kind, kind), TRUTH) for kind in (F8, I8, CODE, STATE))
        yield from ((compare, (kind, scalar), TRUTH) for kind, scalar in ((F8, 0.5), (I8, 2), (CODE, 5), (STATE, 3)))
    yield from ((function, (TRUTH, TRUTH), TRUTH) for function in (np.logical_and, np.logical_or))
    yield np.logical_not, (TRUTH,), TRUTH
    yield from ((function, (kind,), kind) for function in (np.negative, np.absolute) for kind in (F8, I8))
    yield from ((function, (F8,), F8) for function in (np.floor, np.ceil))
    yield np.copysign, (F8, F8), F8
    yield from ((functions.fill, (value,), kind) for kind, value in ((F8, -2.5), (I8, 7), (TRUTH, True), (STATE, 3)))
    yield from ((functions.cast, (TRUTH,), kind) for kind in (F8, I8, CODE, STATE))
    yield from ((functions.cast, (kind,), F8) for kind in (I8, CODE, STATE))
    yield from ((functions.cast, (STATE,), kind) for kind in (CODE, I8))
    yield from ((functions.cast, (CODE,), kind) for kind in (STATE, I8))
    yield from ((functions.clip, (F8, *ends), F8) for ends in ((0.0, 1.0), (-np.inf, 2.5), (-0.5, np.inf)))
    for extreme in (functions.minimum, functions.maximum):
        yield from ((extreme, (kind, kind), kind) for kind in (F8, I8, CODE, STATE))
        yield extreme, (I8, -3), I8
    yield functions.near_zero, (F8, 0.75), TRUTH
    yield functions.to_even, (F8, F8, 0.4375), F8
    yield functions.floor_divide, (I8, I8), I8
    yield from ((choosing.all_bits, (TRUTH,), kind) for kind in (I8, CODE, "i1"))


CASES = list(operations())


def given(kinds: tuple[Any, ...], *, odd: bool) -> list[Any]:
    """Return all combinations of the values of columns, as columns; scalars as they are."""
    values = [(*VALUES[each], *(ODD if each == F8 and odd else ())) for each in kinds if isinstance(each, str)]
    rows = list(product(*values)) or [()] * 20
    columns = iter(zip(*rows, strict=True))
    return [np.array(next(columns), each) if isinstance(each, str) else each for each in kinds] + [len(rows)]


def run(function: Any, operands: list[Any], out: Array) -> None:
    """Compute *out* in machine code."""
    registers = [Reg(_kind(each)) if isinstance(each, np.ndarray) else each for each in operands]
    target = Reg(_kind(out))
    instruction = Instruction(function, (*registers, target), (target,))
    assert is_joinable(instruction)
    loop = Loop()
    for register in registers:
        if isinstance(register, Reg):
            loop.bind(register, loop.read(register.dtype))
    assert joined(loop, instruction)
    loop.store(loop.column(target, target.dtype), target.dtype)
    columns = [each for each in operands if isinstance(each, np.ndarray)]
    assert machine_code(loop).run([*columns, out], len(out))


def _kind(array: Array) -> str:
    return {"float64": F8, "int64": I8, "int32": CODE, "uint8": STATE, "bool": TRUTH, "int8": "i1"}[array.dtype.name]


@pytest.mark.parametrize(("function", "kinds", "kind"), CASES, ids=lambda each: getattr(each, "__name__", str(each)))
def test_machine_code_gives_what_numpy_gives(function: Any, kinds: tuple[Any, ...], kind: str) -> None:
    *operands, rows = given(kinds, odd=function not in (functions.minimum, functions.maximum, functions.clip))
    if function is functions.floor_divide:  # what is divided by 0 does not matter, as long as nothing breaks
        operands[1] = np.where(operands[1] == 0, 1, operands[1])
    repeated = -(-LANES // rows)
    operands = [np.tile(each, repeated) if isinstance(each, np.ndarray) else each for each in operands]
    expected, found = np.empty(rows * repeated, kind), np.empty(rows * repeated, kind)
    with np.errstate(all="ignore"):
        function(*operands, expected)
    run(function, operands, found)
    if kind == F8:
        assert np.array_equal(found, expected, equal_nan=True)
        signed = (function not in (functions.minimum, functions.maximum, functions.clip)) & ~np.isnan(expected)
        assert np.array_equal(np.signbit(found[signed]), np.signbit(expected[signed]))
    else:
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("kind", [F8, I8, CODE, STATE, TRUTH])
@pytest.mark.parametrize(
    "function", [choosing.of_two, choosing.over, choosing.masked, choosing.otherwise, choosing.constants]
)
def test_choices_take_the_same_bits(function: Any, kind: str) -> None:
    x, y = (np.array(each, kind) for each in zip(*product(VALUES[kind], VALUES[kind]), strict=True))
    flags = np.arange(len(x)) % 3 == 0
    x, y, flags = (np.tile(each, 4) for each in (x, y, flags))
    bits = {F8: np.int64, I8: np.int64, CODE: np.int32, STATE: np.int8, TRUTH: np.bool_}[kind]
    mask = np.empty(len(x), {F8: I8, I8: I8, CODE: CODE, STATE: "i1", TRUTH: TRUTH}[kind])
    if kind == TRUTH:
        mask = flags
    else:
        choosing.all_bits(flags, mask)
    scalars = [each[1:2].view(bits)[0].item() for each in (x[2:], y[3:])]
    operands: dict[Any, tuple[Any, ...]] = {
        choosing.of_two: (x, y),
        choosing.over: (y, scalars[0]),
        choosing.masked: (x, 0),
        choosing.otherwise: (x, scalars[1]),
        choosing.constants: tuple(scalars),
    }
    given_ = [mask, *operands[function], bits]
    expected, found = np.empty(len(x), kind), np.empty(len(x), kind)
    function(*given_, expected)
    run(function, given_, found)
    assert found.tobytes() == expected.tobytes()


def test_what_does_not_matter_breaks_nothing() -> None:
    tops, belows = (np.array(each) for each in zip(*product((*WHOLES, -(2**63)), (0, -1, 1, -(2**63))), strict=True))
    found = np.empty(len(tops), np.int64)
    run(functions.floor_divide, [tops, belows], found)
    far = np.array([*FLOATS, *ODD, 1e19, -1e19])
    run(functions.cast, [far], np.empty(len(far), np.int64))
    inside = np.abs(np.nan_to_num(far, nan=1e20)) < 2**62
    whole = np.empty(len(far), np.int64)
    run(functions.cast, [far], whole)
    assert whole[inside].tolist() == far[inside].astype(np.int64).tolist()


@pytest.mark.parametrize("rows", [*range(LANES, 3 * LANES), 511, 512, 513, 1024, 1030, 5000])
@pytest.mark.parametrize("moved", [0, 1, 5])
def test_any_number_of_rows_at_any_place_in_memory(rows: int, moved: int) -> None:
    column = np.arange(rows + moved, dtype=np.float64)[moved:]
    memory = np.full(rows + 2, -1.0)
    run(np.add, [column, 0.5], memory[1:-1])
    assert memory.tolist() == [-1.0, *(column + 0.5).tolist(), -1.0]


def test_columns_need_not_begin_where_words_do() -> None:
    bytes_ = np.zeros(8 * 100 + 3, np.uint8)
    column: Array = np.ndarray(100, np.float64, bytes_.data, 3)
    column[:] = np.arange(100)
    found = np.empty(100)
    run(np.multiply, [column, 2.0], found)
    assert found.tolist() == [2.0 * each for each in range(100)]


def test_a_type_that_is_not_known_is_left_to_numpy() -> None:
    text = Reg("O")
    assert not is_joinable(Instruction(np.add, (text, text, out := Reg("O")), (out,)))
    assert not is_joinable(Instruction(np.log, (Reg(F8), out := Reg(F8)), (out,)))
    assert not is_joinable(Instruction(np.divide, (Reg(I8), Reg(I8), out := Reg(F8)), (out,)))
