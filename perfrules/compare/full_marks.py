"""The children that a parent combines, and full marks that follow from theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.compare.meaning import child_of
from perfrules.compare.sides import Side
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact


def combination_of(side: Side, parent: str | None) -> core.Combine | core.Ledger | None:
    """Return what combines the children of *parent* (None: of the ruleset); None where its own expression does."""
    node = side.nodes.get("total/combined" if parent is None else f"{parent}/score")
    node = node or side.nodes.get("total" if parent is None else parent)
    return None if node is None else next(_combinations(node.expr), None)


def is_combination(expr: core.Expr) -> bool:
    """Tell whether *expr* combines children by one of the methods, or adds them to a base."""
    if isinstance(expr, core.Ledger):
        return expr.origin.construct == "combine"
    return isinstance(expr, core.Combine)


def members_of(side: Side, parent: str | None) -> Mapping[str, core.Member]:
    """Return the children that are combined, by code, in order; those of a sheet as bonuses."""
    found = combination_of(side, parent)
    if isinstance(found, core.Combine):
        return {member.code: member for member in found.members}
    lines = () if found is None else found.lines
    codes = {code: line for line in lines if (code := child_of(line)) is not None}
    return {code: core.Member(code, line.amount, None, None, bonus=True) for code, line in codes.items()}


def follows_children(id_: str, side: Side) -> bool:
    """Tell whether the full marks of the node *id_* are what its children can combine to."""
    code = id_.removesuffix("/full")
    node, combined = side.nodes.get(id_), combination_of(side, code)
    if node is None or not isinstance(combined, core.Combine) or not isinstance(node.expr, core.Const):
        return False
    counted = [member for member in combined.members if not member.bonus]
    fulls = {each.code: each.full.value for each in counted if isinstance(each.full, core.Const)}
    return len(fulls) == len(counted) and node.expr.value == combined_full(combined, fulls)


def combined_full(combined: core.Combine, fulls: Mapping[str, object]) -> Exact | None:
    """Return what full marks of children make for their parent; None where the method does not say."""
    numbers = [value for value in fulls.values() if isinstance(value, Exact)]
    if combined.op is CombineOp.SUM:
        return sum(numbers, Exact(0))
    return max(numbers, default=None) if combined.op is CombineOp.BEST else None


def _combinations(expr: core.Expr) -> Iterator[core.Combine | core.Ledger]:
    for part in everything(expr):
        if isinstance(part, core.Combine | core.Ledger) and is_combination(part):
            yield part
