"""Arrow arrays of plain values as cells, in place: floats, whole numbers, decimals, truths, days, texts."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from perfrules.tables.ingest.cells import Coded, Days, Decimals, Floats, Mask, Truths, Wholes

_EPOCH: Final = date(1970, 1, 1).toordinal()
_LAST_DAY: Final = date.max.toordinal()
_MUCH_LARGER: Final = 4
_SMALL: Final = 64


def floats_of(array: pa.Array) -> Floats:
    """Return the cells of an array of float64 or float32."""
    return Floats(_fixed(array), nulls_of(array))


def wholes_of(array: pa.Array) -> Wholes:
    """Return the cells of an array of integers."""
    return Wholes(_fixed(array), nulls_of(array))


def truths_of(array: pa.Array) -> Truths:
    """Return the cells of an array of bits."""
    return Truths(_bits(array, 1), nulls_of(array))


def decimals_of(array: pa.Array) -> Decimals:
    """Return the cells of an array of decimal128."""
    words = np.frombuffer(array.buffers()[1] or b"", np.int64)
    words = words[2 * array.offset : 2 * (array.offset + len(array))]
    return Decimals(words[0::2], words[1::2], array.type.scale, nulls_of(array))


def days_of(array: pa.Array) -> Days:
    """Return the days of an array of date32, or of timestamps without a zone."""
    unit = "D" if pa.types.is_date32(array.type) else array.type.unit
    moments = _fixed(array, np.int32 if unit == "D" else np.int64).astype(np.int64).view(f"datetime64[{unit}]")
    nulls = nulls_of(array)
    if nulls is not None:
        moments = np.where(nulls, np.array("NaT", moments.dtype), moments)
    return days_of_moments(moments)


def days_of_moments(moments: NDArray[Any]) -> Days:
    """Return the days of moments without a zone; a time of day, or a day that no calendar has, is odd."""
    days = moments.astype("datetime64[D]")
    nulls = np.isnat(moments)
    counted = days.astype(np.int64)
    with np.errstate(over="ignore"):
        ordinals = counted + _EPOCH
    odd = ~nulls & ((days != moments) | (counted < 1 - _EPOCH) | (counted > _LAST_DAY - _EPOCH))
    return Days(ordinals, nulls if nulls.any() else None, odd if odd.any() else None)


def texts_of(array: pa.Array) -> Coded:
    """Return codes and words of an array of texts."""
    if pa.types.is_string_view(array.type):
        array = array.cast(pa.large_string())
    return dictionary_of(array.dictionary_encode())


def dictionary_of(array: pa.DictionaryArray) -> Coded:
    """Return codes and words; of a dictionary much larger than the stretch only what occurs in it."""
    if len(array.dictionary) > _MUCH_LARGER * max(len(array), _SMALL):
        array = array.dictionary_decode().dictionary_encode()
    codes = pc.fill_null(array.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    words = array.dictionary.to_pylist()
    if array.dictionary.null_count:
        empty = np.array([word is None for word in words])
        codes = np.where((codes >= 0) & empty[codes], -1, codes)
    return Coded(codes, tuple(words))


def nulls_of(array: pa.Array) -> Mask | None:
    """Return where an array has no value; None: nowhere."""
    return None if array.null_count == 0 else ~_bits(array, 0)


def _fixed(array: pa.Array, dtype: Any = None) -> NDArray[Any]:
    whole = np.frombuffer(array.buffers()[1] or b"", dtype or array.type.to_pandas_dtype())
    return whole[array.offset : array.offset + len(array)]


def _bits(array: pa.Array, buffer: int) -> Mask:
    packed = np.frombuffer(array.buffers()[buffer] or b"", np.uint8)
    first = array.offset // 8
    bits = np.unpackbits(packed[first : (array.offset + len(array) + 7) // 8], bitorder="little")
    start = array.offset - 8 * first
    return bits[start : start + len(array)].view(bool)
