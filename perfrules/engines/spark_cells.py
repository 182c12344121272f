"""Columns of exact values between rounds, as Spark can carry them: what is above, what is below, the state.

Numbers are written as digits: they may have any number of them. Below truths and texts stands which of both it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.batch.cohort.figures import Cells, Figures, as_objects, compact, joined
from perfrules.batch.cohort.members import Part

TextOf = Callable[[int], str]

CELLS: Final = ("top", "below", "state")
_TRUTH: Final = "truth"
_TEXT: Final = "text"
_BETWEEN: Final = "\x1f"


def cell_fields(name: str) -> list[pa.Field]:
    """Return the columns that carry the cells called *name*."""
    kinds = (pa.string(), pa.string(), pa.int16())
    return [pa.field(f"{name}_{each}", kind) for each, kind in zip(CELLS, kinds, strict=True)]


def carried_cells(part: Part, rows: int, text_of: TextOf) -> list[pa.Array]:
    """Return cells as three columns."""
    states = np.zeros(rows, np.int16) if part.states is None else part.states.astype(np.int16)
    match part.values:
        case None:
            tops, belows = pa.nulls(rows, pa.string()), pa.nulls(rows, pa.string())
        case Figures() as numbers:
            tops, belows = _digits(numbers.tops), _digits(numbers.belows)
        case np.ndarray() as truths if truths.dtype == bool:
            tops, belows = _digits(truths.astype(np.int64)), _all(_TRUTH, rows)
        case codes:
            tops, belows = _texts(codes, states == 0, text_of), _all(_TEXT, rows)
    return [tops, belows, pa.array(states)]


def part_of(table: pa.Table, name: str) -> Part:
    """Return the cells called *name*; texts get codes of their own."""
    tops, belows, states = (_one(table[f"{name}_{each}"]) for each in CELLS)
    found = np.asarray(states.to_numpy(zero_copy_only=False), np.uint8)
    kinds = [each for each in pc.unique(belows).to_pylist() if each is not None]
    if not kinds:
        return Part(None, found)
    if kinds[0] == _TEXT:
        codes = pc.fill_null(tops.dictionary_encode().indices, 0)
        return Part(np.asarray(codes, np.int64), found)
    numbers = _numbers(pc.fill_null(tops, "0"))
    if kinds[0] == _TRUTH:
        return Part(numbers.astype(bool), found)
    if len(kinds) == 1:
        return Part(Figures(numbers, int(kinds[0])), found)
    return Part(joined(Figures(numbers, _numbers(pc.fill_null(belows, "1")))), found)


def keys_of_parts(parts: Sequence[Part], rows: int, text_of: TextOf) -> pa.Array:
    """Return a text for each row, the same for the same values of all *parts*; null where one is in a state."""
    if not parts:
        return _all("", rows)
    written = [_key(part, rows, text_of) for part in parts]
    known = np.ones(rows, bool)
    for part in parts:
        if part.states is not None:
            known &= part.states == 0
        elif part.values is None:
            known[:] = False
    return pc.if_else(pa.array(known), pc.binary_join_element_wise(*written, _BETWEEN), pa.scalar(None, pa.string()))


def _key(part: Part, rows: int, text_of: TextOf) -> pa.Array:
    match part.values:
        case None:
            return _all("", rows)
        case Figures() as numbers:
            lowest = _lowest(numbers)
            return pc.binary_join_element_wise(_digits(lowest.tops), _digits(lowest.belows), "/")
    tops = carried_cells(part, rows, text_of)[0]
    return pc.replace_substring(pc.replace_substring(tops, "\\", "\\\\"), _BETWEEN, "\\u")


def _lowest(numbers: Figures) -> Figures:
    tops, belows = as_objects(numbers.tops), as_objects(numbers.belows)
    common = np.gcd(tops, belows)
    return Figures(tops // common, belows // common)


def _digits(numbers: Cells) -> pa.Array:
    if numbers.dtype == object:
        return pa.array([str(each) for each in numbers.tolist()], pa.string())
    return pa.array(numbers).cast(pa.string())


def _numbers(digits: pa.Array) -> Cells:
    try:
        return np.asarray(digits.cast(pa.int64()))
    except pa.ArrowInvalid:
        found = np.empty(len(digits), object)
        found[:] = [int(each) for each in digits.to_pylist()]
        return compact(found)


def _texts(codes: Cells, known: Any, text_of: TextOf) -> pa.Array:
    """Return the texts where they are *known*, null elsewhere."""
    kinds, places = np.unique(codes[known], return_inverse=True)
    numbers = np.full(len(codes), len(kinds))
    numbers[known] = places
    return pa.array([*map(text_of, kinds.tolist()), None], pa.string()).take(pa.array(numbers))


def _all(text: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), rows)


def _one(chunks: Any) -> pa.Array:
    return chunks.combine_chunks() if chunks.num_chunks != 1 else chunks.chunk(0)
