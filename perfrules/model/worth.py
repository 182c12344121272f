"""What one indicator is worth, and how its children combine: the facts that amounts, checks and nodes share."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.expressions import CombineOp, Expr
from perfrules.ir.plan import MarksStyle
from perfrules.model.block import Block
from perfrules.syntax.ast.clauses import Combine, CombineMethod

UNWEIGHTED = frozenset({CombineOp.SUM, CombineOp.BEST, CombineOp.WORST, CombineOp.FIRST_AVAILABLE, CombineOp.MEDIAN})
REDISTRIBUTING = frozenset({CombineOp.SUM, CombineOp.WEIGHTED_MEAN, CombineOp.GEOMETRIC_MEAN, CombineOp.HARMONIC_MEAN})


@frozen(kw_only=True)
class Worth:
    """*full* is None where there are no full marks (a block that starts from a base, or something reported)."""

    block: Block
    style: MarksStyle
    full: Expr | None
    weight: Expr | None


def is_expression(block: Block) -> bool:
    """Tell whether the author combines the children by an expression."""
    combine = block.first(Combine)
    return combine is not None and not isinstance(combine.method, CombineMethod)


def combine_op(block: Block, children: tuple[Worth, ...]) -> CombineOp:
    """Return how the children combine: as stated, else the mean of what has weights and the sum of what has points."""
    combine = block.first(Combine)
    if combine is not None and isinstance(combine.method, CombineMethod):
        return CombineOp(combine.method.value)
    return CombineOp.WEIGHTED_MEAN if any(child.weight is not None for child in children) else CombineOp.SUM
