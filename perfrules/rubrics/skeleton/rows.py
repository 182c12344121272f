"""The rows under the headings, sorted: rows of indicators, rows of sums, notes, headings again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from attrs import frozen

from perfrules.rubrics.skeleton.folded import folded
from perfrules.rubrics.skeleton.grid import Content, Sheet
from perfrules.rubrics.skeleton.headings import Layout, is_heading_again, named_before

_TOTAL: Final = re.compile(r"(?:合计|总计|总分|总分值|满分合计|total|grandtotal|sum)(?:得分)?", re.IGNORECASE)
_SUBTOTAL: Final = re.compile(r".{0,20}?(?:小计|分项合计|subtotal)", re.IGNORECASE)
_NOTE: Final = re.compile(
    r"(?:填(?:表|报|制)(?:人|单位|日期|时间)?|制表人?|审核人|(?:单位)?负责人|联系(?:人|电话|方式)|"
    r"(?:prepared|checked|approved) by)\s*[:(]|"
    r"(?:表?注|附注|备注|说明|填表说明|评分说明|注释|notes?|remarks?|explanations?)\s*(?:[::]|\d|[一二三(\[]|$)",
    re.IGNORECASE,
)


class RowKind(StrEnum):
    """What a row is."""

    ITEM = "item"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    NOTE = "note"


@frozen
class Row:
    """A row under the headings: what it is, and of a sum or note the cell that says so."""

    kind: RowKind
    row: int
    cell: Content | None = None


def rows_of(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """Sort the rows under the headings; after the first note all text rows are notes."""
    in_notes = False
    for row in range(layout.last + 1, sheet.rows):
        if sheet.is_blank(row) or is_heading_again(sheet, layout, row):
            continue
        first = next(cell for column in range(sheet.columns) if (cell := sheet.at(row, column)) and cell.row == row)
        level = _level_cell(sheet, layout, row)
        key = "".join(folded(level.text).split()) if level is not None else ""
        if not in_notes and _TOTAL.fullmatch(key):
            yield Row(RowKind.TOTAL, row, level)
        elif not in_notes and _SUBTOTAL.fullmatch(key):
            yield Row(RowKind.SUBTOTAL, row, level)
        elif in_notes or _is_note(sheet, layout, first):
            in_notes = True
            yield Row(RowKind.NOTE, row, first)
        else:
            yield Row(RowKind.ITEM, row)


def _level_cell(sheet: Sheet, layout: Layout, row: int) -> Content | None:
    """Return the first cell that begins in a row among the columns of names, and words instead of an index."""
    found = (sheet.at(row, column) for column in sorted((*named_before(sheet, layout, row), *layout.levels)))
    return next((cell for cell in found if cell is not None and cell.row == row), None)


def _is_note(sheet: Sheet, layout: Layout, first: Content) -> bool:
    if _NOTE.match(folded(first.text)):
        return True
    is_alone = all(
        (cell := sheet.at(first.row, column)) is None or cell == first or cell.row != first.row
        for column in range(sheet.columns)
    )
    return is_alone and first.columns > len(layout.levels) + 1
