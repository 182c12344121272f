"""`ln`, `exp`, `sqrt` and `root`: the real result, correctly rounded to 34 significant digits."""

from __future__ import annotations

from perfrules.functions.signature import Expand, Function, wrong_kind
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, is_bare_number
from perfrules.ir.expressions import Expr, IrrationalFunction, Origin
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Number, Percent, Quantity, Ratio, Unknown


def _of_one(function: IrrationalFunction) -> Expand:
    def expand(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
        [value] = values
        if not _is_plain(value.kind):
            return wrong_kind(value)
        return core.Irrational(function, (value,), kind=_result(value.kind), origin=origin)

    return expand


def _root(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
    value, degree = values
    if not _is_plain(value.kind):
        return wrong_kind(value)
    if not _is_degree(degree):
        return wrong_kind(degree)
    return core.Irrational(IrrationalFunction.ROOT, (value, degree), kind=_result(value.kind), origin=origin)


def _is_degree(expr: Expr) -> bool:
    """Tell whether *expr* is a whole number from 1, as written."""
    if not (is_bare_number(expr) and isinstance(expr, core.Const)):
        return isinstance(expr.kind, Unknown)
    return isinstance(expr.value, Exact) and expr.value.denominator == 1 and expr.value >= 1


def _is_plain(kind: Kind) -> bool:
    """Tell whether a value can be taken a logarithm of: it has no unit besides a count."""
    return isinstance(kind, Number | Ratio | Percent | Unknown) or (isinstance(kind, Quantity) and kind.unit.is_count)


def _result(kind: Kind) -> Kind:
    return kind if isinstance(kind, Number | Unknown) else Ratio()


LN = Function(name="ln", chinese="自然对数", least=1, most=1, expand=_of_one(IrrationalFunction.LN))
EXP = Function(name="exp", chinese="自然指数", least=1, most=1, expand=_of_one(IrrationalFunction.EXP))
SQRT = Function(name="sqrt", chinese="平方根", least=1, most=1, expand=_of_one(IrrationalFunction.SQRT))
ROOT = Function(name="root", chinese="方根", least=2, most=2, expand=_root)
