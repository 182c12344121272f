"""Tests from a file: one per row, columns headed by inputs, judged marks and `expect …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from perfrules.compose.rewrite import AnyTree, with_children
from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Argument
from perfrules.ir.cell_text import read_number
from perfrules.ir.facts_check import Form
from perfrules.lang.calendar import parse_date
from perfrules.lang.kinds import Text as TextKind
from perfrules.lang.names import normalise_name, suggest
from perfrules.model.given_facts import GivenValue
from perfrules.model.symbols import InputSymbol, TableSymbol
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.clauses import Colour
from perfrules.syntax.ast.declarations import Expectation, Given
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.parse_part import parse_records

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering
    from perfrules.model.names import Names
    from perfrules.model.resources import Sheet
    from perfrules.text import Span

EXPECT: Final = ("expect ", "预期 ", "预期")
_WORDS: Final = {
    "total": ast.Word.TOTAL,
    "总分": ast.Word.TOTAL,
    "rounded total": ast.Word.ROUNDED_TOTAL,
    "舍入后总分": ast.Word.ROUNDED_TOTAL,
    "grade": ast.Word.GRADE,
    "评级": ast.Word.GRADE,
}
_ATTRIBUTES: Final = {each.value: each for each in ast.Attribute} | {
    "得分率": ast.Attribute.RATE,
    "计量": ast.Attribute.MEASURE,
    "满分": ast.Attribute.FULL,
}
_STATES: Final = {each.value: each for each in ast.StateWord} | {
    "缺失": ast.StateWord.MISSING,
    "剔除": ast.StateWord.EXCLUDED,
    "待定": ast.StateWord.PENDING,
}
_YES_NO: Final = {"yes": True, "no": False, "是": True, "否": False}
_FORMS: Final = {
    Form.BARE: (ast.NumberForm.PLAIN, 1),
    Form.POINTS: (ast.NumberForm.POINTS, 1),
    Form.PERCENT: (ast.NumberForm.PERCENT, 100),
    Form.PERCENTAGE_POINTS: (ast.NumberForm.PERCENTAGE_POINTS, 100),
}


@frozen(kw_only=True)
class Example:
    """One row as a test: what it gives, what it expects with the words to show and the column, and the row's number.

    *name* is what stands in a first column that is no input.
    """

    row: int
    name: str
    given: tuple[Given, ...]
    expect: tuple[tuple[Expectation, str, str], ...]


def examples(lowering: Lowering, sheet: Sheet, file: Text) -> tuple[Example, ...]:
    """Turn rows into tests; an empty cell gives or expects nothing; a column that means nothing is reported."""
    names = lowering.scope.names
    titled = {
        symbol.declaration.title: name
        for name, symbol in names.plain.items()
        if isinstance(symbol, InputSymbol) and symbol.declaration.title
    }
    headings = [titled.get(normalise_name(heading), normalise_name(heading)) for heading in sheet.headings]
    _report_unknown(lowering, headings, file)
    return tuple(_example(names, headings, cells, (number, file.span)) for number, cells in enumerate(sheet.rows, 2))


def _report_unknown(lowering: Lowering, headings: list[str], file: Text) -> None:
    names = lowering.scope.names
    for heading in headings[1:]:  # the first column may be the name of the case
        if heading not in names.plain and "." not in heading and not heading.startswith(EXPECT):
            args: dict[str, Argument] = {"column": heading, "suggestions": tuple(suggest(heading, names.plain))}
            where = DataPlace(file=file.value, row=1, column=heading)
            lowering.report(Diagnostic(Code.DATA_UNKNOWN_COLUMN, file.span, args=args, where=where))


def _example(names: Names, headings: list[str], cells: tuple[str, ...], place: tuple[int, Span]) -> Example:
    row, span = place
    given: list[Given] = []
    expect: list[tuple[Expectation, str, str]] = []
    for heading, cell in zip(headings, cells, strict=True):
        prefix = next((each for each in EXPECT if heading.startswith(each)), None)
        if not cell:
            continue
        if prefix is not None:
            tree = _expectation(heading[len(prefix) :].strip(), cell, span)
            expect.append((tree, f"{heading[len(prefix) :].strip()} = {cell}", heading))
        elif heading in names.plain or "." in heading:
            path = tuple(Name(text=part, span=span) for part in heading.split("."))
            given.append(Given(path=path, value=_given(names, heading, cell, span), span=span))
    return Example(row=row, name=_name(names, headings, cells), given=tuple(given), expect=tuple(expect))


def _name(names: Names, headings: list[str], cells: tuple[str, ...]) -> str:
    is_named = bool(headings) and headings[0] not in names.plain and not headings[0].startswith(EXPECT)
    return cells[0] if is_named and "." not in headings[0] else ""


def _given(names: Names, heading: str, cell: str, span: Span) -> GivenValue:
    symbol = names.plain.get(heading)
    if isinstance(symbol, InputSymbol) and isinstance(symbol.kind, TextKind):
        return Text(value=cell, span=span)
    if isinstance(symbol, TableSymbol):
        records = parse_records(cell)
        if records is not None:
            return tuple(_placed(record, span) for record in records)
    return _STATES.get(cell) or _literal(cell, span)


def _placed(tree: AnyTree, span: Span) -> AnyTree:
    """Return a tree that was read of a cell, all of it at *span*."""
    return evolve(with_children(tree, lambda child: _placed(child, span)), span=span)


def _expectation(heading: str, cell: str, span: Span) -> Expectation:
    for prefixes, of_kind in _OF_KINDS.items():
        prefix = next((each for each in prefixes if heading.startswith(each)), None)
        if prefix is not None:
            return of_kind(heading[len(prefix) :].strip(), cell, span)
    subject = _subject(heading, span)
    if cell in _STATES:
        return Expectation(condition=ast.IsState(subject=subject, state=_STATES[cell], span=span), span=span)
    equal = ast.Binary(operator=ast.BinaryOperator.EQUAL, left=subject, right=_literal(cell, span), span=span)
    return Expectation(condition=equal, span=span)


def _decision(name: str, cell: str, span: Span) -> Expectation:
    return Expectation(decision=Name(text=name, span=span), negated=_denied(cell), span=span)


def _alert(name: str, cell: str, span: Span) -> Expectation:
    colour = Colour(cell) if cell in {each.value for each in Colour} else None
    return Expectation(alert=Name(text=name, span=span), colour=colour, span=span)


def _veto(reason: str, cell: str, span: Span) -> Expectation:
    return Expectation(veto=Text(value=reason.strip('"“”'), span=span), negated=_denied(cell), span=span)


def _flag(name: str, cell: str, span: Span) -> Expectation:
    return Expectation(flag=Name(text=name, span=span), negated=_denied(cell), span=span)


def _denied(cell: str) -> bool:
    return not _YES_NO.get(cell, True)


_OF_KINDS: Final = {
    ("decision ", "决定 "): _decision,
    ("alert ", "预警 "): _alert,
    ("veto ", "否决 "): _veto,
    ("flag ", "标记 "): _flag,
}


def _subject(heading: str, span: Span) -> ast.Expression:
    if heading in _WORDS:
        return ast.Reserved(word=_WORDS[heading], span=span)
    parts = heading.split(".")
    attribute = _ATTRIBUTES.get(parts[-1]) if len(parts) > 1 else None
    codes = parts if attribute is None else parts[:-1]
    return ast.Reference(path=tuple(Name(text=code, span=span) for code in codes), attribute=attribute, span=span)


def _literal(cell: str, span: Span) -> ast.Expression:
    """Read a cell as the literal it would be in a test; what is no number, date or yes/no is the name of an option."""
    number, day = read_number(cell), parse_date(cell)
    if day is not None:
        return ast.DateLiteral(value=day, span=span)
    if number is not None and number.form is Form.UNIT:
        unit = Name(text=number.unit or "", span=span)
        return ast.Quantity(value=number.value, digits=cell, unit=unit, span=span)
    if number is not None:
        form, per = _FORMS[number.form]
        return ast.Number(value=number.value / per, form=form, digits=cell, span=span)
    if cell in _YES_NO:
        return ast.YesNo(value=_YES_NO[cell], span=span)
    return ast.Reference(path=(Name(text=normalise_name(cell), span=span),), span=span)
