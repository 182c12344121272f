"""One value from the records of a table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.numeric_statistics import statistic_of
from perfrules.evaluate.reference.choices import truth
from perfrules.evaluate.reference.context import Evaluation, Record, WithExtras, joined
from perfrules.evaluate.reference.operations import condition, number
from perfrules.evaluate.trace import NOT_EVALUATED, RecordStep, Value
from perfrules.ir.expressions import AggregateOp, Expr, TableAggregate
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.lang.truth import Truth, and_, not_, or_

NOTHING_LEFT: Final[Mapping[AggregateOp, Value]] = {
    AggregateOp.SUM: Exact(0),
    AggregateOp.COUNT: Exact(0),
    AggregateOp.COUNT_DISTINCT: Exact(0),
    AggregateOp.ANY: False,
    AggregateOp.ALL: True,
}
_LOGICAL: Final = (AggregateOp.ANY, AggregateOp.ALL)

Body = Callable[[Expr, Record], Value]


def aggregate(expr: TableAggregate, parts: Sequence[Placed], evaluate: Body) -> Evaluation:
    """Take the records for which the condition holds, and make one value of their bodies."""
    table = yield parts[0]
    if isinstance(table, State):
        return WithExtras(table, ((),))
    if not isinstance(table, tuple):
        raise EvaluationDefect(f"a table is needed, not {table!r}")
    seen = tuple(_look_at(expr, record, evaluate) for record in table)
    counted = [step for step in seen if not (expr.skipping_missing and _is_missing(step))]
    left = [step for step in counted if step[0] is not False]
    short = _short_of_quorum(expr, left)
    if short is not None:
        return WithExtras(short, (seen,))
    if expr.op in _LOGICAL:
        result: Value | None = _three_valued(expr.op, left) if left else None
    else:
        undecided = joined([found for step in left for found in step if found is not NOT_EVALUATED])
        if undecided is not None:
            return WithExtras(undecided, (seen,))
        result = _of_values(expr, left)
    if result is None and expr.empty is not None:
        return WithExtras((yield parts[1]), (seen,))
    if result is None and expr.op not in NOTHING_LEFT:
        raise EvaluationDefect(f"{expr.op} of no records, and nothing is said about that")
    return WithExtras(NOTHING_LEFT[expr.op] if result is None else result, (seen,))


def _look_at(expr: TableAggregate, record: Record, evaluate: Body) -> RecordStep:
    """Evaluate condition and body for one record; the body only where it can matter."""
    taken: Truth = True if expr.where is None else truth(evaluate(expr.where, record))
    needed = expr.body is not None and (taken is True or (expr.op in _LOGICAL and taken is not False))
    return taken, evaluate(expr.body, record) if needed and expr.body is not None else NOT_EVALUATED


def _is_missing(step: RecordStep) -> bool:
    return step[0] is State.MISSING or step[1] is State.MISSING


def _short_of_quorum(expr: TableAggregate, left: Sequence[RecordStep]) -> State | None:
    """Return PENDING for too few records; a state where they may be too few and the bodies could still decide."""
    quorum = expr.quorum or 0
    if len(left) < quorum:
        return State.PENDING
    short = expr.op in _LOGICAL and sum(taken is True for taken, _ in left) < quorum
    return joined([taken for taken, _ in left]) if short else None


def _three_valued(op: AggregateOp, left: Sequence[RecordStep]) -> Truth:
    pairs = [(taken, truth(body)) for taken, body in left if body is not NOT_EVALUATED]
    if op is AggregateOp.ANY:
        return or_(*(and_(taken, body) for taken, body in pairs))
    return and_(*(or_(not_(taken), body) for taken, body in pairs))


def _of_values(expr: TableAggregate, left: Sequence[RecordStep]) -> Value | None:
    """Return the aggregate of the records left; None where it counts as empty."""
    if not left:
        return None
    bodies = [body for _, body in left if body is not NOT_EVALUATED]
    match expr.op:
        case AggregateOp.COUNT:
            return Exact(len(left))
        case AggregateOp.COUNT_DISTINCT:
            return Exact(len(set(bodies)))
        case AggregateOp.SHARE:
            return Exact(sum(condition(body) for body in bodies), len(bodies))
        case AggregateOp.MINIMUM | AggregateOp.MAXIMUM:
            return _extreme(expr.op, bodies)
        case AggregateOp.ANY | AggregateOp.ALL:
            return _three_valued(expr.op, left)
        case _:
            return statistic_of(expr.op, [number(body) for body in bodies], expr.trimming)


def _extreme(op: AggregateOp, bodies: Sequence[Value]) -> Value:
    take = min if op is AggregateOp.MINIMUM else max
    days = [body for body in bodies if isinstance(body, date)]
    return take(days) if len(days) == len(bodies) else take(number(body) for body in bodies)
