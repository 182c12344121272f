"""Marks that are shared out among children whose full marks or weights can add up to zero."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.ir.expressions import Combine, CombineOp, Expr, Member, ShareRule
from perfrules.ir.plan import Node
from perfrules.lang.states import State
from perfrules.prove.checks.context import Context
from perfrules.prove.scene import Visit
from perfrules.prove.wording import expression_text

_BY_WEIGHT: Final = (CombineOp.WEIGHTED_MEAN, CombineOp.GEOMETRIC_MEAN, CombineOp.HARMONIC_MEAN)


def zero_shares(context: Context) -> Iterator[Diagnostic]:
    """Yield an error where what is left to share among can be nothing."""
    for node, visit, combine in context.places(Combine):
        if visit.value.reported:
            continue
        members = [member for member in combine.members if not member.bonus]
        if combine.op in _BY_WEIGHT:
            yield from _all_zero(node, combine, visit, [(member, member.weight) for member in members])
        elif combine.op is CombineOp.SUM and combine.share is not None and combine.share is not ShareRule.LOST:
            yield from _all_zero(node, combine, visit, [(member, member.full) for member in members])
            yield from _taker(node, combine, visit, members)


def _all_zero(
    node: Node, combine: Combine, visit: Visit, sizes: Sequence[tuple[Member, Expr | None]]
) -> Iterator[Diagnostic]:
    known = [(visit.of(member.value), size, visit.of(size)) for member, size in sizes if size is not None]
    certain = [(expr, size) for marks, expr, size in known if State.EXCLUDED not in marks.states]
    can_stay = [(expr, size) for marks, expr, size in known if marks.numbers is not None and size.zero_possible]
    left = certain or can_stay
    if left and all(size.zero_possible for _, size in left):
        yield _diagnostic(node, combine, [expr for expr, _ in left])


def _taker(node: Node, combine: Combine, visit: Visit, members: Sequence[Member]) -> Iterator[Diagnostic]:
    for member in members:
        if combine.share is ShareRule.TO and member.code == combine.to and member.full is not None:
            can_leave = any(State.EXCLUDED in visit.of(other.value).states for other in members if other is not member)
            if can_leave and visit.of(member.full).zero_possible:
                yield _diagnostic(node, combine, [member.full])


def _diagnostic(node: Node, combine: Combine, sizes: Sequence[Expr]) -> Diagnostic:
    text = " + ".join(expression_text(size) for size in sizes)
    args: dict[str, Argument] = {"expression": text, "suggestion": (f"applies when {text} > 0 otherwise excluded",)}
    return Diagnostic(Code.ZERO_DENOMINATOR, at=combine.origin.span or node.origin.span, args=args)
