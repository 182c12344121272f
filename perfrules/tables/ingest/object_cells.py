"""Cells of Python objects: as an array where all are of one type, else by their distinct values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa

from perfrules.readers.python_values import plain
from perfrules.tables.ingest.arrow_arrays import days_of, decimals_of, texts_of, truths_of, wholes_of
from perfrules.tables.ingest.cells import Cells, Coded, Floats, Lists

_NOTHING: Final = frozenset({"NoneType", "NAType", "NaTType"})
_LISTS: Final = frozenset({list, tuple, np.ndarray})
_ALIKE: Final[Mapping[type, tuple[Any, Callable[[Any], Cells]]]] = {
    str: (pa.string(), texts_of),
    int: (pa.int64(), wholes_of),
    bool: (pa.bool_(), truths_of),
    date: (pa.date32(), days_of),
    Decimal: (None, decimals_of),
}


def cells_of_objects(objects: Sequence[Any]) -> Cells:
    """Return the cells of *objects*.

    >>> cells_of_objects(["yes", None, "yes", 1]).codes.tolist()
    [0, -1, 0, 1]
    """
    kinds = {each for each in set(map(type, objects)) if each.__name__ not in _NOTHING}
    if kinds & _LISTS and (kinds <= _LISTS or all(type(each) in _LISTS or plain(each) is None for each in objects)):
        return _lists(objects)
    if kinds == {float}:
        return Floats(np.array([each if type(each) is float else np.nan for each in objects], np.float64))
    if len(kinds) == 1 and (only := kinds.pop()) in _ALIKE:
        return _alike(objects, only)
    return _distinct(objects)


def _alike(objects: Sequence[Any], only: type) -> Cells:
    arrow_type, made = _ALIKE[only]
    try:
        array = pa.array([each if type(each) is only else None for each in objects], arrow_type)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):  # too large, infinite, half of a surrogate pair
        return _distinct(objects)
    if only is Decimal and not pa.types.is_decimal128(array.type):
        return _distinct(objects)
    return made(array)


def _distinct(objects: Sequence[Any]) -> Coded:
    places: dict[tuple[type, object], int] = {}
    words: list[object] = []
    codes = np.empty(len(objects), np.int64)
    for row, each in enumerate(objects):
        if type(each).__name__ in _NOTHING:
            codes[row] = -1
            continue
        code = places.setdefault(_key(each, row), len(words))
        if code == len(words):
            words.append(each)
        codes[row] = code
    return Coded(codes, tuple(words))


def _key(found: object, row: int) -> tuple[type, object]:
    """Return what is equal for equal objects of one type; what cannot be compared is told by its row.

    One moment is midnight in one zone and not in the next, although both are equal.
    """
    if isinstance(found, datetime):
        return type(found), (found.isoformat(), found.fold)
    try:
        hash(found)
    except (TypeError, ValueError):
        return object, row
    return type(found), found


def _lists(objects: Sequence[Any]) -> Lists:
    """Return the records of lists of mappings; a list with anything else in it is odd and counts no records."""
    counts = np.zeros(len(objects), np.int64)
    nulls, odd = np.zeros(len(objects), bool), np.zeros(len(objects), bool)
    records: list[Mapping[object, Any]] = []
    for row, each in enumerate(objects):
        if type(each) not in _LISTS:
            nulls[row] = True
        elif all(isinstance(record, Mapping) for record in each):
            counts[row] = len(each)
            records.extend(each)  # += would add up, were it an array
        else:
            odd[row] = True
    names = dict.fromkeys(name for record in records for name in record)
    fields = {str(name): cells_of_objects([record.get(name) for record in records]) for name in names}
    return Lists(counts, fields, nulls if nulls.any() else None, odd if odd.any() else None)
