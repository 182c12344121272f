"""What a rubric document is made of: sections of paragraphs and tables, in words of one language.

Nothing here knows HTML or Word; both are written of this.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Look(StrEnum):
    """What a cell holds, and so how it stands: text at the left, figures and names of levels in the middle."""

    TEXT = "text"
    FIGURE = "figure"
    LEVEL = "level"
    TOTAL = "total"


@frozen
class Cell:
    """One cell of a table: its lines, and how many rows and columns it takes."""

    lines: tuple[str, ...] = ()
    look: Look = Look.TEXT
    rows: int = 1
    columns: int = 1


@frozen
class Table:
    """A table: the headings of its columns with their widths in hundredths of the page, and its rows.

    A row holds the cells that begin in it; places taken by a cell from above or from the left are left out.
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@frozen
class Section:
    """A heading, then paragraphs, then tables; *numbered* paragraphs count 1, 2, 3."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    numbered: bool = False


@frozen(kw_only=True)
class Document:
    """The whole document in one language: title, what stands under it, sections, and the lines at its foot."""

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    running: str
    """What stands at the foot of every page: title, version, the start of the digest."""


def line(text: str, look: Look = Look.TEXT) -> Cell:
    """Make a cell of one line; an empty one has none."""
    return Cell((text,) if text else (), look)
