"""`max`, `min`, `abs`, `sum` and `mean` of listed values."""

from __future__ import annotations

from perfrules.functions.signature import Function, wrong_kind
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, Unified, number, unify
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.lang.kinds import is_numeric


def _listed(values: tuple[Expr, ...]) -> Unified | Misfit:
    """Bring the values to one kind; all must be numbers."""
    strange = next((value for value in values if not is_numeric(value.kind)), None)
    return unify(values) if strange is None else wrong_kind(strange)


def _extreme(op: ArithOp, values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    found = _listed(values)
    if isinstance(found, Misfit):
        return found
    return core.Arith(op, found.operands, kind=found.kind, origin=origin)


def _maximum(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    return _extreme(ArithOp.MAXIMUM, values, origin)


def _minimum(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    return _extreme(ArithOp.MINIMUM, values, origin)


def _sum(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    return _extreme(ArithOp.ADD, values, origin)


def _mean(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    added = _sum(values, origin)
    if isinstance(added, Misfit):
        return added
    return core.Arith(ArithOp.DIVIDE, (added, number(len(values))), kind=added.kind, origin=origin)


def _absolute(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    [value] = values
    if not is_numeric(value.kind):
        return wrong_kind(value)
    return core.Arith(ArithOp.ABSOLUTE, (value,), kind=value.kind, origin=origin)


MAX = Function(name="max", chinese="最大", least=2, most=None, expand=_maximum)
MIN = Function(name="min", chinese="最小", least=2, most=None, expand=_minimum)
SUM = Function(name="sum", chinese="合计", least=2, most=None, expand=_sum)
MEAN = Function(name="mean", chinese="平均", least=2, most=None, expand=_mean)
ABS = Function(name="abs", chinese="绝对值", least=1, most=1, expand=_absolute)
