"""What each indicator is worth: its style of amount, full marks and weight, from its own words or from its children."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.ir.plan import MarksStyle
from perfrules.lang.kinds import Points, Unknown
from perfrules.methods.misplaced import unstated
from perfrules.methods.parts import constant, placed
from perfrules.model.block import Block, Settings, all_blocks
from perfrules.model.checks.amounts_agree import check_agreement, check_means_alike
from perfrules.model.checks.mixed_amounts import styles_differ
from perfrules.model.checks.weights import check_weights
from perfrules.model.lowering import Lowering
from perfrules.model.per_group import Groups
from perfrules.model.worth import Worth, combine_op, is_expression
from perfrules.syntax.ast import clauses as ast
from perfrules.text import Span

_STYLES = {
    ast.AmountStyle.POINTS: MarksStyle.POINTS,
    ast.AmountStyle.WEIGHT: MarksStyle.WEIGHT,
    ast.AmountStyle.BONUS: MarksStyle.BONUS,
}


@frozen
class _Place:
    """What the marks of a block depend on beside itself."""

    lowering: Lowering
    groups: Groups
    settings: Settings
    scales: Mapping[str, Expr | None]


def find_worths(root: Block, lowering: Lowering, groups: Groups, settings: Settings) -> Mapping[str, Worth]:
    """Return what every indicator with marks is worth, by path; the ruleset itself is the empty path."""
    place = _Place(lowering, groups, settings, _scales(root, lowering))
    worths: dict[str, Worth] = {}
    for block in reversed(tuple(all_blocks(root))):
        if block.has_marks:
            worths[block.path] = _worth(block, worths, place)
    return worths


def full_to_read(path: str, worth: Worth) -> Expr | None:
    """Return the full marks as other expressions read them: a constant, or the node that has them."""
    if worth.full is None or constant(worth.full) is not None or not path:
        return worth.full
    return core.NodeRef(f"{path}/full", kind=Points(), origin=worth.full.origin)


def _scales(root: Block, lowering: Lowering) -> dict[str, Expr | None]:
    """Return for each block the top of the scale of its weighted children: its own, or that of the block around it."""
    scales: dict[str, Expr | None] = {}
    waiting: list[tuple[Block, Expr | None]] = [(root, None)]
    while waiting:
        block, around = waiting.pop()
        scale = block.first(ast.Scale)
        top = around if scale is None else _top(scale, lowering.inside(block.path))
        if top is None:
            top = _no_scale(block, lowering)
        scales[block.path] = top
        waiting.extend((child, top) for child in block.children)
    return scales


def _no_scale(block: Block, lowering: Lowering) -> Expr | None:
    """Report weights without a scale; beside points they are reported as such. None where there are no weights."""
    styles = {child.amount.style for child in block.children if child.amount is not None} - {ast.AmountStyle.BONUS}
    if ast.AmountStyle.WEIGHT not in styles:
        return None
    if len(styles) > 1:
        return core.Broken(kind=Unknown(), origin=Origin("scale", "top", block.span))
    return lowering.broken(unstated("scale", block.name, "scale 0 to 100", block.span), block.span)


def _top(scale: ast.Scale, lowering: Lowering) -> Expr:
    return placed(lowering.marks(scale.high), Origin("scale", "top", scale.high.span))


def _worth(block: Block, worths: Mapping[str, Worth], place: _Place) -> Worth:
    children = tuple(worths[child.path] for child in block.marked)
    if not styles_differ(block, children, place.settings, place.lowering):
        check_weights(block, children, place.groups, place.lowering)
    stated = _stated(block, place)
    combined = _combined(block, children, place)
    if stated is not None and combined is not None and not (block.path == "" and place.settings.has_base):
        check_agreement(block, stated, combined, children=children, groups=place.groups, lowering=place.lowering)
    full = stated if stated is not None else combined
    needs_amount = block.path and not place.settings.has_base and (not block.children or is_expression(block))
    if block.amount is None and needs_amount:
        full = place.lowering.broken(unstated(Word("amount"), block.name, "10 points", block.span), block.span)
    return Worth(block=block, style=_style(block, children), full=full, weight=_weight(block, place.lowering))


def _style(block: Block, children: tuple[Worth, ...]) -> MarksStyle:
    """Return the stated style; what holds nothing but bonuses is one."""
    if block.amount is not None:
        return _STYLES[block.amount.style]
    only_bonuses = bool(children) and all(child.style is MarksStyle.BONUS for child in children)
    return MarksStyle.BONUS if only_bonuses and block.path else MarksStyle.NONE


def _stated(block: Block, place: _Place) -> Expr | None:
    """Return the full marks that a block states, or that its weight gives it; None where it states none."""
    if not block.path:
        total = place.settings.total
        if total is None or total.base:
            return None
        return placed(place.lowering.marks(total.value), Origin("full marks", "total", total.value.span))
    if block.amount is None:
        return None
    if block.amount.style is ast.AmountStyle.WEIGHT:
        return place.scales[place.lowering.declared.names.indicators[block.path].parent]
    return placed(place.lowering.marks(block.amount.value), Origin("full marks", "amount", block.amount.span))


def _weight(block: Block, lowering: Lowering) -> Expr | None:
    if block.amount is None or block.amount.style is not ast.AmountStyle.WEIGHT:
        return None
    return placed(lowering.expression(block.amount.value), Origin("weight", "amount", block.amount.span))


def _combined(block: Block, children: tuple[Worth, ...], place: _Place) -> Expr | None:
    """Return what the children of a block can combine to; None without children or where an expression does it."""
    counted = tuple(child for child in children if child.style is not MarksStyle.BONUS) or children
    if not counted or is_expression(block):
        return None
    if any(child.weight is not None for child in counted):
        return place.scales[block.path]
    fulls = tuple(child.full for child in counted if child.full is not None)
    if len(fulls) < len(counted):
        return None
    op = combine_op(block, children)
    if op is core.CombineOp.SUM:
        return _over(ArithOp.ADD, fulls, block.span)
    if op in (core.CombineOp.GEOMETRIC_MEAN, core.CombineOp.HARMONIC_MEAN):
        check_means_alike(block, counted, place.lowering)
    return _over(ArithOp.MAXIMUM, fulls, block.span)


def _over(op: ArithOp, fulls: tuple[Expr, ...], span: Span) -> Expr:
    """Combine full marks: a constant where all are."""
    origin = Origin("full marks", "of the children", span)
    if len(fulls) == 1:
        return placed(fulls[0], origin)
    whole = core.Arith(op, fulls, kind=Points(), origin=origin)
    value = constant(whole)
    return whole if value is None else core.Const(value, kind=Points(), origin=origin)
