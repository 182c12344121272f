"""The table that a rubric is known by: levels of indicators, merged, with marks, meaning, standard and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from perfrules.explain.outline import every_item
from perfrules.explain.words import number
from perfrules.ir.plan import OutlineItem
from perfrules.lang.exact import Exact
from perfrules.rubrics.document.marks import marks_heading, marks_lines, title_with_marks
from perfrules.rubrics.document.page import Cell, Look, Section, Table
from perfrules.rubrics.document.speaker import Speaker
from perfrules.rubrics.document.standards import rounding_lines, standard_of

_NUMERALS: Final = 9
_WIDTHS: Final = {1: (18,), 2: (12, 15), 3: (10, 12, 13), 4: (8, 9, 10, 12)}
_MARKS_WIDTH: Final = 6


@frozen
class _Leaf:
    """An indicator without parts, with those above it, the highest first."""

    above: tuple[OutlineItem, ...]
    item: OutlineItem


def indicator_section(speaker: Speaker) -> Section:
    """Make the table of indicators."""
    leaves = tuple(_leaves(speaker.plan.outline, ()))
    depth = max((len(leaf.above) + 1 for leaf in leaves), default=1)
    shared = shared_rounding(speaker)
    rows = [_row(speaker, leaves, position, depth, shared) for position in range(len(leaves))]
    levels = tuple(_level_heading(speaker, level, depth) for level in range(1, depth + 1))
    items = tuple(every_item(speaker.plan.outline))
    others = ("column.meaning", "column.standard", "column.sources")
    headings = (*levels, marks_heading(speaker, items), *(speaker.word(key) for key in others))
    table = Table(headings, _widths(depth), (*rows, *_total_row(speaker, depth)))
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


def _row(
    speaker: Speaker, leaves: tuple[_Leaf, ...], position: int, depth: int, shared: frozenset[str]
) -> tuple[Cell, ...]:
    leaf = leaves[position]
    cells = [
        Cell(title_with_marks(speaker, item), Look.LEVEL, rows=_span(leaves, position, level))
        for level, item in enumerate(leaf.above)
        if position == 0 or leaves[position - 1].above[level : level + 1] != (item,)
    ]
    standard = standard_of(speaker, leaf.item, shared)
    name = Cell((speaker.name(leaf.item),), Look.LEVEL, columns=depth - len(leaf.above))
    marks = Cell(marks_lines(speaker, leaf.item) or ("—",), Look.FIGURE)
    return (*cells, name, marks, Cell(standard.meaning), Cell(standard.rule), Cell(standard.sources))


def _span(leaves: tuple[_Leaf, ...], position: int, level: int) -> int:
    item = leaves[position].above[level]
    return sum(1 for leaf in leaves[position:] if leaf.above[level : level + 1] == (item,))


def _total_row(speaker: Speaker, depth: int) -> Iterator[tuple[Cell, ...]]:
    full = None if speaker.plan.total_full is None else speaker.plan.total_full
    value = getattr(full, "value", None)
    if isinstance(value, Exact):
        total = Cell((speaker.word("total"),), Look.TOTAL, columns=depth)
        yield (total, Cell((number(value, speaker.language),), Look.TOTAL), Cell((), columns=3))


def _level_heading(speaker: Speaker, level: int, depth: int) -> str:
    if depth == 1:
        return speaker.word("column.indicator")
    return (
        speaker.word(f"column.level-{level}") if level <= _NUMERALS else speaker.word("column.level", level=str(level))
    )


def _widths(depth: int) -> tuple[int, ...]:
    levels = _WIDTHS.get(depth) or (40 // depth,) * depth
    left = 100 - sum(levels) - _MARKS_WIDTH
    sources = left * 22 // 100
    meaning = left * 33 // 100
    return (*levels, _MARKS_WIDTH, meaning, left - meaning - sources, sources)
