"""The way from the author's expressions to the core: one object that knows the place and what names mean there.

Every result carries its kind and its origin. What is wrong is reported once and becomes `Broken`, whose kind is unknown
and combines with everything. The work itself is in the modules beside this one, one per family of expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, in_kind
from perfrules.ir.expressions import ArithOp, CompareOp, Expr, Origin
from perfrules.lang.changing import changed
from perfrules.lang.kinds import Choice, Clash, Grade, Kind, Level, Lights, Points, Unknown, YesNo
from perfrules.model import arithmetic, comparisons, dispatch, measures, options, records, references
from perfrules.model.clashes import clash_diagnostic
from perfrules.model.cohorts import Cohorts
from perfrules.model.collector import Problems
from perfrules.model.declared import Declared
from perfrules.model.memo import Memo
from perfrules.model.scope import Scope
from perfrules.model.symbols import IndicatorSymbol
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.tree import Name, Text, Tree
from perfrules.text import Span

_MARKS: Final = Points()


@frozen(eq=False)
class Lowering:
    """Lowers expressions at one place. *fulls* has the full marks of each indicator that has any, by path."""

    scope: Scope
    declared: Declared
    problems: Problems
    memo: Memo = field(factory=Memo)
    cohorts: Cohorts = field(factory=Cohorts)
    fulls: Mapping[str, Expr] = field(factory=lambda: MappingProxyType({}))

    # --- places

    def within(self, scope: Scope) -> Lowering:
        """Return the same at another place."""
        return Lowering(scope, self.declared, self.problems, self.memo, self.cohorts, self.fulls)

    def inside(self, path: str) -> Lowering:
        """Return the same inside the indicator *path* (empty: the ruleset)."""
        return self.within(self.scope.inside(path))

    def with_fulls(self, fulls: Mapping[str, Expr]) -> Lowering:
        """Return the same, knowing what `full`, `A1.full` and `A1.rate` are: full marks by path, as any expression."""
        return changed(self, fulls=fulls)

    def with_record(self, variable: Name, table: Name) -> tuple[Lowering, Expr] | None:
        """Open a table: the place where *variable* stands for a record, and the table; None, reported, if unknown."""
        return records.open_table(self, variable, table)

    # --- expressions

    def expression(self, tree: ast.Expression, expected: Kind | None = None) -> Expr:
        """Lower *tree*; with *expected*, bring it to that kind or report (bare option names are then options)."""
        if expected is None:
            return dispatch.lower(self, tree, None)
        return self.in_kind(tree, expected)

    def lower(self, tree: ast.Expression, hint: Kind | None = None) -> Expr:
        """Lower *tree* as it is; *hint*, the kind its place expects, decides what bare numbers and names mean."""
        return dispatch.lower(self, tree, hint)

    def condition(self, tree: ast.Expression) -> Expr:
        """Lower what must be true or false."""
        return self.converted(dispatch.lower(self, tree, None), YesNo(), operation="a condition")

    def marks(self, tree: ast.Expression) -> Expr:
        """Lower where marks are expected: bare numbers are points; numbers, ratios and counts are accepted."""
        return self.converted(dispatch.lower(self, tree, _MARKS), _MARKS, operation="marks")

    def in_kind(self, tree: ast.Expression, kind: Kind, *, bare: bool = False, operation: str = "value") -> Expr:
        """Lower *tree* and convert it to *kind*; with *bare*, a plain number is taken in the declared unit."""
        if isinstance(kind, Choice | Grade | Level | Lights):
            named = options.option(self, tree, kind)
            if named is not None:
                return named
        return self.converted(dispatch.lower(self, tree, kind), kind, bare=bare, operation=operation)

    def converted(self, expr: Expr, kind: Kind, *, bare: bool = False, operation: str = "value") -> Expr:
        """Convert a lowered expression to *kind*, or report that it cannot be and return `Broken`."""
        found = in_kind(expr, kind, bare=bare)
        if not isinstance(found, Clash):
            return found
        return self.broken(clash_diagnostic(found, operation, (expr, None), expr.origin.span), expr.origin.span)

    # --- parts that scoring methods are made of

    def arithmetic(self, op: ArithOp, operands: tuple[Expr, ...], origin: Origin) -> Expr:
        """Combine lowered operands by a sum, difference, product, quotient, minimum or maximum, kinds checked."""
        return arithmetic.combine(self, op, operands, origin)

    def compare(self, op: CompareOp, left: Expr, right: Expr, origin: Origin) -> Expr:
        """Compare two lowered operands."""
        return comparisons.compare(self, op, (left, right), origin)

    def beside(self, subject: Expr, tree: ast.Expression, *, ordered: bool = True) -> Expr:
        """Lower *tree* so that it can be compared with *subject*: in its unit; option names where it is a choice."""
        return comparisons.beside(self, subject, tree, ordered=ordered)

    def range(self, subject: Expr, tree: ast.Range) -> core.Between:
        """Lower the ends of a range that *subject* may lie in."""
        return comparisons.between(self, subject, tree)

    def among(self, subject: Expr, tree: ast.OneOf | ast.Expression) -> core.Among:
        """Lower the values that *subject* may equal."""
        return comparisons.among(self, subject, tree)

    def inside_choices(self, subject: Expr, tree: ast.Range | ast.OneOf, origin: Origin) -> Expr:
        """Lower the condition that *subject* lies in a range or is one of a list."""
        return comparisons.is_inside(self, subject, tree, origin)

    def option(self, tree: ast.Expression | Name | Text, kind: Kind) -> Expr | None:
        """Return the option, grade, level or light that a bare name or text means; None for anything else."""
        return options.option(self, tree, kind)

    def measure_of(self, path: str) -> Expr | None:
        """Return the lowered measure clause of an indicator (once for all callers); None without one."""
        return measures.measure_of(self, path)

    def indicator(self, tree: ast.Reference) -> IndicatorSymbol | None:
        """Return the indicator a reference names, or report and return None."""
        return references.indicator(self, tree)

    # --- problems

    def report(self, diagnostic: Diagnostic) -> None:
        """Add one problem."""
        self.problems.report(diagnostic)

    def broken(self, diagnostic: Diagnostic, span: Span | None) -> core.Broken:
        """Report, and stand in for what cannot be made."""
        self.report(diagnostic)
        return core.Broken(kind=Unknown(), origin=Origin("broken", span=span))

    def misfit(self, found: Misfit, operation: str, span: Span | None) -> core.Broken:
        """Report two operands of *operation* that do not go together."""
        return self.broken(clash_diagnostic(found.clash, operation, (found.left, found.right), span), span)


def start_lowering(declared: Declared, problems: Problems, tree: Tree | None = None) -> Lowering:
    """Return the lowering of the block of the ruleset *tree*; statistics are numbered in the order of its text."""
    return Lowering(Scope(declared.names), declared, problems, cohorts=Cohorts(tree))
