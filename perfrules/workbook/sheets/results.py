"""The sheet of results: total, grade, marks, lights, decisions, outputs; nothing of data that do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.ir.plan import OutlineItem
from perfrules.lang.kinds import Kind, Percent, Points
from perfrules.lang.states import State
from perfrules.workbook.columns import Columns
from perfrules.workbook.formula import Formula
from perfrules.workbook.lines import Cell, Line
from perfrules.workbook.shown import as_shown
from perfrules.workbook.values import Entity


@frozen
class _Row:
    node: str
    group: str
    title: str
    look: str = "formula"


def result_lines(columns: Columns, entities: Sequence[Entity], blank: int, fits: str, entity_name: str) -> list[Line]:
    """Return the lines of results; *fits* is the name of the count of data that do not fit."""
    refused = f'"{columns.words.state(State.REFUSED)}"'
    kinds = {node.id: node.kind for node in columns.plan.nodes}
    lines: list[Line] = []
    for row in _rows(columns):
        if row.node not in columns.nodes:
            continue
        formula = f"IF({fits}>0,{refused},{columns.nodes[row.node].text})"
        if blank:
            formula = f'IF({entity_name}="","",{formula})'
        shown: list[Cell] = [as_shown(entity.found[row.node], columns.words) for entity in entities]
        lines.append(
            Line(
                group=row.group,
                title=row.title,
                detail="",
                cells=shown or [""] * blank,
                formula=formula,
                look=row.look,
                number_format=_format(columns.nodes[row.node], kinds[row.node]),
            )
        )
    return lines


def _format(cell: Formula, kind: Kind) -> str:
    if cell.is_text or cell.near is None:
        return ""
    return "0.00######%" if isinstance(kind, Percent) else "0.00##########" if isinstance(kind, Points) else ""


def _rows(columns: Columns) -> Iterator[_Row]:
    plan, words = columns.plan, columns.words
    whole = words.say("results.whole")
    for node in ("rounded total" if "rounded total" in columns.nodes else "total", "grade"):
        yield _Row(node, whole, words.say(f"name.{node}"), "final")
    for item in _flat(plan.outline):
        yield _Row(item.code, words.say("results.marks"), words.item_title(item))
    for item in _flat(plan.outline):
        yield _Row(f"{item.code}/light", words.say("results.lights"), words.item_title(item))
    for group, outlines in (("decisions", plan.decisions), ("alerts", plan.alerts), ("outputs", plan.outputs)):
        for each in outlines:
            yield _Row(each.node, words.say(f"results.{group}"), each.title or each.name)


def _flat(items: Sequence[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _flat(item.children)
