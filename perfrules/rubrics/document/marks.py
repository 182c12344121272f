"""What stands in the column of marks: full marks, weights, bonuses; where they differ by group, each with its group."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import number_of
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reasons import is_by_group, source_of
from perfrules.explain.words import number
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import MarksStyle, OutlineItem, Plan, Role
from perfrules.ir.walk import everything
from perfrules.rubrics.document.speaker import Speaker


def marks_lines(speaker: Speaker, item: OutlineItem) -> tuple[str, ...]:
    """Return what an indicator is worth, bare numbers for points; nothing where it has no marks of its own."""
    match item.style:
        case MarksStyle.NONE:
            return _full(speaker, item) if item.children else ()
        case MarksStyle.WEIGHT:
            return (_weight(speaker, item),)
        case MarksStyle.BONUS:
            return tuple(speaker.word("marks.bonus", marks=each) for each in _full(speaker, item))
        case MarksStyle.POINTS:
            return _full(speaker, item)


def title_with_marks(speaker: Speaker, item: OutlineItem) -> tuple[str, ...]:
    """Return the lines of a level's cell: its name, and under it what all of it is worth."""
    lines = marks_lines(speaker, item)
    if not lines:
        return (speaker.name(item),)
    if item.style is MarksStyle.WEIGHT:
        return (speaker.name(item), speaker.word("marks.in-brackets-weight", weight=lines[0]))
    if len(lines) == 1:
        key = "marks.in-brackets-one" if lines[0] == "1" else "marks.in-brackets"
        return (speaker.name(item), speaker.word(key, marks=lines[0]))
    return (speaker.name(item), *lines)


def marks_heading(speaker: Speaker, items: tuple[OutlineItem, ...]) -> str:
    """Return the heading of the column: marks, weights or both."""
    weighted = {item.style is MarksStyle.WEIGHT for item in items if item.style is not MarksStyle.NONE}
    if weighted == {True}:
        return speaker.word("column.weight")
    return speaker.word("column.marks-or-weight" if len(weighted) == 2 else "column.marks")


def _full(speaker: Speaker, item: OutlineItem) -> tuple[str, ...]:
    reading = speaker.reading
    known = reading.full(item.code)
    if known is not None:
        return (number(known, speaker.language),)
    node = reading.node(item.code, Role.FULL)
    if node is None:
        return ()
    return _by_group(speaker, source_of(reading, reading.root(node)))


def _by_group(speaker: Speaker, placed: Placed) -> tuple[str, ...]:
    """Write marks that differ by group, a line for each: the keys, then the marks."""
    if not is_by_group(placed):
        return ()
    keys, values = placed.parts[:-1:2], placed.parts[1:-1:2]
    lines = [
        speaker.word("marks.by-group", group=_keys(speaker, key), marks=_bare(speaker, value))
        for key, value in zip(keys, values, strict=True)
    ]
    rest = speaker.word("marks.other-groups")
    return (*lines, speaker.word("marks.by-group", group=rest, marks=_bare(speaker, placed.parts[-1])))


def _keys(speaker: Speaker, condition: Placed) -> str:
    """Return the keys that a row of a table by group stands for."""
    rows = condition.parts if isinstance(condition.expr, core.Logic) else (condition,)
    return speaker.listed(speaker.tell(expr_part(speaker.reading, row.parts[-1].expr)) for row in rows)


def _bare(speaker: Speaker, value: Placed) -> str:
    """Write marks without their unit."""
    known = number_of(speaker.reading, value.expr)
    return speaker.tell(in_words(speaker.reading, value)) if known is None else number(known, speaker.language)


def _weight(speaker: Speaker, item: OutlineItem) -> str:
    weight = _weights(speaker.plan).get(item.code)
    return item.amount_text if weight is None else speaker.tell(expr_part(speaker.reading, weight))


@per_plan
def _weights(plan: Plan) -> Mapping[str, Expr]:
    combined = (part for node in plan.nodes for part in everything(node.expr) if isinstance(part, core.Combine))
    members = (member for each in combined for member in each.members)
    return {member.code: member.weight for member in members if member.weight is not None}
