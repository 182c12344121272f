"""A table of text, each cell with the place where it stands, so that what is wrong in it can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from perfrules.text import SourceText, decode, normalise_newlines

MOST_ROWS: Final = 10_000
"""How many rows a table may have that each become a part of the ruleset."""
_SPACE: Final = " \t\u3000\u00a0\n"
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*+)"[ \t]*(?=[,\n]|\Z)')
_OTHER_SEPARATORS: Final = (";", "\t", "，", "；")


@frozen
class Cell:
    """What a cell holds, without the space around it, and where that begins in the text."""

    text: str
    start: int


@frozen
class Sheet:
    """A table: its text, its headings, and its rows with their numbers (from 1, the headings count)."""

    source: SourceText
    headings: tuple[Cell, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


@frozen
class NoSheet:
    """Why a file is no table (a word of the catalogue), and the row where that shows."""

    reason: str
    row: int | None = None


def read_sheet(content: bytes, name: str) -> Sheet | NoSheet:
    """Read CSV, or say why it is none. Empty rows are left out.

    >>> read_sheet(b'a,b\\n"1, 2",3\\n', "x").rows
    ((2, (Cell(text='1, 2', start=5), Cell(text='3', start=11))),)
    >>> read_sheet(b'a,b\\n1,"2\\n', "x")
    NoSheet(reason='not-csv', row=2)
    """
    text = decode(content)
    if text is None or "\0" in text:
        return NoSheet("no-table")
    text = normalise_newlines(text)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in enumerate(_rows(text), start=1):
        if row is None:
            return NoSheet("not-csv", number)
        rows += [(number, row)] if any(cell.text for cell in row) else []
    return _sheet(SourceText(name, text), rows)


def _sheet(source: SourceText, rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> Sheet | NoSheet:
    if not rows:
        return NoSheet("no-table")
    _, headings = rows[0]
    if len(headings) == 1 and any(separator in headings[0].text for separator in _OTHER_SEPARATORS):
        return NoSheet("no-commas", rows[0][0])
    for number, row in rows:
        if any(cell.text for cell in row[len(headings) :]):
            return NoSheet("row-too-long", number)
    return Sheet(source, headings, tuple((number, row[: len(headings)]) for number, row in rows[1:]))


def _rows(text: str) -> Iterator[tuple[Cell, ...] | None]:
    """Yield the rows; None for one in which a quotation mark is misplaced or not closed, which is the last."""
    place, row = 0, list[Cell]()
    while place < len(text):
        read = _quoted(text, place) if text[place] == '"' else _plain(text, place)
        if read is None:
            yield None
            return
        cell, place = read
        row.append(cell)
        if place == len(text) or text[place] == "\n":
            yield tuple(row)
            row = []
        place += 1
    if row:
        yield tuple(row)


def _plain(text: str, start: int) -> tuple[Cell, int]:
    end = start
    while end < len(text) and text[end] not in ",\n":
        end += 1
    return _trimmed(text[start:end], start), end


def _quoted(text: str, start: int) -> tuple[Cell, int] | None:
    """Read a cell in quotes, two of which are one in it; None where they do not close, or something stands behind."""
    found = _QUOTED.match(text, start)
    if found is None:
        return None
    return _trimmed(found[1].replace('""', '"'), start + 1), found.end()


def _trimmed(text: str, start: int) -> Cell:
    return Cell(text.strip(_SPACE), start + len(text) - len(text.lstrip(_SPACE)))
