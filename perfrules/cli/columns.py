"""Rows of text in columns that line up at a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

_WIDE: Final = frozenset("WF")
_GAP: Final = "  "


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out *rows* below their headings.

    >>> print(columns(["名", "b"], [["a", "x"], ["甲乙", "y"]]))
    名    b
    a     x
    甲乙  y
    """
    table = [headings, *rows]
    widths = [max(_width(row[place]) for row in table) for place in range(len(headings))]
    return "\n".join(_line(row, widths) for row in table)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return _GAP.join(cells).rstrip()


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(each) in _WIDE) for each in text)
