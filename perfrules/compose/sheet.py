"""A table of text, each cell with the place where it stands, so that what is wrong in it can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from perfrules.text import SourceText, decode, normalise_newlines

_SPACE: Final = " \t\u3000\u00a0\n"


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


def read_sheet(content: bytes, name: str) -> Sheet | None:
    """Read CSV; None if it is no text, has no headings or a row is longer than they are. Empty rows are left out.

    >>> read_sheet(b'a,b\\n"1, 2",3\\n', "x").rows
    ((2, (Cell(text='1, 2', start=5), Cell(text='3', start=11))),)
    """
    text = decode(content)
    if text is None:
        return None
    text = normalise_newlines(text)
    rows = [(number, row) for number, row in enumerate(_rows(text), start=1) if any(cell.text for cell in row)]
    if not rows or any(len(row) > len(rows[0][1]) for _, row in rows):
        return None
    return Sheet(SourceText(name, text), rows[0][1], tuple(rows[1:]))


def _rows(text: str) -> Iterator[tuple[Cell, ...]]:
    place, row = 0, []
    while place < len(text):
        cell, place = _quoted(text, place) if text[place] == '"' else _plain(text, place)
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


def _quoted(text: str, start: int) -> tuple[Cell, int]:
    """Read a cell in quotes; two quotes in it are one."""
    end = start + 1
    while end < len(text) and (text[end] != '"' or text[end : end + 2] == '""'):
        end += 2 if text[end] == '"' else 1
    inner = text[start + 1 : end].replace('""', '"')
    after = end + 1
    while after < len(text) and text[after] not in ",\n":
        after += 1
    return _trimmed(inner, start + 1), after


def _trimmed(text: str, start: int) -> Cell:
    return Cell(text.strip(_SPACE), start + len(text) - len(text.lstrip(_SPACE)))
