"""The sheet of calculation: every value on the way to the marks, by a formula that reads cells by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from perfrules.ir.plan import OutlineItem, Role
from perfrules.lang.exact import decimal_places
from perfrules.lang.kinds import Date, Percent, is_numeric
from perfrules.workbook.columns import Column, Columns
from perfrules.workbook.lines import Cell, Line
from perfrules.workbook.sheets.data import DAY
from perfrules.workbook.sheets.writing import shortened
from perfrules.workbook.shown import as_shown
from perfrules.workbook.values import Entity

_MOST_PLACES = 6
_SHARED = (Role.PARAMETER, Role.LET, Role.CHECK)


def calculation_lines(columns: Columns, entities: Sequence[Entity], blank: int, entity_name: str) -> list[Line]:
    """Return a line for each column of entities."""
    shown = sorted((each for each in columns.columns if each.table is None), key=_order(columns))
    return [
        line_of(
            column, columns, [as_shown(entity.show(column), columns.words) for entity in entities], blank, entity_name
        )
        for column in shown
    ]


def _order(columns: Columns) -> Callable[[Column], tuple[int, int]]:
    """Order columns as the rubric does, children before their parent; before them what they share, then the total."""
    places = {code: place for place, code in enumerate(_from_below(columns.plan.outline))}

    def order(column: Column) -> tuple[int, int]:
        node = column.node
        if node.indicator is not None:
            return 1, places.get(node.indicator, 0)
        return (0, 0) if node.role in _SHARED else (2, 0)

    return order


def _from_below(items: Sequence[OutlineItem]) -> Iterator[str]:
    for item in items:
        yield from _from_below(item.children)
        yield item.code


def line_of(column: Column, columns: Columns, shown: Sequence[Cell], blank: int, entity_name: str) -> Line:
    """Return the line of one column of formulas."""
    words = columns.words
    title = words.column_title(column)
    if column.is_step:
        title = words.say("step.of", what=title)
    if column.is_given:
        detail = words.say("given", reason=words.say(f"reason.{column.reason}"))
    else:
        detail = f"={column.formula.text}"
    formula = None if column.is_given else column.formula.text
    if blank and formula is not None:
        formula = f'IF({entity_name}="","",{formula})'
    return Line(
        group=words.group_of(column.node),
        title=title,
        detail=shortened(detail),
        name=column.name,
        cells=shown or [""] * blank,
        formula=formula,
        is_array=column.formula.is_array,
        look=_look(column),
        number_format=_number_format(column),
        width=26 if len(detail) > 60 else 0,
    )


def _look(column: Column) -> str:
    if column.is_given:
        return "given"
    if column.is_step:
        return "step"
    finals = (Role.FINAL, Role.TOTAL, Role.TOTAL_ROUNDED, Role.GRADE)
    return "final" if column.node.role in finals else "formula"


def _number_format(column: Column) -> str:
    kind, near = column.node.kind, column.formula.near
    if column.is_step and column.expr is not None and isinstance(column.expr.kind, Date) and column.shows == "value":
        return DAY
    if column.is_step or column.formula.is_text:
        return ""
    if isinstance(kind, Date):
        return DAY
    if isinstance(kind, Percent):
        return "0.00##%"
    if not is_numeric(kind) or near is None or near.step is None or near.parts > 1 or not near.nearest:
        return ""
    places = decimal_places(near.step)
    if places is None or places > _MOST_PLACES:
        return ""
    return "0." + "0" * places if places and column.node.role is Role.ROUNDED else ""
