"""Conditions: comparisons, ranges, lists. Bare names beside a choice are its options; edges take the subject's unit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import evolve

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, is_bare_number, is_zero, literal_as_marks, scaled
from perfrules.ir.expressions import CompareOp, Expr, LogicOp, Origin
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Clash, Grade, Kind, Points, Quantity, Reason, Unknown, YesNo, compare_kind
from perfrules.model import options
from perfrules.model.written import written
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

CONDITION: Final[Kind] = YesNo()
COMPARISON: Final = Word("comparison")
_ORDERED: Final = frozenset({CompareOp.LESS, CompareOp.AT_MOST, CompareOp.GREATER, CompareOp.AT_LEAST})
_FLIPPED: Final = {
    CompareOp.LESS: CompareOp.GREATER,
    CompareOp.AT_MOST: CompareOp.AT_LEAST,
    CompareOp.GREATER: CompareOp.LESS,
    CompareOp.AT_LEAST: CompareOp.AT_MOST,
}


def comparison(lowering: Lowering, tree: ast.Binary) -> Expr:
    """Lower `left op right`; a bare name on one side may be an option of the other."""
    op = CompareOp(tree.operator.value)
    origin = Origin("expression", op.value, tree.span)
    ordered = op in _ORDERED
    if _may_be_option(lowering, tree.left) and not _may_be_option(lowering, tree.right):
        right = lowering.lower(tree.right, None)
        left = beside(lowering, right, tree.left, ordered=ordered, ranks=True)
    else:
        left = lowering.lower(tree.left, None)
        right = beside(lowering, left, tree.right, ordered=ordered, ranks=True)
    return _compared(lowering, op, (left, right), origin)


def compare(lowering: Lowering, op: CompareOp, operands: tuple[Expr, Expr], origin: Origin) -> Expr:
    """Compare two lowered operands."""
    left, right = operands
    return _compared(lowering, op, (left, _fitted(lowering, left, right, op in _ORDERED, op.value)), origin)


def beside(
    lowering: Lowering, subject: Expr, tree: ast.Expression, *, ordered: bool = True, ranks: bool = False
) -> Expr:
    """Lower what *subject* is compared with: an option of it, or a value that is converted to its unit.

    Options have no order; grades have one where the caller *ranks* them, that is, in a comparison.
    """
    named = options.option(lowering, tree, subject.kind)
    if named is not None and ordered and not (ranks and isinstance(subject.kind, Grade)):
        clash = Clash(Reason.NOT_ORDERED, subject.kind, named.kind)
        return lowering.misfit(Misfit(clash, subject, named), COMPARISON, named.origin.span)
    if named is not None:
        return named
    if isinstance(subject.kind, Unknown) and _may_be_option(lowering, tree):  # of what, is already reported
        return core.Broken(kind=Unknown(), origin=Origin("expression", span=tree.span))
    hint = subject.kind if isinstance(subject.kind, Points) else None
    return _fitted(lowering, subject, lowering.lower(tree, hint), ordered, COMPARISON)


def between(lowering: Lowering, subject: Expr, tree: ast.Range) -> core.Between:
    """Lower the two ends of a range; one that holds no value is reported."""
    low, high = beside(lowering, subject, tree.low), beside(lowering, subject, tree.high)
    report_empty_range(lowering, (low, high), tree)
    return core.Between(low, high, tree.low_closed, tree.high_closed)


def among(lowering: Lowering, subject: Expr, tree: ast.OneOf | ast.Expression) -> core.Among:
    """Lower the values of a list, or one value."""
    listed = tree.options if isinstance(tree, ast.OneOf) else (tree,)
    return core.Among(tuple(beside(lowering, subject, each, ordered=False) for each in listed))


def is_inside(lowering: Lowering, subject: Expr, tree: ast.Range | ast.OneOf, origin: Origin) -> Expr:
    """Lower `x in [a, b)` to two comparisons, `x in one of (…)` to one for each value."""
    if isinstance(tree, ast.OneOf):
        found = among(lowering, subject, tree)
        equal = tuple(_equal(subject, each) for each in found.options)
        return equal[0] if len(equal) == 1 else core.Logic(LogicOp.OR, equal, kind=CONDITION, origin=origin)
    ends = between(lowering, subject, tree)
    assert ends.low is not None
    assert ends.high is not None
    above = CompareOp.AT_LEAST if ends.low_closed else CompareOp.GREATER
    below = CompareOp.AT_MOST if ends.high_closed else CompareOp.LESS
    sides = (
        core.Compare(above, subject, ends.low, kind=CONDITION, origin=Origin("expression", above.value, tree.low.span)),
        core.Compare(
            below, subject, ends.high, kind=CONDITION, origin=Origin("expression", below.value, tree.high.span)
        ),
    )
    return core.Logic(LogicOp.AND, sides, kind=CONDITION, origin=origin)


def _may_be_option(lowering: Lowering, tree: ast.Expression) -> bool:
    name = options.bare_name(tree)
    scope = lowering.scope
    return name is not None and not scope.names_value(name.text) and scope.find_indicator(name.text) is None


def _fitted(lowering: Lowering, subject: Expr, other: Expr, ordered: bool, operation: str) -> Expr:
    """Convert *other* to the unit of *subject*, or report that the two cannot be compared."""
    if isinstance(other.kind, Points):
        subject = literal_as_marks(subject) or subject
    elif isinstance(subject.kind, Points):
        other = literal_as_marks(other) or other
    if lowering.scope.in_test and _is_declared(subject):
        other = _in_declared_unit(other, subject.kind)
    found = compare_kind(
        subject.kind, other.kind, ordered=ordered, left_is_zero=is_zero(subject), right_is_zero=is_zero(other)
    )
    if isinstance(found, Clash):
        return lowering.misfit(Misfit(found, subject, other), operation, other.origin.span)
    return scaled(other, found.right_factor, subject.kind) if found.right_factor != 1 else other


def _is_declared(subject: Expr) -> bool:
    """Tell whether *subject* is an input or an output, whose unit is declared."""
    is_output = isinstance(subject, core.NodeRef) and subject.origin.construct == "output"
    return is_output or isinstance(subject, core.Input)


def _in_declared_unit(other: Expr, kind: Kind) -> Expr:
    """Take a bare number as one of the declared unit, as data would give it."""
    return evolve(other, kind=kind) if isinstance(kind, Quantity) and is_bare_number(other) else other


def _compared(lowering: Lowering, op: CompareOp, operands: tuple[Expr, Expr], origin: Origin) -> Expr:
    left, right = operands
    if isinstance(left.kind, Grade) and op in _ORDERED:
        if isinstance(right, core.Const):
            return _grades(left, op, right, origin)
        if isinstance(left, core.Const):
            return _grades(right, _FLIPPED[op], left, origin)
    return core.Compare(op, left, right, kind=CONDITION, origin=origin)


def _grades(subject: Expr, op: CompareOp, edge: core.Const, origin: Origin) -> Expr:
    """List the grades that `grade >= 良` means; grades are declared best first."""
    assert isinstance(edge.kind, Grade)
    names = edge.kind.names
    place = names.index(str(edge.value))
    better, worse = names[:place], names[place + 1 :]
    taken = better if op in (CompareOp.GREATER, CompareOp.AT_LEAST) else worse
    if op in (CompareOp.AT_LEAST, CompareOp.AT_MOST):
        taken = (*taken, names[place])
    if not taken:
        return core.Const(False, kind=CONDITION, origin=origin)
    equal = tuple(_equal(subject, evolve(edge, value=name)) for name in taken)
    return core.Logic(LogicOp.OR, equal, kind=CONDITION, origin=origin) if len(equal) > 1 else equal[0]


def _equal(subject: Expr, option: Expr) -> core.Compare:
    origin = Origin("expression", CompareOp.EQUAL.value, option.origin.span)
    return core.Compare(CompareOp.EQUAL, subject, option, kind=CONDITION, origin=origin)


def report_empty_range(lowering: Lowering, ends: tuple[Expr, Expr], tree: ast.Range) -> None:
    """Report a range of constants that holds no value."""
    low, high = ends
    if not (isinstance(low, core.Const) and isinstance(high, core.Const) and _holds_nothing(low, high, tree)):
        return
    shown = f"{'[' if tree.low_closed else '('}{written(low)}, {written(high)}{']' if tree.high_closed else ')'}"
    lowering.report(Diagnostic(Code.EMPTY_RANGE, tree.span, args={"range": shown}))


def _holds_nothing(low: core.Const, high: core.Const, tree: ast.Range) -> bool:
    match low.value, high.value:
        case Exact() as bottom, Exact() as top:
            backwards = bottom > top
        case date() as first, date() as last:
            backwards = first > last
        case _:
            return False
    return backwards or (low.value == high.value and not (tree.low_closed and tree.high_closed))
