"""Cells of a list of indicators as expressions and declarations, with spans that point into the table."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from perfrules.compose.rewrite import moved
from perfrules.compose.sheet import Cell, Sheet
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, DataPlace, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang.names import is_name, normalise_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.tree import Name
from perfrules.syntax.parse_part import parse_expression, parse_input
from perfrules.text import SourceText, Span


@frozen(eq=False)
class CellReader:
    """Reads the cells of one row of a table."""

    work: Work
    sheet: Sheet
    row: int = 0

    def in_row(self, row: int) -> CellReader:
        """Return the reader of a row."""
        return evolve(self, row=row)

    def span(self, cell: Cell) -> Span:
        """Return where a cell stands."""
        return Span(self.sheet.source.name, cell.start, cell.start + len(cell.text))

    def expression(self, cell: Cell) -> ast.Expression | None:
        """Read an expression; None, reported, where it is none."""
        tree, found = parse_expression(SourceText(self.sheet.source.name, cell.text))
        self._report(found, cell)
        return None if tree is None else moved(tree, self.sheet.source.name, cell.start)

    def input(self, cell: Cell) -> ast.Reference | None:
        """Declare an input, or take the name of one that is declared elsewhere; return the name as an expression."""
        if is_name(cell.text):
            name = Name(text=normalise_name(cell.text), span=self.span(cell))
            return ast.Reference(path=(name,), span=name.span)
        tree, found = parse_input(SourceText(self.sheet.source.name, cell.text))
        self._report(found, cell)
        if tree is None:
            return None
        declared = moved(tree, self.sheet.source.name, cell.start)
        if declared not in self.work.declared:
            self.work.declared.append(declared)
        return ast.Reference(path=(declared.name,), span=declared.name.span)

    def report_missing(self, column: str, cell: Cell) -> None:
        """Say that a row has nothing in a column that it needs."""
        where = DataPlace(file=self.sheet.source.name, row=self.row, column=column)
        args = {"reason": Word("columns-missing")}
        self.work.report(Diagnostic(Code.DATA_UNREADABLE, self.span(cell), args=args, where=where))

    def report_unneeded(self, column: str, cell: Cell, definition: str) -> None:
        """Say that all parameters of the definition have a value without what this cell gives."""
        args: dict[str, Argument] = {"clause": column, "inside": definition, "places": (Word("free-parameter"),)}
        self.work.report(Diagnostic(Code.WRONG_PLACE, self.span(cell), args=args))

    def _report(self, found: Iterable[Diagnostic], cell: Cell) -> None:
        for problem in found:
            self.work.report(_moved(problem, self.sheet.source.name, cell.start))


def _moved(problem: Diagnostic, file: str, offset: int) -> Diagnostic:
    """Return a problem of a cell as one of the table."""

    def there(span: Span) -> Span:
        return Span(file, span.start + offset, span.end + offset)

    others = [Labelled(there(other.span), other.label, args=other.args) for other in problem.others]
    edits = () if problem.fix is None else tuple(Edit(there(each.span), each.new_text) for each in problem.fix.edits)
    fix = None if problem.fix is None else Fix(problem.fix.title, edits, args=problem.fix.args)
    return evolve(problem, at=None if problem.at is None else there(problem.at), others=others, fix=fix)
