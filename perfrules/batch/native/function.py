"""A loop as a function in LLVM's language: pass after pass over a chunk of rows, then its results where they belong.

Passes may overlap: the last one of a chunk takes its last rows, and one is short so that the next begin where lines
of the cache do. A loop must therefore not read what it writes. What is given back lies in *scratch* memory first, which
stays near the processor, and goes out column by column: many places in memory that are written by turns are slow.
"""

from __future__ import annotations

from typing import Final

from perfrules.batch.native.loop import FLAGS, LANES, NO_FLAGS, Loop

CHUNK: Final = 512
"""Rows after which results go out."""
_WORD: Final = 8
_ANY: Final = f"@llvm.vector.reduce.or.v{LANES}i1"


def scratch_bytes(loop: Loop) -> int:
    """Return how much scratch memory a loop needs."""
    return len(loop.stores) * CHUNK * _WORD


def function_text(loop: Loop, name: str) -> str:
    """Return the function *name*: of the addresses of its arguments and of scratch memory behind them, of the number of
    rows (at least LANES), and of a *phase*: rows begin a line of the cache where with it they are a multiple of LANES.

    It gives 1 where some cell did not fit, else 0.
    """
    passes, sent = loop.lines, [_sent(loop, place) for place in range(len(loop.stores))]
    return "\n".join(
        [
            f"declare i1 {_ANY}({FLAGS})",
            *loop.declared.values(),
            f"define i64 @{name}(ptr %arguments, i64 %rows, i64 %phase) {{",
            "entry:",
            *(line for place in range(loop.pointers) for line in _taken(f"%p{place}", place)),
            *_taken("%scratch", loop.pointers),
            f"  %short = icmp slt i64 %rows, {CHUNK}",
            f"  %size = select i1 %short, i64 %rows, i64 {CHUNK}",
            f"  %lastIn = sub i64 %size, {LANES}",
            "  %lastStart = sub i64 %rows, %size",
            "  br label %chunk",
            "chunk:",
            "  %start = phi i64 [0, %entry], [%nextStart, %chunkEnd]",
            f"  %unfitSoFar = phi {FLAGS} [{NO_FLAGS}, %entry], [%unfit, %chunkEnd]",
            "  %last = add i64 %start, %lastIn",
            "  br label %pass",
            "pass:",
            "  %row = phi i64 [%start, %chunk], [%next, %pass]",
            f"  %before = phi {FLAGS} [%unfitSoFar, %chunk], [%unfit, %pass]",
            *passes,
            "  %rowIn = sub i64 %row, %start",
            *(line for place in range(len(loop.stores)) for line in _into_scratch(loop, place)),
            f"  %unfit = or {FLAGS} %before, {loop.unfit}",
            f"  %moved = add i64 %row, {LANES}",
            "  %ahead = add i64 %moved, %phase",
            f"  %onLine = and i64 %ahead, {-LANES}",
            "  %after = sub i64 %onLine, %phase",
            "  %beyond = icmp sgt i64 %after, %last",
            "  %next = select i1 %beyond, i64 %last, i64 %after",
            "  %done = icmp sge i64 %row, %last",
            f"  br i1 %done, label %{'send0' if sent else 'chunkEnd'}, label %pass",
            *(line for lines in sent for line in lines),
            "chunkEnd:",
            "  %end = add i64 %start, %size",
            "  %late = icmp sgt i64 %end, %lastStart",
            "  %nextStart = select i1 %late, i64 %lastStart, i64 %end",
            "  %all = icmp sge i64 %end, %rows",
            "  br i1 %all, label %finish, label %chunk",
            "finish:",
            f"  %any = call i1 {_ANY}({FLAGS} %unfit)",
            "  %found = zext i1 %any to i64",
            "  ret i64 %found",
            "}",
        ]
    )


def _taken(name: str, place: int) -> tuple[str, str]:
    """Take an argument."""
    at = f"{name}.at"
    return f"  {at} = getelementptr ptr, ptr %arguments, i64 {place}", f"  {name} = load ptr, ptr {at}"


def _scratch(place: int, name: str) -> str:
    return f"  {name} = getelementptr i8, ptr %scratch, i64 {place * CHUNK * _WORD}"


def _into_scratch(loop: Loop, place: int) -> list[str]:
    store, name = loop.stores[place], f"%in{place}"
    with loop.elsewhere() as lines:
        loop.put(store.cells, name, "%rowIn", store.dtype)
    return [_scratch(place, name), *lines]


def _sent(loop: Loop, place: int) -> list[str]:
    """Send one column from scratch memory to where it belongs."""
    store, here, from_ = loop.stores[place], f"send{place}", f"%out{place}"
    after = f"send{place + 1}" if place + 1 < len(loop.stores) else "chunkEnd"
    with loop.elsewhere() as lines:
        cells = store.convert(loop, loop.cells_at(from_, f"%{here}.in", store.dtype))
        row = loop.new(f"add i64 %start, %{here}.in")
        loop.put(cells, store.pointer, row, store.as_dtype, store.words)
    return [
        f"{here}:",
        _scratch(place, from_),
        f"  br label %{here}.pass",
        f"{here}.pass:",
        f"  %{here}.in = phi i64 [0, %{here}], [%{here}.next, %{here}.pass]",
        *lines,
        f"  %{here}.moved = add i64 %{here}.in, {LANES}",
        f"  %{here}.beyond = icmp sgt i64 %{here}.moved, %lastIn",
        f"  %{here}.next = select i1 %{here}.beyond, i64 %lastIn, i64 %{here}.moved",
        f"  %{here}.done = icmp sge i64 %{here}.in, %lastIn",
        f"  br i1 %{here}.done, label %{after}, label %{here}.pass",
    ]
