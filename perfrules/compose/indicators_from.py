"""`indicators from "indicators.csv" as NAME`: one indicator made of a definition for each row of a table.

Columns: `code`, `title`, one of `marks`, `weight` and `bonus`, one for each parameter of the definition, `input` with
what follows that word in a declaration (it is given to the first parameter that has no column; where all have one, to
the first that needs a value and has an empty cell), `evidence`, `note`, `cite`. An empty cell of a parameter leaves its
default; a column that is wholly empty is no column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from perfrules.compose import bodies, calls
from perfrules.compose.callables import Target, meant_by, unknown_call
from perfrules.compose.cells import CellReader
from perfrules.compose.file import File
from perfrules.compose.load import digest
from perfrules.compose.meaning import Meaning
from perfrules.compose.search import why_not_there
from perfrules.compose.sheet import MOST_ROWS, Cell, NoSheet, Sheet, read_sheet
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.ir.plan import SourceIdentity
from perfrules.lang.names import normalise_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.clauses import (
    Amount,
    AmountStyle,
    Clause,
    Indicator,
    IndicatorsFrom,
    Remark,
    RemarkWord,
)
from perfrules.syntax.ast.composition import Definition
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span

_COLUMNS: Final = {
    "code": "code",
    "代码": "code",
    "title": "title",
    "名称": "title",
    "marks": "points",
    "分值": "points",
    "weight": "weight",
    "权重": "weight",
    "bonus": "bonus",
    "加分": "bonus",
    "input": "input",
    "数据": "input",
    "evidence": "evidence",
    "依据材料": "evidence",
    "note": "note",
    "说明": "note",
    "cite": "cite",
    "依据": "cite",
}
_AMOUNTS: Final = ("points", "weight", "bonus")
_REMARKS: Final = ("evidence", "note", "cite")


@frozen(kw_only=True, eq=False)
class _List:
    """A table that is read: its columns by what they mean, those of parameters by name."""

    clause: IndicatorsFrom
    reader: CellReader
    columns: Mapping[str, int]
    parameters: Mapping[str, int]
    first_without: str | None
    needed: tuple[str, ...]
    """The parameters without a default."""

    def takes_input(self, row: tuple[Cell, ...]) -> str | None:
        """Return the parameter that the data of a row are given to; None where each has its value."""
        empty = (name for name in self.needed if name in self.parameters and not _filled(row, self.parameters[name]))
        return self.first_without or next(empty, None)


def listed_indicators(work: Work, file: File, clause: IndicatorsFrom, here: Meaning) -> Iterator[Indicator]:
    """Yield the indicators of a list, each still to be expanded."""
    found = _read(work, file, clause, here)
    if found is None:
        work.is_whole = False
        return
    for number, row in found.reader.sheet.rows:
        yield from _indicator(found, number, row)


def _read(work: Work, file: File, clause: IndicatorsFrom, here: Meaning) -> _List | None:
    call = ast.Call(function=clause.definition, arguments=(), library=clause.library, span=clause.definition.span)
    meant = meant_by(call, file)
    if isinstance(meant, Diagnostic):
        work.report(meant)
    elif not isinstance(meant, Target) or not isinstance(meant.item, Definition):
        if not isinstance(meant, Target) or meant.item is not None:
            work.report(unknown_call(call, file))
    else:
        sheet = _sheet(work, file, clause)
        found = None if sheet is None else _list(work, sheet, clause, meant.item)
        if found is not None and "input" in found.columns and here.file is not None:
            work.report(bodies.not_closed(here, "input", clause.file.span))
        return found
    return None


def _sheet(work: Work, file: File, clause: IndicatorsFrom) -> Sheet | None:
    key = file.home.key(clause.file.value)
    args: dict[str, Argument]
    content = work.loader.search.resource(key)
    sheet = NoSheet(why_not_there(key)) if content is None else read_sheet(content, key)
    if isinstance(sheet, Sheet) and not sheet.rows:
        sheet = NoSheet("no-rows")
    if isinstance(sheet, Sheet) and len(sheet.rows) > MOST_ROWS:
        args = {"size": len(sheet.rows), "what": Word("rows"), "limit": MOST_ROWS}
        where = DataPlace(file=clause.file.value)
        work.report(Diagnostic(Code.DATA_TOO_LARGE, clause.file.span, args=args, where=where))
        return None
    if isinstance(sheet, NoSheet):
        args = {"reason": Word(sheet.reason)}
        where = DataPlace(file=clause.file.value, row=sheet.row)
        work.report(Diagnostic(Code.DATA_UNREADABLE, clause.file.span, args=args, where=where))
        return None
    if key not in work.loader.sources:
        work.loader.sources[key] = sheet.source
        work.loader.identities.append(
            SourceIdentity(kind="table", name=key, version=None, digest=digest(sheet.source.text))
        )
    work.files.setdefault(key, file)
    return sheet


def _list(work: Work, sheet: Sheet, clause: IndicatorsFrom, definition: Definition) -> _List | None:
    known = {parameter.name.text for parameter in definition.parameters}
    columns: dict[str, int] = {}
    parameters: dict[str, int] = {}
    sound = True
    for place, heading in enumerate(sheet.headings):
        if not heading.text and not any(_filled(row, place) for _, row in sheet.rows):
            continue
        name = normalise_name(heading.text)
        found = parameters if name in known else columns
        meaning = name if name in known else _COLUMNS.get(name.casefold())
        if meaning is None or meaning in found:
            work.report(_bad_heading(sheet, heading, known, again=meaning is not None))
            sound = False
        else:
            found[meaning] = place
    if "code" not in columns:
        where = DataPlace(file=clause.file.value, column="code")
        work.report(
            Diagnostic(Code.DATA_UNREADABLE, clause.file.span, args={"reason": Word("columns-missing")}, where=where)
        )
        sound = False
    without = (each.name.text for each in definition.parameters if each.name.text not in parameters)
    found_list = _List(
        clause=clause,
        reader=CellReader(work, sheet),
        columns=columns,
        parameters=parameters,
        first_without=next(without, None),
        needed=tuple(each.name.text for each in definition.parameters if each.default is None),
    )
    return found_list if sound else None


def _filled(row: tuple[Cell, ...], place: int) -> bool:
    return place < len(row) and bool(row[place].text)


def _bad_heading(sheet: Sheet, heading: Cell, known: set[str], *, again: bool) -> Diagnostic:
    at = Span(sheet.source.name, heading.start, heading.start + len(heading.text))
    args: dict[str, Argument] = {"kind": Word("column"), "name": heading.text}
    if again:
        return Diagnostic(Code.DUPLICATE_NAME, at, args=args)
    near = nearest(heading.text, (*known, *_COLUMNS))
    return Diagnostic(Code.UNKNOWN_NAME, at, args={**args, "suggestions": near})


def _indicator(found: _List, number: int, row: tuple[Cell, ...]) -> Iterator[Indicator]:
    def cell(meaning: str) -> Cell | None:
        place = found.columns.get(meaning)
        return row[place] if place is not None and _filled(row, place) else None

    code = cell("code")
    reader = found.reader.in_row(number)
    if code is None:
        reader.report_missing("code", row[0])
        return
    name = Name(text=normalise_name(code.text), span=reader.span(code))
    title = cell("title")
    named = tuple(_arguments(found, reader, row, cell("input")))
    yield Indicator(
        code=name,
        title=None if title is None else Text(value=title.text, span=reader.span(title)),
        amount=_amount(reader, {style: cell(style) for style in _AMOUNTS}),
        clauses=tuple(_remarks(reader, {word: cell(word) for word in _REMARKS})),
        call=ast.Call(
            function=found.clause.definition,
            arguments=(),
            named=named,
            library=found.clause.library,
            span=reader.span(code),
        ),
        span=reader.span(code),
    )


def _arguments(
    found: _List, reader: CellReader, row: tuple[Cell, ...], declared: Cell | None
) -> Iterator[ast.NamedArgument]:
    if declared is not None:
        taking = found.takes_input(row)
        if taking is None:
            reader.report_unneeded("input", declared, found.clause.definition.text)
        else:
            yield _named(taking, reader.input(declared) or calls.nothing(reader.span(declared)))
    for name, place in found.parameters.items():
        if _filled(row, place):
            yield _named(name, reader.expression(row[place]) or calls.nothing(reader.span(row[place])))


def _named(name: str, value: ast.Expression) -> ast.NamedArgument:
    return ast.NamedArgument(name=Name(text=name, span=value.span), value=value, span=value.span)


def _amount(reader: CellReader, cells: Mapping[str, Cell | None]) -> Amount | None:
    for style, cell in cells.items():
        value = None if cell is None else reader.expression(cell)
        if value is not None:
            if isinstance(value, ast.Number) and value.form is ast.NumberForm.POINTS:
                value = evolve(value, form=ast.NumberForm.PLAIN)
            return Amount(style=AmountStyle(style), value=value, span=value.span)
    return None


def _remarks(reader: CellReader, cells: Mapping[str, Cell | None]) -> Iterator[Clause]:
    for word, cell in cells.items():
        if cell is not None:
            text = Text(value=cell.text, span=reader.span(cell))
            yield Remark(word=RemarkWord(word), text=text, span=text.span)
