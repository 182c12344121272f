"""The writing of columns in LLVM's language, also in the form in which results are asked for."""

from __future__ import annotations

from functools import partial
from typing import Final

from perfrules.batch.columns.code import F8, I8
from perfrules.batch.columns.instructions import Writing
from perfrules.batch.native.loop import LANES, Loop, constant, vector

_BY_TURNS: Final = ", ".join(f"i32 {lane}, i32 {LANES + lane}" for lane in range(LANES))


def write(loop: Loop, cells: str, dtype: str, writing: Writing | None) -> None:
    """Write that *cells* of *dtype* go into the next argument: as they are, or whole numbers as *writing* says."""
    if writing is None:
        loop.store(cells, dtype)
    elif writing.words:
        loop.store(cells, dtype, partial(_words, writing.times), I8, words=2)
    else:
        loop.store(cells, dtype, partial(_floats, writing))


def _floats(writing: Writing, loop: Loop, cells: str) -> str:
    """Write the quotient of two whole numbers below 2**53, which is the float64 nearest to theirs; zero has no sign."""
    kind, found = vector(F8), cells
    if writing.times != 1:
        found = loop.new(f"fmul {kind} {found}, {constant(writing.times, F8)}")
    if writing.below != 1:
        found = loop.new(f"fdiv {kind} {found}, {constant(writing.below, F8)}")
    return loop.new(f"fadd {kind} {found}, {constant(0, F8)}")


def _words(times: int, loop: Loop, cells: str) -> str:
    """Write numbers of 128 bits; cells that mean nothing may become anything."""
    kind = vector(I8)
    whole = loop.new(f"fptosi {vector(F8)} {cells} to {kind}")
    lower = loop.new(f"freeze {kind} {whole}")
    if times != 1:
        lower = loop.new(f"mul {kind} {lower}, {constant(times, I8)}")
    upper = loop.new(f"ashr {kind} {lower}, {constant(63, I8)}")
    return loop.new(f"shufflevector {kind} {lower}, {kind} {upper}, <{2 * LANES} x i32> <{_BY_TURNS}>")
