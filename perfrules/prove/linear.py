"""Differences of expressions that share parts: `2 * target - target` is `target`, whatever the target."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.prove.scene import Scene

Combination = Mapping[Expr | None, Exact]
"""How often each part is in a sum; None is the number one."""
Look = Callable[[Expr], tuple[Expr, bool]]
"""What to look at in the place of an expression, and whether as a whole."""


def difference(left: Expr, right: Expr, scene: Scene) -> Interval | None:
    """Enclose *left* - *right*; None where one of them may be no number."""
    return enclosed(plus(combination(left, scene), combination(right, scene), Exact(-1)), scene)


def enclosed(terms: Combination, scene: Scene, orders: Iterable[tuple[Expr, Expr]] = ()) -> Interval | None:
    """Enclose a sum; of the pairs in *orders* the first is never above the second, which bounds their difference."""
    left = dict(terms)
    found = [interval.point(left.pop(None, Exact(0)))]
    for low, high in orders:
        times = _taken_together(left[low], left[high])
        if times:
            gap = _gap(scene.quietly(low).numbers, scene.quietly(high).numbers)
            if gap is None:
                return None
            left[low], left[high] = left[low] + times, left[high] - times
            found.append(interval.scale(gap, times))
    for part, times in left.items():
        if part is None or times == 0:
            continue
        numbers = scene.quietly(part).numbers
        if numbers is None:
            return None
        found.append(interval.scale(numbers, times))
    return reduce(interval.add, found)


def _taken_together(low: Exact, high: Exact) -> Exact:
    """Return how often the difference of two parts is in a sum that adds the one and takes off the other."""
    if low < 0 < high:
        return min(-low, high)
    return -min(low, -high) if high < 0 < low else Exact(0)


def _gap(low: Interval | None, high: Interval | None) -> Interval | None:
    if low is None or high is None:
        return None
    return interval.intersect(interval.subtract(high, low), Interval(Exact(0), None))


def _as_written(expr: Expr) -> tuple[Expr, bool]:
    return expr, False


def combination(expr: Expr, scene: Scene, look: Look = _as_written) -> Combination:
    """Return *expr* as a sum of parts, each so many times."""
    known = scene.quietly(expr).constant
    if isinstance(known, Exact):
        return {None: known}
    seen, is_whole = look(expr)
    return {seen: Exact(1)} if is_whole else taken_apart(seen, scene, look)


def taken_apart(expr: Expr, scene: Scene, look: Look) -> Combination:
    """Return *expr* as a sum of what its operands are sums of; itself once if it is no sum."""
    match expr:
        case core.Arith(op=ArithOp.ADD, operands=parts):
            found: Combination = {}
            for part in parts:
                found = plus(found, combination(part, scene, look), Exact(1))
            return found
        case core.Arith(op=ArithOp.SUBTRACT, operands=(first, second)):
            return plus(combination(first, scene, look), combination(second, scene, look), Exact(-1))
        case core.Arith(op=ArithOp.NEGATE, operands=(inner,)):
            return plus({}, combination(inner, scene, look), Exact(-1))
        case core.Arith(op=ArithOp.MULTIPLY, operands=parts):
            return _product(expr, parts, scene, look)
        case core.Arith(op=ArithOp.DIVIDE, operands=(above, below)):
            divisor = scene.quietly(below).constant
            if isinstance(divisor, Exact) and divisor != 0:
                return plus({}, combination(above, scene, look), 1 / divisor)
    return {expr: Exact(1)}


def _product(expr: Expr, parts: tuple[Expr, ...], scene: Scene, look: Look) -> Combination:
    times, open_parts = Exact(1), []
    for part in parts:
        known = scene.quietly(part).constant
        if isinstance(known, Exact):
            times *= known
        else:
            open_parts.append(part)
    return plus({}, combination(open_parts[0], scene, look), times) if len(open_parts) == 1 else {expr: Exact(1)}


def plus(first: Combination, second: Combination, times: Exact) -> Combination:
    """Return the first sum and *times* the second."""
    found = dict(first)
    for part, count in second.items():
        found[part] = found.get(part, Exact(0)) + times * count
    return found
