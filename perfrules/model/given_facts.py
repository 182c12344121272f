"""What a test gives: values held against the declarations as if they were read from data."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.cell_text import fit_missing
from perfrules.ir.facts_check import Fitted, Form, Refusal, WrittenNumber, fit_number, fit_option, fit_value
from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.lang.kinds import Choice, Grade, Level, Lights, Table, Unknown, is_numeric
from perfrules.lang.names import suggest
from perfrules.lang.states import State
from perfrules.lang.units import UnitTable
from perfrules.model.clashes import kind_word
from perfrules.model.collector import Problems
from perfrules.model.options import bare_name
from perfrules.model.other_results import find_fields
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.declarations import Given, RecordValue
from perfrules.syntax.ast.tree import Text
from perfrules.text import SourceText, Span

GivenValue = ast.Expression | ast.StateWord | tuple[RecordValue, ...]
_FORMS: Final = {
    ast.NumberForm.PLAIN: Form.BARE,
    ast.NumberForm.PERCENT: Form.PERCENT,
    ast.NumberForm.PERCENTAGE_POINTS: Form.PERCENTAGE_POINTS,
    ast.NumberForm.POINTS: Form.POINTS,
}
_SCALED: Final = frozenset({Form.PERCENT, Form.PERCENTAGE_POINTS})


@frozen
class Reading:
    """What is needed to read given values: the units, the author's text, and where problems go.

    *in_file*: values may be cells of a file of examples, which the author's text only names.
    """

    units: UnitTable
    source: SourceText
    problems: Problems
    in_file: bool = False

    def fact(self, declaration: InputDeclaration, value: GivenValue, span: Span) -> FactValue | None:
        """Return the fact, or None where the value does not fit, which is reported at *span*."""
        if isinstance(declaration.kind, Table):
            return self._table(declaration, value, span)
        if isinstance(declaration.kind, Unknown):  # its unit is already reported
            return None
        found = self._fit(declaration, value)
        if isinstance(found, Fitted):
            return found.value
        if found is None:
            self._mismatch(declaration, value, span)
        else:
            self.problems.report(Diagnostic(Code(found.code), span, args=found.args))
        return None

    def records(self, declaration: InputDeclaration, value: tuple[RecordValue, ...]) -> FactValue | None:
        """Return the records of a table, each field held against its declaration."""
        if declaration.external is not None and not declaration.fields:  # of what ruleset, is already reported
            return None
        found = [self._record(declaration, record) for record in value]
        known = tuple(record for record in found if record is not None)
        return known if len(known) == len(found) else None

    def _table(self, declaration: InputDeclaration, value: GivenValue, span: Span) -> FactValue | None:
        if isinstance(value, tuple):
            return self.records(declaration, value)
        if value is ast.StateWord.MISSING and declaration.optional:
            return State.MISSING
        self._mismatch(declaration, value, span)
        return None

    def _record(self, table: InputDeclaration, record: RecordValue) -> MappingProxyType[str, FactValue] | None:
        fields = {field.name: field for field in table.fields}
        values: dict[str, FactValue] = {}
        sound, named = True, set[str]()
        for given in record.fields:
            found = given_fields(table, given)
            named |= {field.name for field in found}
            fact = None
            if len(found) == 1:
                fact = self.fact(found[0], given.value, given.span)
            else:
                name = given.path[-1]
                self.problems.report(unknown_name(name, "column", tuple(suggest(name.text, fields))))
            if fact is None:
                sound = False
            else:
                values[found[0].name] = fact
        absent = [field for field in table.fields if field.name not in named]
        open_ = table.external is not None  # a test gives what its expectations depend on
        self.report_missing([field for field in absent if not field.optional and not open_], record.span)
        values.update((field.name, State.MISSING) for field in absent if field.optional)
        values.update((field.name, State.PENDING) for field in absent if open_ and not field.optional)
        return MappingProxyType(values) if sound and values.keys() >= fields.keys() else None

    def report_missing(self, absent: Sequence[InputDeclaration], span: Span) -> None:
        """Report that a test leaves out what has to be there."""
        if absent:
            names = ", ".join(declaration.name for declaration in absent)
            self.problems.report(Diagnostic(Code.DATA_MISSING, span, args={"name": names}))

    def _fit(self, declaration: InputDeclaration, value: GivenValue) -> Fitted | Refusal | None:
        match value:
            case ast.StateWord.MISSING:
                return fit_missing(declaration)
            case ast.StateWord.PENDING:
                return Fitted(State.PENDING)
            case ast.StateWord() | tuple():
                return None
        if isinstance(declaration.kind, Choice | Level | Grade | Lights):
            chosen = value.colour if isinstance(value, ast.ColourWord) else getattr(bare_name(value), "text", None)
            return None if chosen is None else fit_option(declaration, chosen)
        match value:
            case ast.YesNo() | ast.DateLiteral():
                return self._plain(declaration, fit_value(declaration, value.value))
            case Text():
                return self._plain(declaration, fit_value(declaration, value.value))
        number = self.number(value)
        return (
            None if number is None or not is_numeric(declaration.kind) else fit_number(declaration, number, self.units)
        )

    def _plain(self, declaration: InputDeclaration, found: Fitted | Refusal) -> Fitted | None:
        return found if isinstance(found, Fitted) else None

    def number(self, value: ast.Expression) -> WrittenNumber | None:
        """Return a number as written, perhaps with a minus sign."""
        text = (_cell_text(value) if self.in_file else "") or self.source.span_text(value.span)
        match value:
            case ast.Number():
                form = _FORMS[value.form]
                return WrittenNumber(value=value.value * (100 if form in _SCALED else 1), text=text, form=form)
            case ast.Quantity():
                return WrittenNumber(value=value.value, text=text, form=Form.UNIT, unit=value.unit.text)
            case ast.Unary(operator=ast.UnaryOperator.MINUS):
                found = self.number(value.operand)
                if found is None or found.value < 0:
                    return None
                return WrittenNumber(value=-found.value, text=text, form=found.form, unit=found.unit)
            case _:
                return None

    def _mismatch(self, declaration: InputDeclaration, value: GivenValue, span: Span) -> None:
        given = self.source.span_text(span)
        text = (_cell_text(value) if self.in_file else "") or given.partition("=")[2].strip() or given
        args = {"name": declaration.name, "value": text, "kind": kind_word(declaration.kind)}
        self.problems.report(Diagnostic(Code.TYPE_MISMATCH_IN_TEST, span, args=args))


def _cell_text(value: GivenValue) -> str:
    """Return what stands in the cell of a file that was read as *value*; empty for what no cell holds."""
    match value:
        case ast.Number(digits=text) | ast.Quantity(digits=text) | Text(value=text):
            return text
        case ast.Unary(operator=ast.UnaryOperator.MINUS, operand=operand):
            return f"-{_cell_text(operand)}"
        case ast.YesNo(value=holds):
            return "yes" if holds else "no"
        case ast.DateLiteral(value=day):
            return day.isoformat()
        case ast.Reference(path=path):
            return ".".join(name.text for name in path)
        case ast.StateWord():
            return value.value
    return ""


def given_fields(table: InputDeclaration, given: Given) -> list[InputDeclaration]:
    """Return the fields of *table* that a record gives by this path; of other results codes may be short."""
    path = ".".join(name.text for name in given.path)
    if table.external is not None:
        return find_fields(table.fields, path)
    return [field for field in table.fields if field.name == path]
