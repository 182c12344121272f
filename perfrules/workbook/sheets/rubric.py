"""The sheet of the rubric, as bureaus lay it out: levels merged, marks, the rule, evidence, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from perfrules.explain.blank import blank_reading, measure_in_words, rule_in_words
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.words import say
from perfrules.ir.expressions import Between, Const, Steps
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.lang.exact import Exact, as_text
from perfrules.workbook.paper import Paper, height, rows_of
from perfrules.workbook.wording import Wording

_HEAD = 3
_WIDTHS = (9, 60, 28, 36)


@frozen
class _Leaf:
    """A row of the rubric: the indicators from the first level down to it."""

    path: tuple[OutlineItem, ...]

    @property
    def item(self) -> OutlineItem:
        return self.path[-1]


def write_rubric(paper: Paper, plan: Plan, words: Wording, name: str, notes: Sequence[str]) -> None:
    """Write the sheet."""
    leaves = [_Leaf(path) for path in _paths(plan.outline, ())]
    levels = max((len(leaf.path) for leaf in leaves), default=1)
    sheet = paper.sheet(name, repeat=(_HEAD, _HEAD))
    sheet.write_string(0, 0, plan.title or plan.name, paper.look("title"))
    sheet.set_row(0, 24)
    sheet.merge_range(1, 0, 1, levels + 3, "\n".join(notes), paper.look("note"))
    sheet.set_row(1, height(sum(rows_of(note, 110) for note in notes)))
    reading = blank_reading(plan)
    headings = [words.say(f"rubric.level.{level + 1}") for level in range(levels)]
    headings += [words.say(f"rubric.{key}") for key in ("marks", "rule", "evidence", "sources")]
    for column, heading in enumerate(headings):
        sheet.write_string(_HEAD, column, heading, paper.look("heading"))
        sheet.set_column(column, column, 20 if column < levels else _WIDTHS[column - levels])
    row = _HEAD + 1
    _write_levels(paper, sheet, leaves, levels, plan, words)
    for leaf in leaves:
        texts = (
            _marks(leaf.item, plan),
            _rule(reading, leaf.item, words),
            "\n".join(leaf.item.evidence),
            _sources(leaf),
        )
        for column, text in enumerate(texts):
            sheet.write_string(row, levels + column, text, paper.look("marks" if column == 0 else "text"))
        own = rows_of(_level(leaf.item, plan, words, len(leaf.path) < levels), 20)
        sheet.set_row(
            row, height(max(own, *(rows_of(text, width) for text, width in zip(texts, _WIDTHS, strict=True))))
        )
        row += 1
    _write_rest(paper, sheet, row + 1, levels + 3, _rest(plan, reading, words))
    sheet.freeze_panes(_HEAD + 1, 0)


def _paths(items: Sequence[OutlineItem], above: tuple[OutlineItem, ...]) -> Iterator[tuple[OutlineItem, ...]]:
    for item in items:
        path = (*above, item)
        if item.children:
            yield from _paths(item.children, path)
        else:
            yield path


def _write_levels(paper: Paper, sheet: Any, leaves: Sequence[_Leaf], levels: int, plan: Plan, words: Wording) -> None:
    for level in range(levels):
        first = 0
        while first < len(leaves):
            path = leaves[first].path
            item = path[level] if level < len(path) else None
            last = first
            while item is not None and last + 1 < len(leaves) and leaves[last + 1].path[level : level + 1] == (item,):
                last += 1
            _write_level(paper, sheet, (first, last, level), item, plan, words)
            first = last + 1


def _write_level(
    paper: Paper, sheet: Any, place: tuple[int, int, int], item: OutlineItem | None, plan: Plan, words: Wording
) -> None:
    first, last, level = place
    text = "" if item is None else _level(item, plan, words, bool(item.children))
    top, look = _HEAD + 1 + first, paper.look("level" if item is not None and item.children else "text")
    if last > first:
        sheet.merge_range(top, level, _HEAD + 1 + last, level, text, look)
    else:
        sheet.write_string(top, level, text, look)


def _level(item: OutlineItem, plan: Plan, words: Wording, with_marks: bool) -> str:
    title = words.item_title(item)
    marks = _marks(item, plan) if with_marks and item.children else ""
    return words.say("rubric.with-marks", title=title, marks=marks) if marks else title


def _marks(item: OutlineItem, plan: Plan) -> str:
    full = next((node.expr for node in plan.nodes if node.id == f"{item.code}/full"), None)
    if isinstance(full, Const) and isinstance(full.value, Exact):
        return as_text(full.value)
    return item.amount_text


def _sources(leaf: _Leaf) -> str:
    item = leaf.item
    return "\n".join((*item.citations, *item.notes, *((item.missing_policy,) if item.missing_policy else ())))


def _rest(plan: Plan, reading: Reading, words: Wording) -> list[tuple[str, list[str]]]:
    vetoes = [f"{veto.reason}：{_condition(reading, veto.node, words)}" for veto in plan.vetoes]
    decisions = [f"{each.title or each.name}：{_condition(reading, each.node, words)}" for each in plan.decisions]
    grades = list(_grades(plan)) or ([" > ".join(plan.grades)] if plan.grades else [])
    sections = (("vetoes", vetoes), ("grades", grades), ("decisions", decisions), ("citations", list(plan.citations)))
    return [(words.say(f"rubric.{key}"), texts) for key, texts in sections if texts]


def _rule(reading: Reading, item: OutlineItem, words: Wording) -> str:
    """Say what an indicator measures and how it earns its marks."""
    measured = measure_in_words(reading, item.code)
    told = [] if measured is None else [words.say("rubric.measure", measure=say(measured, words.language))]
    return "\n".join([*told, *(say(part, words.language) for part in rule_in_words(reading, item.code))])


def _condition(reading: Reading, node: str, words: Wording) -> str:
    return say(in_words(reading, reading.root(node)), words.language)


def _grades(plan: Plan) -> Iterator[str]:
    """Yield each grade with where it begins, where that is a number."""
    reached = next((node.expr for node in plan.nodes if node.id in ("grade/reached", "grade")), None)
    if not isinstance(reached, Steps):
        return
    for step in reached.steps:
        if not isinstance(step.takes, Between) or not isinstance(step.value, Const):
            continue
        low, high = step.takes.low, step.takes.high
        if isinstance(low, Const) and isinstance(low.value, Exact):
            yield f"{step.value.value} {'≥' if step.takes.low_closed else '>'} {as_text(low.value)}"
        elif isinstance(high, Const) and isinstance(high.value, Exact):
            yield f"{step.value.value} {'≤' if step.takes.high_closed else '<'} {as_text(high.value)}"
    if isinstance(reached.otherwise, Const):
        yield str(reached.otherwise.value)


def _write_rest(paper: Paper, sheet: Any, row: int, last: int, sections: Sequence[tuple[str, Sequence[str]]]) -> None:
    for heading, texts in sections:
        sheet.write_string(row, 0, heading, paper.look("section"))
        for text in texts:
            row += 1
            sheet.merge_range(row, 0, row, last, text, paper.look("plain"))
            sheet.set_row(row, height(rows_of(text, 150)))
        row += 2
