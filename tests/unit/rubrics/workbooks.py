"""Rubrics as Excel tables for the tests: merged cells where a table has cells over several rows or columns."""

import io
from collections.abc import Sequence

import xlsxwriter

from perfrules.rubrics.document.page import Table

Row = Sequence[object]


def workbook(*sheets: tuple[str, Sequence[Row], Sequence[tuple[int, int, int, int]]]) -> bytes:
    """Write sheets of rows (None: nothing); each merged range is (first row, first column, last row, last column)."""
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content)
    percent = made.add_format({"num_format": "0%"})

    def shown(cell: object) -> object:
        return percent if isinstance(cell, float) and cell <= 1 else None

    for name, rows, merged in sheets:
        sheet = made.add_worksheet(name)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, rows[top][left], shown(rows[top][left]))
        tops = {(top, left) for top, left, _, _ in merged}
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is None or (row, column) in tops:
                    continue
                sheet.write(row, column, cell, shown(cell))
    made.close()
    return content.getvalue()


def as_workbook(table: Table, title: str, sheet: str = "Rubric") -> bytes:
    """Write a table of a rubric document as people keep it in Excel: a title, the headings, merged levels."""
    width = len(table.headings)
    rows: list[list[object]] = [[title, *[None] * (width - 1)], list(table.headings)]
    merged = [(0, 0, 0, width - 1)]
    taken: set[tuple[int, int]] = set()
    for offset, cells in enumerate(table.rows):
        row, column, line = offset + 2, 0, [None] * width
        for cell in cells:
            while (row, column) in taken:
                column += 1
            text = "\n".join(cell.lines)
            line[column] = text or None
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            if text and cell.rows * cell.columns > 1:
                merged.append((row, column, row + cell.rows - 1, column + cell.columns - 1))
            column += cell.columns
        rows.append(line)
    return workbook((sheet, rows, merged))
