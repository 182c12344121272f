"""How children become a parent: the method, what becomes of excluded shares, and blocks without full marks."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp, Expr, LedgerLine, Member, Origin, ShareRule
from perfrules.ir.plan import MarksStyle
from perfrules.lang.kinds import Points
from perfrules.lang.states import State
from perfrules.methods.misplaced import misplaced
from perfrules.methods.parts import zero
from perfrules.model.block import Block
from perfrules.model.lowering import Lowering
from perfrules.model.marks import full_to_read
from perfrules.model.worth import REDISTRIBUTING, UNWEIGHTED, Worth, combine_op
from perfrules.syntax.ast import clauses as ast
from perfrules.syntax.ast.scoring import Between

_SHARES = {
    ast.SharePolicy.RESCALE: ShareRule.RESCALE,
    ast.SharePolicy.LOST: ShareRule.LOST,
    ast.SharePolicy.TO: ShareRule.TO,
}


def combined_marks(block: Block, worths: Mapping[str, Worth], lowering: Lowering, base: Expr | None = None) -> Expr:
    """Return the marks of a parent; with *base*, or where no child has full marks, a block that adds and subtracts."""
    combine = block.first(ast.Combine)
    span = combine.span if combine is not None else block.span
    if combine is not None and combine.limits is not None and not block.path:
        word = "between" if isinstance(combine.limits, Between) else "unbounded"
        lowering.report(misplaced(word, block.name, (Word("an-indicator"), "total"), combine.limits.span))
    if combine is not None and not isinstance(combine.method, ast.CombineMethod):
        _check_share(block, None, lowering)
        marks = lowering.marks(combine.method)
        return (
            marks if base is None else core.Arith(core.ArithOp.ADD, (base, marks), kind=Points(), origin=marks.origin)
        )
    children = tuple(worths[child.path] for child in block.marked)
    op = combine_op(block, children)
    _check_weights(block, combine, op, children, lowering)
    if base is not None or not any(_is_counted(child) for child in children):
        return _added(base or zero(), children, Origin("combine", CombineOp.SUM.value, span))
    members = tuple(_member(child) for child in children)
    share, to = _check_share(block, op, lowering)
    return core.Combine(op, members, share, to, kind=Points(), origin=Origin("combine", op.value, span))


def _is_counted(child: Worth) -> bool:
    return child.style is not MarksStyle.BONUS and child.full is not None


def _member(child: Worth) -> Member:
    return Member(
        code=child.block.path,
        value=_final(child),
        weight=child.weight,
        full=full_to_read(child.block.path, child),
        bonus=child.style is MarksStyle.BONUS or child.full is None,
    )


def _added(base: Expr, children: tuple[Worth, ...], origin: Origin) -> Expr:
    """Add children without full marks to a base; one that does not apply adds nothing."""
    lines = tuple(
        LedgerLine(1, _or_nothing(child), Origin("combine", "child", child.block.span, child.block.title))
        for child in children
    )
    return core.Ledger(base, lines, (), None, None, kind=Points(), origin=origin)


def _or_nothing(child: Worth) -> Expr:
    origin = Origin("combine", "child", child.block.span)
    return core.Recover(_final(child), State.EXCLUDED, zero(), kind=Points(), origin=origin)


def _final(child: Worth) -> core.NodeRef:
    origin = Origin("combine", "child", child.block.span, child.block.title)
    return core.NodeRef(child.block.path, kind=Points(), origin=origin)


def _check_weights(
    block: Block, combine: ast.Combine | None, op: CombineOp, children: tuple[Worth, ...], lowering: Lowering
) -> None:
    """Report a method that needs weights where there are none, or that leaves them without meaning."""
    if combine is None:
        return
    weighted = any(child.weight is not None for child in children)
    if weighted and op in UNWEIGHTED:
        lowering.report(misplaced(f"combine {op.value}", block.name, (Word("pointed-indicator"),), combine.span))
    elif op is CombineOp.WEIGHTED_MEAN and not weighted:
        lowering.report(misplaced(f"combine {op.value}", block.name, (Word("weighted-indicator"),), combine.span))


def _check_share(block: Block, op: CombineOp | None, lowering: Lowering) -> tuple[ShareRule | None, str | None]:
    """Return the stated policy; report it where nothing is redistributed, or its target is no child that counts."""
    stated = block.first(ast.ExcludedShare)
    if stated is None:
        return None, None
    if op not in REDISTRIBUTING:
        lowering.report(misplaced("excluded share", block.name, ("combine sum", "combine weighted mean"), stated.span))
        return None, None
    if stated.to is None:
        return _SHARES[stated.policy], None
    target = lowering.indicator(stated.to)
    if target is None:
        return ShareRule.RESCALE, None  # an answer was meant
    if target.path not in {child.path for child in block.marked} or _is_bonus(target.tree):
        to = ".".join(name.text for name in stated.to.path)
        codes = tuple(child.short for child in block.marked if child.path != target.path)
        lowering.report(misplaced(to, "excluded share to", codes, stated.to.span))
        return ShareRule.RESCALE, None
    return ShareRule.TO, target.path


def _is_bonus(indicator: ast.Indicator) -> bool:
    return indicator.amount is not None and indicator.amount.style is ast.AmountStyle.BONUS
