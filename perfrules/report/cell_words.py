"""The words in a cell of a drawing: as much as fits, never beyond its edges, never one over another.

First the whole name with the marks at its right or below it, in large letters, then in small ones; then the short code
with the marks; then the code alone; then nothing.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from perfrules.lang.exact import Exact
from perfrules.report.figures import coordinate
from perfrules.report.text_width import width_of, wrapped_to

_PAD: Final = Exact(6)
_LEAST: Final = Exact(44)
"""A name is not put beside its marks where it would have less room than this."""
_NARROW: Final = Exact(90)
_BOLD: Final = Exact(11, 10)
"""How much wider bold letters are."""


@frozen
class Box:
    """Where a cell is."""

    left: Exact
    top: Exact
    width: Exact
    height: Exact


@frozen
class _Letters:
    """A size of letters and the height of their lines."""

    size: Exact
    line: Exact


_SIZES: Final = (_Letters(Exact(11), Exact(14)), _Letters(Exact(9), Exact(21, 2)))


@frozen(kw_only=True)
class Words:
    """One line of words in a drawing; *anchor* is `start` or `end`."""

    x: str
    y: str
    text: str
    size: str
    anchor: str = "start"
    strong: bool = False


def words_in(box: Box, names: tuple[str, ...], marks: str) -> tuple[Words, ...]:
    """Return the words that fit into a cell; *names* are the whole name and shorter ones."""
    for name in names:
        for letters in _SIZES:
            found = _beside(name, marks, box, letters) or _beneath(name, marks, box, letters)
            if found:
                return found
    return next((found for letters in _SIZES if (found := _beneath(names[-1], "", box, letters))), ())


def _beside(name: str, marks: str, box: Box, letters: _Letters) -> tuple[Words, ...]:
    """Put the marks at the right of the name; nothing where that does not fit."""
    room = box.width - 4 * _PAD - width_of(marks, letters.size * _BOLD)
    lines = _lines(name, room, letters) if room > _LEAST else ()
    if not lines or not _fit(lines, room, box, letters):
        return ()
    at = _first_line(box, len(lines), letters)
    right = Words(
        x=coordinate(box.left + box.width - _PAD),
        y=coordinate(at),
        text=marks,
        size=coordinate(letters.size),
        anchor="end",
        strong=True,
    )
    return (*_column(lines, box, at, letters), right)


def _beneath(name: str, marks: str, box: Box, letters: _Letters) -> tuple[Words, ...]:
    """Put the marks below the name; nothing where that does not fit."""
    room = box.width - 2 * _PAD
    lines = _lines(name, room, letters)
    if any(width_of(number, letters.size * _BOLD) > room for number in marks.split()):
        return ()
    below = wrapped_to(marks, room, letters.size * _BOLD)
    if not lines or not _fit((*lines, *below), room, box, letters):
        return ()
    at = _first_line(box, len(lines) + len(below), letters)
    after = _column(below, box, at + letters.line * len(lines), letters)
    return (*_column(lines, box, at, letters), *(evolve(each, strong=True) for each in after))


def _lines(name: str, room: Exact, letters: _Letters) -> tuple[str, ...]:
    """Break a name into lines; nothing where that would cut a word of a narrow cell."""
    if room < _NARROW and any(width_of(word, letters.size) > room for word in name.split() if word.isascii()):
        return ()
    return wrapped_to(name, room, letters.size)


def _fit(lines: tuple[str, ...], room: Exact, box: Box, letters: _Letters) -> bool:
    high = len(lines) * letters.line + 1
    return high <= box.height and all(width_of(line, letters.size) <= room for line in lines)


def _column(lines: tuple[str, ...], box: Box, at: Exact, letters: _Letters) -> tuple[Words, ...]:
    x, size = coordinate(box.left + _PAD), coordinate(letters.size)
    return tuple(
        Words(x=x, y=coordinate(at + letters.line * number), text=text, size=size) for number, text in enumerate(lines)
    )


def _first_line(box: Box, count: int, letters: _Letters) -> Exact:
    """Return the base line of the first of *count* lines: near the top, in a low cell in its middle."""
    return box.top + min((box.height - letters.line * count) / 2, _PAD) + letters.size
