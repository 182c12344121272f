"""Rows of text in columns that line up at a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

_WIDE: Final = frozenset("WF")
_GAP: Final = "  "
_NARROWEST: Final = 10


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out *rows* below their headings.

    >>> print(columns(["名", "b"], [["a", "x"], ["甲乙", "y"]]))
    名    b
    a     x
    甲乙  y
    """
    table = [[(cell, width_of(cell)) for cell in row] for row in (headings, *rows)]
    widths = [max(row[place][1] for row in table) for place in range(len(headings))]
    return "\n".join(_line(row, widths) for row in table)


def filled(text: str, width: int, *, at_right: bool = False) -> str:
    """Fill *text* up with spaces to *width* cells.

    >>> filled("甲", 4), filled("7", 4, at_right=True)
    ('甲  ', '   7')
    """
    space = " " * max(0, width - width_of(text))
    return space + text if at_right else text + space


def wrapped_heading(heading: str, width: int) -> str:
    """Break a heading into lines of at most *width* cells, or a little more where its cells are narrow.

    >>> wrapped_heading("Spent within budget", 4)
    'Spent\\nwithin\\nbudget'
    """
    from perfrules.explain.lines import wrapped

    return "\n".join(wrapped(heading, max(width, _NARROWEST)))


def width_of(text: str) -> int:
    """Count the cells that *text* takes."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(each) in _WIDE) for each in text)


def _line(row: Sequence[tuple[str, int]], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - own) for (cell, own), width in zip(row, widths, strict=True))
    return _GAP.join(cells).rstrip()
