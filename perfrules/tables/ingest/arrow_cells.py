"""Cells of Arrow arrays of any type: plain values in place, dictionaries, lists of records; the rest as objects."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.readers.python_values import Foreign
from perfrules.tables.ingest.arrow_arrays import (
    days_of,
    decimals_of,
    dictionary_of,
    floats_of,
    nulls_of,
    texts_of,
    truths_of,
    wholes_of,
)
from perfrules.tables.ingest.cells import Cells, Coded, Lists, nothing
from perfrules.tables.ingest.object_cells import cells_of_objects


def cells_of_arrow(array: pa.Array) -> Cells:
    """Return the cells of an array.

    >>> cells_of_arrow(pa.array([1, None])).nulls.tolist()
    [False, True]
    """
    kind, types = array.type, pa.types
    if types.is_float64(kind) or types.is_float32(kind):
        return floats_of(array)
    if types.is_integer(kind):
        return wholes_of(array)
    if types.is_decimal128(kind) and kind.scale >= 0:
        return decimals_of(array)
    if types.is_boolean(kind):
        return truths_of(array)
    if types.is_date32(kind) or (types.is_timestamp(kind) and kind.tz is None):
        return days_of(array)
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return texts_of(array)
    return _nested(array)


def has_own_meaning(kind: pa.DataType) -> bool:
    """Tell whether only its owner knows what stands in an extension type: the number of a month is no number."""
    if not isinstance(kind, pa.BaseExtensionType):
        return False
    stored = kind.storage_type
    return not (pa.types.is_string(stored) or pa.types.is_large_string(stored) or pa.types.is_string_view(stored))


def _nested(array: pa.Array) -> Cells:
    kind, types = array.type, pa.types
    if types.is_null(kind):
        return nothing(len(array))
    if types.is_dictionary(kind):
        return dictionary_of(array)
    if (types.is_list(kind) or types.is_large_list(kind)) and types.is_struct(kind.value_type):
        return _lists(array)
    if has_own_meaning(kind):
        stored = np.where(array.is_valid().to_numpy(zero_copy_only=False), 0, -1)
        return Coded(stored, (Foreign(kind.extension_name),))
    if isinstance(array, pa.ExtensionArray):
        return cells_of_arrow(array.storage)
    return _objects(array)


def _lists(array: pa.Array) -> Cells:
    records = array.flatten()
    if len(set(records.type.names)) < records.type.num_fields:
        return _objects(array)
    counts = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    odd, lacking = None, nulls_of(records)
    if lacking is not None:
        odd = np.zeros(len(array), bool)
        odd[np.repeat(np.arange(len(array)), counts)[lacking]] = True
    fields = dict(zip(records.type.names, map(cells_of_arrow, records.flatten()), strict=True))
    return Lists(counts, fields, nulls_of(array), odd)


def _objects(array: pa.Array) -> Cells:
    try:
        return cells_of_objects(array.to_pylist())
    except (ValueError, OverflowError, pa.ArrowException):  # something that no Python object can hold
        return Coded(np.zeros(len(array), np.int64), (object(),))
