"""`score = EXPR`: the expression is the marks."""

from perfrules.ir.expressions import Expr
from perfrules.methods.lowers import Lowers, Marked
from perfrules.syntax.ast.scoring import ScoreExpression


def expand(score: ScoreExpression, lowering: Lowers, marked: Marked) -> Expr:
    """Return the expression, read as marks."""
    return lowering.marks(score.value)
