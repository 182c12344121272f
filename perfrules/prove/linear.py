"""Differences of expressions that share parts: `2 * target - target` is `target`, whatever the target."""

from collections.abc import Mapping
from functools import reduce

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.prove.scene import Scene

Combination = Mapping[Expr | None, Exact]
"""How often each part is in a sum; None is the number one."""


def difference(left: Expr, right: Expr, scene: Scene) -> Interval | None:
    """Enclose *left* - *right*; None where one of them may be no number."""
    terms = _plus(_terms(left, scene), _terms(right, scene), Exact(-1))
    enclosed = [interval.point(terms.get(None, Exact(0)))]
    for part, times in terms.items():
        if part is None or times == 0:
            continue
        numbers = scene.quietly(part).numbers
        if numbers is None:
            return None
        enclosed.append(interval.scale(numbers, times))
    return reduce(interval.add, enclosed)


def _terms(expr: Expr, scene: Scene) -> Combination:
    known = scene.quietly(expr).constant
    if isinstance(known, Exact):
        return {None: known}
    match expr:
        case core.Arith(op=ArithOp.ADD, operands=parts):
            found: Combination = {}
            for part in parts:
                found = _plus(found, _terms(part, scene), Exact(1))
            return found
        case core.Arith(op=ArithOp.SUBTRACT, operands=(first, second)):
            return _plus(_terms(first, scene), _terms(second, scene), Exact(-1))
        case core.Arith(op=ArithOp.NEGATE, operands=(inner,)):
            return _plus({}, _terms(inner, scene), Exact(-1))
        case core.Arith(op=ArithOp.MULTIPLY, operands=parts):
            return _product(expr, parts, scene)
        case core.Arith(op=ArithOp.DIVIDE, operands=(above, below)):
            divisor = scene.quietly(below).constant
            if isinstance(divisor, Exact) and divisor != 0:
                return _plus({}, _terms(above, scene), 1 / divisor)
    return {expr: Exact(1)}


def _product(expr: Expr, parts: tuple[Expr, ...], scene: Scene) -> Combination:
    times, open_parts = Exact(1), []
    for part in parts:
        known = scene.quietly(part).constant
        if isinstance(known, Exact):
            times *= known
        else:
            open_parts.append(part)
    return _plus({}, _terms(open_parts[0], scene), times) if len(open_parts) == 1 else {expr: Exact(1)}


def _plus(first: Combination, second: Combination, times: Exact) -> Combination:
    found = dict(first)
    for part, count in second.items():
        found[part] = found.get(part, Exact(0)) + times * count
    return found
