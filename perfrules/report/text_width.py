"""How wide a text is at most, in the fonts a reader may have; where it may be broken.

A drawing cannot ask the fonts, so every character counts as the widest that usual sans-serif fonts make it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from perfrules.lang.exact import Exact

_EM: Final = {"wide": Exact(1), "broad": Exact(1), "capital": Exact(3, 4), "plain": Exact(31, 50), "thin": Exact(2, 5)}
_BROAD: Final = frozenset("MWmw@%‰—…")
_THIN: Final = frozenset(" .,:;'|!ijlftr()[]/-")
_NOT_FIRST: Final = frozenset("，。；：、）】》？！％”’…,.;:)]?!%")
_PIECE: Final = re.compile(r"\s+|[!-~À-ɏ≈≥≤×÷−–·]+|.", re.DOTALL)


def width_of(text: str, size: Exact) -> Exact:
    """Return how wide *text* is at most in letters of this size.

    >>> width_of("预算", Exact(10)), width_of("A1", Exact(10))
    (Fraction(20, 1), Fraction(137, 10))
    """
    return sum((_EM[_sort(each)] for each in text), Exact(0)) * size


def wrapped_to(text: str, width: Exact, size: Exact) -> tuple[str, ...]:
    """Break *text* into lines that are at most *width* wide, between words, Chinese characters, else anywhere.

    >>> wrapped_to("预算执行率", Exact(30), Exact(10)), wrapped_to("spent in time", Exact(60), Exact(10))
    (('预算执', '行率'), ('spent in', 'time'))
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width, size):
        joined = line + piece
        fits = width_of(joined.rstrip(), size) <= width
        if not line or fits:
            line = joined
        elif piece in _NOT_FIRST and len(line.rstrip()) > 1 and width_of(line[-1] + piece, size) <= width:
            lines.append(line[:-1].rstrip())
            line = line[-1] + piece
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
    return tuple(each for each in (*lines, line.rstrip()) if each)


def _pieces(text: str, width: Exact, size: Exact) -> list[str]:
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if width_of(piece, size) <= width:
            found.append(" " if piece.isspace() else piece)
        else:
            found += list(piece)
    return found


def _sort(character: str) -> str:
    if unicodedata.east_asian_width(character) in ("W", "F", "A") and not character.isascii():
        return "wide"
    if character in _BROAD:
        return "broad"
    if character in _THIN:
        return "thin"
    return "capital" if character.isupper() else "plain"
