"""Cells of results as texts of CSV, the same as `perfrules.writers.csv_table` writes, a whole column at a time."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.writers.csv_table import safe

_TEXT: Final = pa.large_string()
_ODD: Final = r"""^[=+\-@\t\r]|[",\r\n]"""
"""What is not written as it stands."""


def texts(cells: Any) -> Any:
    """Write texts, of few kinds or many; nothing for null.

    >>> texts(pa.array(["wheat", "-1", 'the "old" one', None])).to_pylist()
    ['wheat', "'-1", '"the ""old"" one"', '']
    """
    if pa.types.is_dictionary(cells.type):
        words = texts(cells.dictionary)
        return pc.fill_null(words.take(cells.indices), "")
    found = pc.fill_null(cells.cast(_TEXT), "")
    odd = pc.match_substring_regex(found, _ODD)
    if not pc.any(odd).as_py():
        return found
    written = pa.array([in_quotes(safe(each)) for each in found.filter(odd).to_pylist()], _TEXT)
    return pc.replace_with_mask(found, odd, written)


def truths(cells: Any) -> Any:
    """Write `yes`, `no` or nothing."""
    return pc.fill_null(pc.if_else(cells, "yes", "no"), "").cast(_TEXT)


def days(cells: Any) -> Any:
    """Write days as `2024-12-31`."""
    return pc.fill_null(cells.cast(_TEXT), "")


def decimals(cells: Any) -> Any:
    """Write decimals without the zeros at their ends.

    >>> from decimal import Decimal
    >>> decimals(pa.array([Decimal("12.50"), Decimal("-3.00"), None, Decimal("0.00")])).to_pylist()
    ['12.5', '-3', '', '0']
    """
    if cells.type.scale == 0:
        return pc.fill_null(cells.cast(_TEXT), "")
    written = pc.fill_null(cells.cast(_TEXT), "")
    short = pc.replace_substring_regex(written, r"\.?0+$", "")
    with_power = pc.match_substring(written, "E")  # Arrow writes what is very small so
    if not pc.any(with_power).as_py():
        return short
    exact = pa.array([as_text(Exact(each)) for each in cells.filter(with_power).to_pylist()], _TEXT)
    return pc.replace_with_mask(short, with_power, exact)


def whole(cells: Any) -> Any:
    """Write whole numbers, given as any type that holds them."""
    return pc.fill_null(cells.cast(_TEXT), "")


def terminate(denominators: Any) -> bool:
    """Tell whether every number with one of these denominators is a decimal."""
    distinct = pc.unique(denominators).to_pylist()
    return all(each is None or decimal_places(Exact(1, int(each))) is not None for each in distinct)


def quotients(numerators: Any, denominators: Any) -> Any:
    """Write numbers that are all decimals as such, given as their parts, which are texts (empty: no number).

    >>> quotients(pa.array(["1", ""]), pa.array(["4", ""])).to_pylist()
    ['0.25', '']
    """
    pairs = zip(numerators.to_pylist(), denominators.to_pylist(), strict=True)
    return pa.array([as_text(Exact(int(top), int(below))) if top else "" for top, below in pairs], _TEXT)


def in_quotes(text: str) -> str:
    """Write a cell that stands beside others, in quotes where it needs them.

    >>> in_quotes("a,b"), in_quotes("a")
    ('"a,b"', 'a')
    """
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow((text, "."))
    return line.getvalue()[:-4]


def lines(columns: list[Any]) -> bytes:
    """Join the cells of each row, and end each row with CRLF.

    >>> lines([pa.array(["a", "b"], _TEXT), pa.array(["1", "2"], _TEXT)])
    b'a,1\\r\\nb,2\\r\\n'
    """
    if not len(columns[0]):
        return b""
    last = pc.binary_join_element_wise(columns[-1], pa.scalar("\r\n", _TEXT), pa.scalar("", _TEXT))
    whole_lines = pc.binary_join_element_wise(*columns[:-1], last, pa.scalar(",", _TEXT))
    _, offsets, content = whole_lines.buffers()
    places = np.frombuffer(offsets, np.int64)[whole_lines.offset :]
    return content.to_pybytes()[places[0] : places[len(whole_lines)]] if content is not None else b""
