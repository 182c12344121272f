"""Files that stand beside a ruleset: parameters, calendars, examples."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from attrs import frozen

from perfrules.text import decode

ReadResource = Callable[[str], bytes | None]
"""Returns the content of the file of that name beside the ruleset, None where there is none."""


@frozen
class Sheet:
    """A table of text: its headings, and its rows, each as long as the headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def no_resources(_name: str) -> bytes | None:
    """Know no file."""
    return None


def read_sheet(content: bytes) -> Sheet | None:
    """Read CSV; None if it is no text, has no headings, a row is longer than they are, or a quotation mark is misplaced
    or not closed. Empty rows are left out.

    >>> read_sheet(b"a,b\\n1,2\\n")
    Sheet(headings=('a', 'b'), rows=(('1', '2'),))
    """
    text = decode(content)
    if text is None:
        return None
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    lines = [tuple(cell.strip() for cell in line) for line in read]
    lines = [line for line in lines if any(line)]
    if not lines or any(len(line) > len(lines[0]) for line in lines):
        return None
    width = len(lines[0])
    return Sheet(lines[0], tuple(line + ("",) * (width - len(line)) for line in lines[1:]))
