"""What Arrow makes of its cells in Python, but floats of 32 bits as their own shortest decimal, wherever they lie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any


def python_values(array: Any) -> Sequence[Any]:
    """Return the cells of an Arrow array, which may be chunked.

    >>> import pyarrow
    >>> python_values(pyarrow.array([0.1, None], pyarrow.float32()))
    [Decimal('0.1'), None]
    """
    cells: Sequence[Any] = array.to_pylist()
    return [python_value(each, array.type) for each in cells] if _has_short_floats(array.type) else cells


def python_value(found: Any, kind: Any) -> Any:
    """Return *found*, a Python object that Arrow made of a cell of type *kind*, with its short floats as decimals."""
    types = import_module("pyarrow.types")
    if found is None or not _has_short_floats(kind):
        return found
    if types.is_float32(kind):
        arrow = import_module("pyarrow")
        return Decimal(arrow.scalar(found, kind).cast(arrow.string()).as_py())
    if types.is_struct(kind):
        return {kind.field(place).name: _member(found, kind.field(place)) for place in range(kind.num_fields)}
    return [python_value(each, kind.value_type) for each in found]


def _member(record: Any, field: Any) -> Any:
    return python_value(record[field.name], field.type)


def _has_short_floats(kind: Any) -> bool:
    types = import_module("pyarrow.types")
    if types.is_struct(kind):
        return any(_has_short_floats(kind.field(place).type) for place in range(kind.num_fields))
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return _has_short_floats(kind.value_type)
    return bool(types.is_float32(kind))
