"""marks-do-not-add-up: stated full marks are what the children combine to, in every group and at any date."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.ir.expressions import CombineOp, Expr
from perfrules.ir.plan import MarksStyle
from perfrules.lang.exact import Exact, as_text
from perfrules.methods.parts import constant
from perfrules.model.block import Block
from perfrules.model.lowering import Lowering
from perfrules.model.per_group import Case, Groups
from perfrules.model.worth import Worth, combine_op


def check_agreement(
    block: Block,
    stated: Expr,
    combined: Expr,
    *,
    children: tuple[Worth, ...],
    groups: Groups,
    lowering: Lowering,
) -> None:
    """Report the first case in which the stated full marks differ from those of the children."""
    for case in groups.cases((stated, combined)):
        says, found = groups.value(stated, case), groups.value(combined, case)
        if says is not None and found is not None and says != found:
            lowering.report(_disagreement(block, stated, (says, found), children, groups, case))
            return


def check_means_alike(block: Block, children: tuple[Worth, ...], lowering: Lowering) -> None:
    """Report an unweighted mean over children with different full marks: it has no full marks of its own."""
    fulls = [constant(child.full) if child.full is not None else None for child in children]
    known = sorted({full for full in fulls if full is not None})
    if len(known) > 1:
        styles = tuple(f"{as_text(full)} points" for full in known)
        lowering.report(Diagnostic(Code.MIXED_AMOUNTS, at=block.span, args={"code": block.name, "styles": styles}))


def _disagreement(
    block: Block,
    stated: Expr,
    values: tuple[Exact, Exact],
    children: tuple[Worth, ...],
    groups: Groups,
    case: Case,
) -> Diagnostic:
    counted = [child for child in children if child.style is not MarksStyle.BONUS] or list(children)
    parts = [(child, full) for child in counted if (full := _value(child, groups, case)) is not None]
    is_sum = combine_op(block, children) is CombineOp.SUM
    says, found = values
    fulls = [as_text(full) for _, full in parts]
    addends = " + ".join(fulls) if is_sum else f"max({', '.join(fulls)})"
    if len(fulls) == 1 and not case.label:
        addends = ""  # what it adds up to is said already
    args = {
        "code": block.short or Word("the-total"),
        "stated": as_text(says),
        "found": as_text(found),
        "sum": f"{case.label}: {addends}" if case.label else addends,
    }
    others = [
        Labelled(child.block.amount.span, "points-here", args={"points": as_text(full)})
        for child, full in parts
        if child.block.amount is not None
    ]
    at = stated.origin.span or block.span
    return Diagnostic(Code.MARKS_DO_NOT_ADD_UP, at=at, args=args, others=others)


def _value(child: Worth, groups: Groups, case: Case) -> Exact | None:
    return None if child.full is None else groups.value(child.full, case)
