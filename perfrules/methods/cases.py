"""`score cases { when COND -> EXPR … otherwise -> EXPR }`: the first case whose condition holds."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Points
from perfrules.methods.lowers import Lowers, Marked
from perfrules.methods.misplaced import unstated
from perfrules.methods.otherwise import after_otherwise
from perfrules.methods.parts import placed
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.scoring import Case, Cases


def expand(score: Cases, lowering: Lowers, marked: Marked) -> Expr:
    """Return the ordered cases; `otherwise` is required, and last."""
    after_otherwise([(case.condition is None, case.span) for case in score.cases], lowering)
    cases = tuple(_case(case, case.condition, lowering) for case in score.cases if case.condition is not None)
    last = next((case for case in score.cases if case.condition is None), None)
    if last is None:
        otherwise: Expr = lowering.broken(unstated("otherwise", "cases", "otherwise -> 0", score.span), score.span)
    else:
        otherwise = placed(lowering.marks(last.value), _origin(last, "value"))
    return core.Select(cases, otherwise, kind=Points(), origin=Origin("cases", "score", score.span))


def _case(case: Case, condition: Expression, lowering: Lowers) -> tuple[Expr, Expr]:
    return (
        placed(lowering.condition(condition), _origin(case, "condition")),
        placed(lowering.marks(case.value), _origin(case, "value")),
    )


def _origin(case: Case, role: str) -> Origin:
    return Origin("case", role, case.span, case.title.value if case.title else None)
