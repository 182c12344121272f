"""Scores as a table for a reader at a terminal: one row per entity, as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click

from perfrules.cli.columns import filled, width_of, wrapped_heading
from perfrules.cli.score_columns import Column, columns_of
from perfrules.cli.shared import words
from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan

_GAP: Final = "  "
_READABLE: Final = 120
"""Wider tables have their headings broken, whatever they are written to."""


def score_table(
    plan: Plan, results: Iterable[Result], lang: str, *, colour: bool = False, width: int | None = None
) -> str:
    """Lay out the results in lines of at most *width*; columns for which there is no room are named below."""
    found, text = tuple(results), words(lang)
    entity = Column(plan.entity_title or plan.entity_name, tuple(result.entity for result in found))
    status = Column(text.text("score.status"), tuple(text.text(f"score.{each.status.value}") for each in found))
    asked = columns_of(plan, found, lang)
    whole = (entity, *asked, status)
    if _width(whole) <= (width or _READABLE):
        return _laid_out(whole, colour)
    first, *between, last = map(_narrowed, whole)
    while width is not None and between and _width((first, *between, last)) > width:
        between.pop()
    table = _laid_out((first, *between, last), colour)
    left_out = tuple(column.heading for column in asked[len(between) :])
    return f"{table}\n{text.text('score.left-out', {'columns': left_out})}\n" if left_out else table


def _narrowed(column: Column) -> Column:
    """Break the heading of a column where its cells are narrower."""
    cells = max((width_of(cell) for cell in column.cells), default=0)
    return Column(wrapped_heading(column.heading, cells), column.cells, column.is_number, column.lights)


def _width(columns: Sequence[Column]) -> int:
    return sum(map(_width_of, columns)) + len(_GAP) * (len(columns) - 1)


def _width_of(column: Column) -> int:
    return max(map(width_of, (*column.heading.split("\n"), *column.cells)))


def _laid_out(columns: Sequence[Column], colour: bool) -> str:
    shown = [_cells(column, colour) for column in columns]
    headings = [_heading(column, colour) for column in columns]
    height = max(map(len, headings))
    above = [
        [*[" " * _width_of(column)] * (height - len(heading)), *heading]
        for column, heading in zip(columns, headings, strict=True)
    ]
    lines = (*zip(*above, strict=True), *zip(*shown, strict=True))
    return "".join(f"{_GAP.join(line).rstrip()}\n" for line in lines)


def _heading(column: Column, colour: bool) -> list[str]:
    width = _width_of(column)
    lines = [filled(line, width, at_right=column.is_number) for line in column.heading.split("\n")]
    return [click.style(line, bold=True) for line in lines] if colour else lines


def _cells(column: Column, colour: bool) -> list[str]:
    width, lights = _width_of(column), dict(column.lights) if colour else {}
    cells = [(filled(cell, width, at_right=column.is_number), lights.get(cell)) for cell in column.cells]
    return [text if light is None else click.style(text, fg=light) for text, light in cells]
