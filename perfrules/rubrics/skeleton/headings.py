"""The heading rows of a rubric: which column holds what.

A heading may stand over several rows and columns; the lowest that is known decides. What is known is in one table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from attrs import frozen

from perfrules.rubrics.skeleton.folded import folded, heading_key
from perfrules.rubrics.skeleton.grid import Content, Sheet


class Column(StrEnum):
    """What a column of a rubric holds."""

    CODE = "code"
    LEVEL = "level"
    MARKS = "marks"
    MEANING = "meaning"
    STANDARD = "standard"
    SOURCES = "sources"
    REMARKS = "remarks"
    RESULT = "result"


_NUMERAL: Final = "[一二三四五六七八九1-9]"
_KNOWN: Final = (
    (Column.CODE, r"序号|编号|代码|指标编号|指标代码|no\.?|code|number|#"),
    (
        Column.LEVEL,
        (
            rf"第?{_NUMERAL}级(?:指标|内容|项目)?(?:名称)?|(?:评价|考核|考评|绩效|评分|共性|个性)?(?:指标|项目|内容|要点)(?:名称)?|指标体系|"
            r"level\d(?:indicators?)?|(?:first|second|third|fourth)-?levelindicators?|"
            r"indicators?|criteri(?:on|a)|items?|category|dimension"
        ),
    ),
    (
        Column.MARKS,
        (
            r"(?:标准|指标|满|基准|权重)?分值|标准分数?|满分|分数|权重(?:分值?|系数)?|赋分|配分|"
            r"(?:full|max(?:imum)?)?(?:marks|points)|weights?(?:ing)?|marksorweight|max(?:imum)?score"
        ),
    ),
    (
        Column.MEANING,
        (
            r"指标(?:解释|说明|内涵|释义|定义|含义)|(?:解释|内涵|释义)|(?:评价|考核)(?:内容及说明|要点说明)|计算公式|"
            r"whatitmeasures|definition|description|explanation|meaning"
        ),
    ),
    (
        Column.STANDARD,
        (
            r"(?:评分|评价|计分|考核|打分|扣分|赋分|考评|得分)(?:标准|细则|办法|方法|规则|说明)(?:及说明)?|"
            r"(?:评价|考核)要点及(?:评分|评价)标准|标准|scoring(?:standard|rules?|criteria|method)?|standard|rules?|howscored|scoringguide"
        ),
    ),
    (
        Column.SOURCES,
        r"数据来源|资料来源|来源|(?:评价|考核|评分)依据|(?:考核|考评|评价|检查|核查|取数)(?:方式|途径)|取数来源|佐证(?:材料|资料)?|证明材料|依据|sources?(?:andevidence)?|evidence|datasource",
    ),
    (Column.REMARKS, r"备注|说明|remarks?|notes?|comments?"),
    (
        Column.RESULT,
        (
            r"(?:自评|评价|实际|考核|考评|最终|复评)?(?:得分|评分)|自评分|扣分(?:原因|情况|说明)?|实际完成值|完成情况|年度指标值|"
            r"(?:actual|awarded|given)?score|awarded|result"
        ),
    ),
)
_PATTERNS: Final = tuple((column, re.compile(pattern)) for column, pattern in _KNOWN)
_WORDS: Final = re.compile(
    r"(?![一二三四五六七八九十]+$)[\u4e00-\u9fff]{2,}|(?:sub|grand)?totals?|sum|bonus|extra", re.IGNORECASE
)
_HOW_CHECKED: Final = re.compile(r"(?:考核|考评|评价|检查|核查)(?:方法|办法)|method")
"""Beside a column of standards, how they are looked into."""
_LOOKED_AT: Final = 60
"""Rows among which the first heading row must be."""
_ENOUGH: Final = 2


@frozen
class Layout:
    """The table of a sheet: its heading rows, and what each column holds.

    *levels* are the columns of names from the highest level down; *marks* names for each column of marks the level
    (from 0) whose marks it holds.
    """

    first: int
    last: int
    levels: tuple[int, ...]
    marks: tuple[tuple[int, int], ...]
    columns: tuple[tuple[int, Column], ...]

    def of(self, column: Column) -> tuple[int, ...]:
        """Return the columns that hold this."""
        return tuple(index for index, holds in self.columns if holds is column)


def column_of(text: str) -> Column | None:
    """Return what a heading announces; None for one that is not known.

    >>> column_of("二级指标"), column_of("分值（分）"), column_of("Scoring standard"), column_of("预算执行率")
    (<Column.LEVEL: 'level'>, <Column.MARKS: 'marks'>, <Column.STANDARD: 'standard'>, None)
    """
    key = heading_key(text)
    return next((column for column, pattern in _PATTERNS if pattern.fullmatch(key)), None)


def layout_of(sheet: Sheet) -> Layout | None:
    """Find the heading rows of *sheet*; None where there are none, and so no rubric."""
    for row in range(min(sheet.rows, _LOOKED_AT)):
        if len(set(_announced(sheet, row))) >= _ENOUGH:
            last = _last_heading(sheet, row)
            made = _layout(sheet, row, last)
            if made is not None:
                return made
    return None


def is_heading_again(sheet: Sheet, layout: Layout, row: int) -> bool:
    """Tell whether a row repeats the headings, as tables over several pages do."""
    return len(set(_announced(sheet, row))) >= _ENOUGH and all(
        column_of(content.text) is not None for content in _begins(sheet, row)
    )


def named_before(sheet: Sheet, layout: Layout, row: int) -> tuple[int, ...]:
    """Return the columns of indices where a row has words instead: `小计`, `加分项`, written at the left edge."""
    if (name := sheet.at(row, layout.levels[0])) is not None and name.row == row and name.column == layout.levels[0]:
        return ()
    found = ((column, sheet.at(row, column)) for column in layout.of(Column.CODE) if column < layout.levels[0])
    return tuple(
        column
        for column, cell in found
        if cell is not None and cell.row == row and _WORDS.match("".join(folded(cell.text).split()))
    )


def unknown_columns(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, Content]]:
    """Yield the columns that hold something no heading announces, each with its heading, else its first cell."""
    known = {column for column, _ in layout.columns}
    for column in range(sheet.columns):
        rows = range(layout.first, sheet.rows)
        cells = [cell for row in rows if (cell := sheet.at(row, column)) is not None and cell.column == column]
        if column not in known and cells:
            yield column, cells[0]


def _announced(sheet: Sheet, row: int) -> Iterator[Column]:
    for content in _begins(sheet, row):
        known = column_of(content.text)
        if known is not None:
            yield known


def _begins(sheet: Sheet, row: int) -> Iterator[Content]:
    seen = (sheet.at(row, column) for column in range(sheet.columns))
    return (each for each in dict.fromkeys(seen) if each is not None and each.row == row)


def _last_heading(sheet: Sheet, first: int) -> int:
    """Return the last heading row: as far as headings are merged down, and further rows of nothing but headings."""
    last = max(content.row + content.rows - 1 for content in _begins(sheet, first))
    while last + 1 < sheet.rows:
        below = tuple(_begins(sheet, last + 1))
        if not below or any(column_of(content.text) is None for content in below):
            return last
        last = max(content.row + content.rows - 1 for content in below)
    return last


def _layout(sheet: Sheet, first: int, last: int) -> Layout | None:
    columns = tuple(
        (column, holds) for column in range(sheet.columns) if (holds := _holds(sheet, column, first, last)) is not None
    )
    levels = tuple(column for column, holds in columns if holds is Column.LEVEL)
    if not levels:
        return None
    columns = tuple(_how_checked(sheet, columns, last))
    marks = tuple((column, _level_beside(levels, column)) for column, holds in columns if holds is Column.MARKS)
    return Layout(first, last, levels, marks, columns)


def _how_checked(sheet: Sheet, columns: tuple[tuple[int, Column], ...], last: int) -> Iterator[tuple[int, Column]]:
    """Take a column of methods for what standards rest on where another column holds the standards."""
    standards = [column for column, holds in columns if holds is Column.STANDARD]
    heads = {column: sheet.at(last, column) for column in standards}
    methods = {column for column, head in heads.items() if head and _HOW_CHECKED.fullmatch(heading_key(head.text))}
    for column, holds in columns:
        yield column, Column.SOURCES if column in methods and len(methods) < len(standards) else holds


def _holds(sheet: Sheet, column: int, first: int, last: int) -> Column | None:
    for row in range(last, first - 1, -1):
        content = sheet.at(row, column)
        known = None if content is None else column_of(content.text)
        if known is not None:
            return known
    return None


def _level_beside(levels: tuple[int, ...], column: int) -> int:
    """Return which level a column of marks belongs to: the nearest at its left."""
    return max((position for position, level in enumerate(levels) if level < column), default=len(levels) - 1)
