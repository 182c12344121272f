"""What a scoring method may ask of the place it stands in; `model.lowering.Lowering` answers it."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir.expressions import Among, ArithOp, Between, Broken, CompareOp, Expr, Origin
from perfrules.lang.kinds import Kind
from perfrules.syntax.ast.expressions import Expression, OneOf, Range
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span


class Lowers(Protocol):
    """Lowers the author's expressions at one place and takes reports."""

    def expression(self, tree: Expression, expected: Kind | None = None) -> Expr:
        """Lower *tree*, brought to the kind *expected* where that is given."""

    def condition(self, tree: Expression) -> Expr:
        """Lower what must be true or false."""

    def marks(self, tree: Expression) -> Expr:
        """Lower where marks are expected."""

    def arithmetic(self, op: ArithOp, operands: tuple[Expr, ...], origin: Origin) -> Expr:
        """Combine lowered operands, units and kinds checked."""

    def compare(self, op: CompareOp, left: Expr, right: Expr, origin: Origin) -> Expr:
        """Compare lowered operands."""

    def beside(self, subject: Expr, tree: Expression, *, ordered: bool = True) -> Expr:
        """Lower *tree* so that it can be compared with *subject*."""

    def range(self, subject: Expr, tree: Range) -> Between:
        """Lower the ends of a range that *subject* may lie in."""

    def among(self, subject: Expr, tree: OneOf | Expression) -> Among:
        """Lower the values that *subject* may equal."""

    def with_record(self, variable: Name, table: Name) -> tuple[Lowers, Expr] | None:
        """Return the place where *variable* stands for a record, and the table; None where there is no such table."""

    def converted(self, expr: Expr, kind: Kind, *, bare: bool = False, operation: str = "value") -> Expr:
        """Convert a lowered expression to *kind*."""

    def report(self, diagnostic: Diagnostic) -> None:
        """Add one problem."""

    def broken(self, diagnostic: Diagnostic, span: Span | None) -> Broken:
        """Report, and stand in for what cannot be made."""


@frozen(kw_only=True)
class Marked:
    """The indicator a method scores: its full code, its title, its full marks (None: it has none), its place."""

    code: str
    title: str | None
    full: Expr | None
    span: Span
