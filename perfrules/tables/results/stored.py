"""The cells of one Arrow column in the making, as numpy arrays that single rows can still be written into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.slabs import address_of

Rows = NDArray[np.intp]


@frozen(eq=False)
class Stored:
    """Some cells: *values* (None: all are null); which are *valid* (None: all); what codes of texts mean (*texts*).

    Values are: of decimals two words of 64 bits, the lower one first (`(n, 2)`); of whole numbers int64; of a
    dictionary codes as wide as its own; of texts int32 codes; of truths bool; of days int32. What is not valid is 0, so
    that equal columns have equal bytes.
    """

    values: NDArray[Any] | None
    valid: NDArray[np.bool_] | None = None
    texts: Sequence[str] = ()


NOTHING = Stored(None)


@lru_cache(maxsize=64)
def constant(count: int, kind: str) -> NDArray[Any]:
    """Return *count* zeros that columns share; they cannot be written to."""
    zeros = np.zeros(count, kind)
    zeros.flags.writeable = False
    return zeros


def is_constant(values: pa.Buffer | None, count: int, kind: str) -> bool:
    """Tell whether *values* of an Arrow array are such zeros."""
    return values is not None and values.address == address_of(constant(count, kind))


def written_into(base: Stored, rows: Rows, cells: Stored, count: int) -> Stored:
    """Return *base*, of *count* cells, with *cells* at *rows*; what can be overwritten is."""
    if cells.values is None and base.values is None:
        return base
    like = cells.values if base.values is None else base.values
    assert like is not None
    values = np.zeros((count, *like.shape[1:]), like.dtype) if base.values is None else _writeable(base.values)
    valid = _validity(base, count)
    valid[rows] = _validity(cells, len(rows))
    if cells.values is None:
        values[rows] = 0
    else:
        values[rows] = cells.values + len(base.texts) * valid[rows] if base.texts and cells.texts else cells.values
    return Stored(values, None if valid.all() else valid, (*base.texts, *cells.texts))


def arrow_array(stored: Stored, kind: pa.DataType, count: int, dictionary: pa.Array | None = None) -> pa.Array:
    """Return the cells as an Arrow array of this type; *dictionary* holds the texts of a dictionary type."""
    if stored.values is None and dictionary is not None:
        stored = Stored(constant(count, kind.index_type.to_pandas_dtype().__name__), constant(count, "bool"))
    values = stored.values
    if values is None:
        return _nulls(count, kind)
    nulls = 0 if stored.valid is None else count - int(np.count_nonzero(stored.valid))
    bits = None if nulls == 0 else pa.py_buffer(_bits(stored.valid))
    if pa.types.is_string(kind):
        codes = pa.Array.from_buffers(pa.int32(), count, [bits, pa.py_buffer(values)], nulls)
        return pa.DictionaryArray.from_arrays(
            codes, pa.array(stored.texts, pa.string()), safe=False
        ).dictionary_decode()
    if pa.types.is_dictionary(kind):
        codes = pa.Array.from_buffers(kind.index_type, count, [bits, pa.py_buffer(values)], nulls)
        return pa.DictionaryArray.from_arrays(codes, dictionary, safe=False)
    content = _bits(values) if pa.types.is_boolean(kind) else values
    return pa.Array.from_buffers(kind, count, [bits, pa.py_buffer(content)], nulls)


def _writeable(values: NDArray[Any]) -> NDArray[Any]:
    return values if values.flags.writeable else values.copy()


def _validity(stored: Stored, count: int) -> NDArray[np.bool_]:
    if stored.values is None:
        return np.zeros(count, np.bool_)
    return np.ones(count, np.bool_) if stored.valid is None else stored.valid


def _bits(flags: Any) -> NDArray[np.uint8]:
    return np.packbits(flags, bitorder="little")


@lru_cache(maxsize=256)
def _nulls(count: int, kind: pa.DataType) -> pa.Array:
    return pa.nulls(count, kind)
