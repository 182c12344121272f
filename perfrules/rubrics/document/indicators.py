"""The table that a rubric is known by: levels of indicators, merged, with marks, meaning, standard and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from perfrules.explain.outline import every_item
from perfrules.explain.words import number
from perfrules.ir.plan import MarksStyle, OutlineItem, Plan
from perfrules.lang.exact import Exact
from perfrules.rubrics.document.marks import marks_heading, marks_lines, title_with_marks
from perfrules.rubrics.document.page import Cell, Look, Section, Table
from perfrules.rubrics.document.speaker import Speaker
from perfrules.rubrics.document.standards import rounding_lines, standard_of

_NUMERALS: Final = 9
_WIDTHS: Final = {1: (18,), 2: (12, 15), 3: (10, 12, 13), 4: (8, 9, 10, 12)}
_MARKS_WIDTH: Final = 6
_GROUPS_WIDTH: Final = 9
"""Where marks differ by group, each with its group."""


@frozen
class _Leaf:
    """An indicator without parts, with those above it, the highest first."""

    above: tuple[OutlineItem, ...]
    item: OutlineItem


@frozen
class _Layout:
    """The rows of the table, how many levels it has, the rounding told once for all, and whether there are marks."""

    leaves: tuple[_Leaf, ...]
    depth: int
    shared: frozenset[str]
    has_marks: bool
    by_group: bool


def indicator_section(speaker: Speaker) -> Section:
    """Make the table of indicators; without a column of marks where none has any."""
    leaves = tuple(_leaves(speaker.plan.outline, ()))
    depth = max((len(leaf.above) + 1 for leaf in leaves), default=1)
    by_group = any(len(marks_lines(speaker, leaf.item)) > 1 for leaf in leaves)
    layout = _Layout(leaves, depth, shared_rounding(speaker), _has_marks(speaker.plan), by_group)
    rows = [_row(speaker, layout, position) for position in range(len(leaves))]
    levels = tuple(_level_heading(speaker, level, depth) for level in range(1, depth + 1))
    marks = (marks_heading(speaker, tuple(every_item(speaker.plan.outline))),) if layout.has_marks else ()
    others = ("column.meaning", "column.standard", "column.sources")
    headings = (*levels, *marks, *(speaker.word(key) for key in others))
    table = Table(headings, _widths(layout), (*rows, *_total_row(speaker, depth)))
    return Section(speaker.word("section.indicators"), tables=(table,))


def shared_rounding(speaker: Speaker) -> frozenset[str]:
    """Return the rounding of marks that all indicators without parts share, so that it is told once."""
    found = {rounding_lines(speaker, leaf.item) for leaf in _leaves(speaker.plan.outline, ())}
    return frozenset(found.pop()) if len(found) == 1 else frozenset()


def _leaves(items: tuple[OutlineItem, ...], above: tuple[OutlineItem, ...]) -> Iterator[_Leaf]:
    for item in items:
        if item.children:
            yield from _leaves(item.children, (*above, item))
        else:
            yield _Leaf(above, item)


def _has_marks(plan: Plan) -> bool:
    return any(item.style is not MarksStyle.NONE for item in every_item(plan.outline))


def _row(speaker: Speaker, layout: _Layout, position: int) -> tuple[Cell, ...]:
    leaves, leaf = layout.leaves, layout.leaves[position]
    cells = [
        Cell(title_with_marks(speaker, item), Look.LEVEL, rows=_span(leaves, position, level))
        for level, item in enumerate(leaf.above)
        if position == 0 or leaves[position - 1].above[level : level + 1] != (item,)
    ]
    standard = standard_of(speaker, leaf.item, layout.shared)
    cells.append(Cell((speaker.name(leaf.item),), Look.LEVEL, columns=layout.depth - len(leaf.above)))
    if layout.has_marks:
        cells.append(Cell(marks_lines(speaker, leaf.item) or ("—",), Look.FIGURE))
    return (*cells, Cell(standard.meaning), Cell(standard.rule), Cell(standard.sources))


def _span(leaves: tuple[_Leaf, ...], position: int, level: int) -> int:
    item = leaves[position].above[level]
    return sum(1 for leaf in leaves[position:] if leaf.above[level : level + 1] == (item,))


def _total_row(speaker: Speaker, depth: int) -> Iterator[tuple[Cell, ...]]:
    """Make the last row, where points add up to a total."""
    full = getattr(speaker.plan.total_full, "value", None)
    adds_up = all(item.style in (MarksStyle.POINTS, MarksStyle.BONUS) for item in speaker.plan.outline)
    if isinstance(full, Exact) and adds_up:
        total = Cell((speaker.word("total"),), Look.TOTAL, columns=depth)
        yield (total, Cell((number(full, speaker.language),), Look.TOTAL), Cell((), columns=3))


def _level_heading(speaker: Speaker, level: int, depth: int) -> str:
    if depth == 1:
        return speaker.word("column.indicator")
    return (
        speaker.word(f"column.level-{level}") if level <= _NUMERALS else speaker.word("column.level", level=str(level))
    )


def _widths(layout: _Layout) -> tuple[int, ...]:
    levels = _WIDTHS.get(layout.depth) or (40 // layout.depth,) * layout.depth
    marks = (_GROUPS_WIDTH if layout.by_group else _MARKS_WIDTH,) if layout.has_marks else ()
    left = 100 - sum(levels) - sum(marks)
    sources = left * 22 // 100
    meaning = left * 33 // 100
    return (*levels, *marks, meaning, left - meaning - sources, sources)
