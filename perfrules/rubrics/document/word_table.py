"""Tables in Word files: merged cells, a heading row that every page repeats, rows that no page cuts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen

from perfrules.rubrics.document.page import Cell, Look, Table
from perfrules.rubrics.document.word_text import HEI, Style, add_text, centre, space

_TEXT: Final = Style(9)
_STRONG: Final = Style(9, bold=True)
_HEADING: Final = Style(9, bold=True, chinese=HEI)
_CENTRED: Final = (Look.FIGURE, Look.LEVEL, Look.TOTAL)
_GREY: Final = "E9ECF0"


@frozen
class _Placed:
    """What stands at one place of the grid: a cell that begins there, or (*begins* false) one from the row above."""

    cell: Cell
    begins: bool


def add_table(made: Any, table: Table, width: int) -> None:
    """Add *table* to a document of python-docx; *width* of the page in twentieths of a point."""
    grown = made.add_table(rows=0, cols=0, style="Table Grid")
    widths = [width * each // 100 for each in table.widths]
    _grid(grown, widths)
    _row(grown, [_Placed(Cell((each,), Look.LEVEL), True) for each in table.headings], widths, is_heading=True)
    for row in placed_rows(table):
        _row(grown, row, widths)


def placed_rows(table: Table) -> tuple[tuple[_Placed, ...], ...]:
    """Return the rows of the grid from left to right, with the cells that come from above."""
    count = len(table.widths)
    above: dict[int, tuple[Cell, int]] = {}
    made = []
    for row in table.rows:
        waiting, column, placed = list(row), 0, []
        while column < count:
            begins = column not in above
            cell, left = (waiting[0], waiting.pop(0).rows) if begins else above.pop(column)
            placed.append(_Placed(cell, begins))
            if left > 1:
                above[column] = (cell, left - 1)
            column += cell.columns
        above = dict(sorted(above.items()))
        made.append(tuple(placed))
    return tuple(made)


def _grid(grown: Any, widths: Sequence[int]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = grown._tbl.tblPr
    for name, attributes in (
        ("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        ("w:tblLayout", {"w:type": "fixed"}),
    ):
        for old in properties.findall(qn(name)):
            properties.remove(old)
        element = OxmlElement(name)
        for key, value in attributes.items():
            element.set(qn(key), value)
        properties.append(element)
    for each in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(each))
        grown._tbl.tblGrid.append(column)


def _row(grown: Any, placed: Sequence[_Placed], widths: Sequence[int], *, is_heading: bool = False) -> None:
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if is_heading:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    grown._tbl.append(row)
    column = 0
    for each in placed:
        row.append(_cell(grown, each, sum(widths[column : column + each.cell.columns]), is_heading))
        column += each.cell.columns


def _cell(grown: Any, placed: _Placed, width: int, is_heading: bool) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    element.append(properties)
    cell = placed.cell

    def state(name: str, **attributes: str) -> None:
        part = OxmlElement(name)
        for key, value in attributes.items():
            part.set(qn(f"w:{key}"), value)
        properties.append(part)

    state("w:tcW", w=str(width), type="dxa")
    if cell.columns > 1:
        state("w:gridSpan", val=str(cell.columns))
    if cell.rows > 1:
        state("w:vMerge", val="restart" if placed.begins else "continue")
    if is_heading:
        state("w:shd", val="clear", color="auto", fill=_GREY)
    state("w:vAlign", val="center")
    _lines(grown, element, cell if placed.begins else Cell(), is_heading)
    return element


def _lines(grown: Any, element: Any, cell: Cell, is_heading: bool) -> None:
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph

    style = _HEADING if is_heading else _STRONG if cell.look is Look.TOTAL else _TEXT
    for line in cell.lines or ("",):
        paragraph = OxmlElement("w:p")
        element.append(paragraph)
        shown = Paragraph(paragraph, grown)
        space(shown, 1, 1)
        if cell.look in _CENTRED:
            centre(shown)
        add_text(shown, line, style)
