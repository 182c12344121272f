"""Lines of plain text of a given width; a Chinese character takes two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_WIDE: Final = ("W", "F")
_UNBREAKABLE_BEFORE: Final = "，。；：、）】》？！％,.;:)]?!%分"
_PIECE: Final = re.compile(r"\s+|[ -~À-ɏ≈≥≤×÷−∞]+|.", re.DOTALL)


def columns(text: str) -> int:
    """Count the columns that *text* takes.

    >>> columns("预算 ab")
    7
    """
    return sum(2 if unicodedata.east_asian_width(each) in _WIDE else 1 for each in text)


def padded(text: str, width: int) -> str:
    """Fill *text* up with spaces to *width* columns."""
    return text + " " * max(0, width - columns(text))


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Break *text* into lines of at most *width* columns where that is possible; *first* and *rest* begin the lines.

    >>> list(wrapped("aa bb cc", 5, "- ", "  "))
    ['- aa', '  bb', '  cc']
    """
    line, used = first, columns(first)
    empty = True
    for piece in _pieces(text):
        space = columns(piece)
        if not empty and used + space > width and piece[0] not in _UNBREAKABLE_BEFORE:
            yield line.rstrip()
            line, used, empty = rest, columns(rest), True
        if empty and piece.isspace():
            continue
        line, used, empty = line + piece, used + space, False
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Cut text where a line may be broken: at spaces, and between Chinese characters."""
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece.isspace():
            yield " "
        else:
            yield from re.findall(r"[^ ]+| +", piece)
