"""The sheet of checks: what is proved and what is not, and every value of the workbook beside the engine's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from perfrules.lang.exact import Exact, as_text
from perfrules.lang.rounding import magnitude
from perfrules.workbook import literals
from perfrules.workbook.columns import Column, Finding
from perfrules.workbook.compiled import Compiled
from perfrules.workbook.layout import Place, letters
from perfrules.workbook.margins import too_close
from perfrules.workbook.paper import Paper, height, rows_of
from perfrules.workbook.proof import Verdict
from perfrules.workbook.sheets.data import DAY
from perfrules.workbook.sheets.writing import write_value
from perfrules.workbook.shown import as_shown
from perfrules.workbook.values import Entity
from perfrules.workbook.wording import Wording

_WIDTHS = (20, 34, 18, 24, 18, 18, 30, 9)
_LAST = len(_WIDTHS) - 1
_LONGEST_EXACT = 60
_COARSE = 10**5


@frozen(kw_only=True)
class Checked:
    """What the sheet tells: of the columns at *places*, for *entities*; *refused* names others, with their problems."""

    compiled: Compiled
    places: Mapping[str, Place]
    entities: Sequence[Entity]
    refused: Sequence[tuple[str, str]]
    about: Sequence[tuple[str, str]]


class _Cursor:
    """The sheet and the next row."""

    def __init__(self, paper: Paper, sheet: Any) -> None:
        self.paper, self.sheet, self.row = paper, sheet, 0

    def section(self, text: str) -> None:
        self.row += 1
        for column in range(_LAST + 1):
            self.sheet.write_blank(self.row, column, None, self.paper.look("section"))
        self.sheet.write_string(self.row, 0, text, self.paper.look("section"))
        self.row += 1

    def sentence(self, text: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, _LAST, text, self.paper.look("plain"))
        self.sheet.set_row(self.row, height(rows_of(text, sum(_WIDTHS) - 10)))
        self.row += 1

    def heading(self, texts: Sequence[str]) -> None:
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, self.paper.look("heading"))
        self.row += 1

    def cells(self, texts: Sequence[str], spread: int) -> None:
        """Write texts side by side, the one at *spread* over what is left of the row."""
        for column, text in enumerate(texts[:spread]):
            self.sheet.write_string(self.row, column, text, self.paper.look("text"))
        text = texts[spread]
        self.sheet.merge_range(self.row, spread, self.row, _LAST, text, self.paper.look("text"))
        lines = [rows_of(each, width) for each, width in zip(texts[:spread], _WIDTHS, strict=False)]
        self.sheet.set_row(self.row, height(max(*lines, rows_of(text, sum(_WIDTHS[spread:])))))
        self.row += 1


def write_check(paper: Paper, name: str, told: Checked) -> None:
    """Write the sheet."""
    columns = told.compiled.columns
    words = columns.words
    sheet = paper.sheet(name, repeat=(0, 0))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    cursor = _Cursor(paper, sheet)
    sheet.write_string(0, 0, words.say("check.title"), paper.look("title"))
    cursor.row = 1
    for label, text in told.about:
        cursor.cells((label, text), 1)
    compared = list(_compared(told))
    count_row = cursor.row
    cursor.row += 2
    _write_exactness(cursor, told, words)
    first = _write_comparison(cursor, told, compared, words) if compared else 0
    _write_counts(cursor, words, count_row, first, len(compared))


def _compared(told: Checked) -> Iterator[tuple[int, Column]]:
    for place in range(len(told.entities)):
        for column in told.compiled.columns.columns:
            if column.table is None and not column.is_step and not column.is_given:
                yield place, column


def _write_counts(cursor: _Cursor, words: Wording, row: int, first: int, count: int) -> None:
    paper, sheet = cursor.paper, cursor.sheet
    sheet.write_string(row, 0, words.say("check.compared"), paper.look("text"))
    sheet.write_number(row, 1, count, paper.look("final"))
    sheet.write_string(row + 1, 0, words.say("check.differences"), paper.look("text"))
    if not count:
        sheet.write_string(row + 1, 1, words.say("check.nothing-compared"), paper.look("text"))
        return
    column = letters(_LAST)
    same = f"COUNTIF(${column}${first + 1}:${column}${first + count},TRUE)"
    sheet.write_formula(row + 1, 1, f"={count}-{same}", paper.look("final"), 0)


def _write_exactness(cursor: _Cursor, told: Checked, words: Wording) -> None:
    columns = told.compiled.columns
    findings = columns.findings
    proved = sum(each.settled.verdict is Verdict.PROVED for each in findings)
    cursor.section(words.say("check.exactness"))
    cursor.sentence(words.say("check.method"))
    cursor.sentence(words.say("check.proved", proved=proved, all=len(findings)))
    for each in told.compiled.reliances:
        key = "check.relies-decimals" if each.decimals is not None else "check.relies-size"
        size = as_text(each.below) if each.below is not None else ""
        cursor.sentence(words.say(key, name=each.name, decimals=each.decimals or 0, size=size))
    for table, most in columns.records.items():
        cursor.sentence(words.say("check.relies-records", table=table, most=as_text(most)))
    _write_not_proved(cursor, told, words)
    given = [column for column in columns.columns if column.is_given]
    if given:
        cursor.section(words.say("check.given"))
        for column in given:
            reason = words.say(f"reason.{column.reason}")
            cursor.cells((words.group_of(column.node), words.column_title(column), column.name, reason), 3)
    if any(column.formula.states for column in columns.columns):
        cursor.section(words.say("check.states"))
        cursor.sentence(words.say("check.states-told"))
    if told.refused:
        cursor.section(words.say("check.refused"))
        for entity, problems in told.refused:
            cursor.cells((entity, problems), 1)


def _write_not_proved(cursor: _Cursor, told: Checked, words: Wording) -> None:
    left = [each for each in told.compiled.columns.findings if each.settled.verdict is not Verdict.PROVED]
    if not left:
        return
    cursor.section(words.say("check.not-proved"))
    heads = ("group", "what", "where", "told")
    cursor.heading([words.say(f"check.head.{head}") for head in heads])
    for finding in dict.fromkeys(left):
        where = words.say(f"kind.{finding.kind}")
        name = told.compiled.columns.nodes[finding.node.id].text
        text = _told(finding, told.entities, words)
        cursor.cells((words.group_of(finding.node), f"{words.node_title(finding.node)} ({name})", where, text), 3)


def _told(finding: Finding, entities: Sequence[Entity], words: Wording) -> str:
    settled = finding.settled
    parts: list[str] = []
    if settled.verdict is Verdict.LIMITED and settled.limit is not None:
        parts.append(words.say("check.limited", limit=as_text(settled.limit / finding.scale)))
    else:
        parts.append(words.say(f"open.{settled.reason}"))
        if settled.digits is not None:
            parts.append(words.say("check.unless", digits=settled.digits))
    close = too_close(finding, entities)
    if entities and close is not None:
        if close:
            parts.append(words.say("check.too-close", names=", ".join(close)))
        else:
            parts.append(words.say("check.none-too-close", count=len(entities)))
    return " ".join(parts)


def _write_comparison(cursor: _Cursor, told: Checked, compared: Sequence[tuple[int, Column]], words: Wording) -> int:
    cursor.section(words.say("check.comparison"))
    heads = ("entity", "group", "what", "name", "workbook", "engine", "exact", "same")
    cursor.heading([words.say(f"check.head.{head}") for head in heads])
    first = cursor.row
    for place, column in compared:
        _write_compared(cursor, told, place, column, words)
        cursor.row += 1
    wrong = {"type": "cell", "criteria": "==", "value": "FALSE", "format": cursor.paper.look("wrong")}
    cursor.sheet.conditional_format(first, _LAST, cursor.row - 1, _LAST, wrong)
    cursor.sheet.autofilter(first - 1, 0, cursor.row - 1, _LAST)
    return first


def _write_compared(cursor: _Cursor, told: Checked, place: int, column: Column, words: Wording) -> None:
    paper, sheet, row = cursor.paper, cursor.sheet, cursor.row
    entity = told.entities[place]
    value = entity.found[column.node.id]
    shown = as_shown(value, words)
    texts = (entity.facts.entity, words.group_of(column.node), words.column_title(column), column.name)
    for index, text in enumerate(texts):
        sheet.write_string(row, index, text, paper.look("formula"))
    form = DAY if isinstance(value, date) else ""
    sheet.write_formula(row, 4, told.places[column.name].address(place), paper.look("formula", form), shown)
    write_value(sheet, (row, 5), shown, paper.look("data", form))
    exact = as_text(value) if isinstance(value, Exact) else ""
    exact = exact if len(exact) <= _LONGEST_EXACT else exact[:_LONGEST_EXACT] + "…"
    sheet.write_string(row, 6, exact, paper.look("exact"))
    sheet.write_formula(row, 7, _same(row + 1, value, column), paper.look("formula"), True)


def _same(row: int, value: object, column: Column) -> str:
    """Compare what is rounded as it is; what is not to the 15 digits that spreadsheets show, or, where differences lose
    digits, to the bound that is proved of the error (none is known: to 10 digits).
    """
    if isinstance(value, bool):
        return f"=E{row}=F{row}"
    if not isinstance(value, Exact):
        return f"=EXACT(E{row},F{row})"
    if column.formula.near is not None and column.formula.near.nearest:
        return f"=E{row}=F{row}"
    unit = Exact(10) ** (magnitude(value) - 14) if value else Exact(1, 10**15)
    bound = None if column.formula.near is None else column.formula.near.error_up_to(abs(value))
    return f"=ABS(E{row}-F{row})<={_power(_COARSE * unit if bound is None else max(unit, bound))}"


def _power(unit: Exact) -> str:
    return f"{literals.cell_number(unit):.2E}"
