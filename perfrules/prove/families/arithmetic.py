"""Arithmetic, parts, holding, rounding: numbers in, numbers out."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import assert_never

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, PartsRule
from perfrules.lang import interval
from perfrules.lang.coverage import round_interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.rounding import TO_INTEGER_ABOVE, TO_INTEGER_BELOW, Decimals, Rounding, ToStep
from perfrules.lang.states import State
from perfrules.prove import lattice
from perfrules.prove.among_members import quotient_among_members, sum_among_members
from perfrules.prove.enclosure import Enclosure, in_interval, nonzero_part
from perfrules.prove.lattice import WHOLE, Lattice
from perfrules.prove.scene import Scene


def states_of(parts: Sequence[Enclosure]) -> frozenset[State]:
    """Return the states that something which needs all *parts* can be in."""
    return frozenset(state for part in parts for state in part.states)


def strict(
    parts: Sequence[Enclosure], apply: Callable[[list[Interval]], Interval | None], step: Lattice = None
) -> Enclosure:
    """Apply an operation on numbers where all *parts* can be numbers; a state of any part is one of the result."""
    numbers = [part.numbers for part in parts if part.numbers is not None]
    states = frozenset() if any(part.is_nothing for part in parts) else states_of(parts)
    if len(numbers) < len(parts):
        return Enclosure(states=states)
    found = apply(numbers)
    return Enclosure(states=states) if found is None else in_interval(found, step, states)


def arithmetic(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose sums, products and the like."""
    assert isinstance(expr, core.Arith)
    parts = [scene.enclose(part) for part in expr.operands]
    match expr.op:
        case ArithOp.ADD:
            added = strict(parts, lambda numbers: reduce(interval.add, numbers), _common(parts))
            return sum_among_members(expr, scene, added)
        case ArithOp.SUBTRACT:
            rest = strict(parts, lambda numbers: interval.subtract(numbers[0], numbers[1]), _common(parts))
            return sum_among_members(expr, scene, rest)
        case ArithOp.MULTIPLY:
            return _product(parts)
        case ArithOp.DIVIDE:
            above, below = expr.operands
            return quotient_among_members(above, below, scene, quotient(parts[0], parts[1]))
        case ArithOp.NEGATE:
            return _same_zero(parts[0], strict(parts, lambda numbers: interval.negate(numbers[0]), parts[0].step))
        case ArithOp.ABSOLUTE:
            return _same_zero(parts[0], strict(parts, lambda numbers: interval.absolute(numbers[0]), parts[0].step))
        case ArithOp.MINIMUM:
            return strict(parts, lambda numbers: reduce(interval.minimum, numbers), _common(parts))
        case ArithOp.MAXIMUM:
            return strict(parts, lambda numbers: reduce(interval.maximum, numbers), _common(parts))
        case ArithOp.POWER:
            return _power(parts[0], parts[1])
        case _:
            assert_never(expr.op)


def quotient(above: Enclosure, below: Enclosure) -> Enclosure:
    """Enclose the quotients by what is not zero in *below*."""
    pieces = [
        strict((above, piece), lambda numbers: interval.divide(numbers[0], numbers[1]), _quotient_step(above, below))
        for piece in _beside_zero(below)
    ]
    found = [piece.numbers for piece in pieces if piece.numbers is not None]
    states = states_of((above, below))
    if not found:
        return Enclosure(states=states)
    return _same_zero(above, in_interval(reduce(interval.hull, found), _quotient_step(above, below), states))


def parts(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose how many steps a distance holds."""
    assert isinstance(expr, core.Parts)
    held = quotient(scene.enclose(expr.distance), scene.enclose(expr.step))
    match expr.rule:
        case PartsRule.EXACT:
            return held
        case PartsRule.WHOLE:
            return _rounded(held, TO_INTEGER_BELOW)
        case PartsRule.STARTED:
            return _rounded(held, TO_INTEGER_ABOVE)
        case _:
            assert_never(expr.rule)


def clamp(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose what is held between limits."""
    assert isinstance(expr, core.Clamp)
    operand = scene.enclose(expr.operand)
    floor = None if expr.floor is None else scene.enclose(expr.floor)
    ceiling = None if expr.ceiling is None else scene.enclose(expr.ceiling)
    return hold(operand, floor, ceiling)


def hold(operand: Enclosure, floor: Enclosure | None, ceiling: Enclosure | None) -> Enclosure:
    """Enclose *operand* raised to *floor*, then cut to *ceiling*."""
    held = operand
    if floor is not None:
        held = strict((held, floor), lambda numbers: interval.maximum(numbers[0], numbers[1]), _common((held, floor)))
    if ceiling is not None:
        both = (held, ceiling)
        held = strict(both, lambda numbers: interval.minimum(numbers[0], numbers[1]), _common(both))
    return held


def rounded(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose what is rounded; rounding never reverses an order."""
    assert isinstance(expr, core.Round)
    return _rounded(scene.enclose(expr.operand), expr.rounding)


def _rounded(operand: Enclosure, rounding: Rounding) -> Enclosure:
    match rounding.target:
        case Decimals(count):
            step: Lattice = Exact(10) ** -count
        case ToStep(size):
            step = size
        case _:
            step = None
    if step is not None and operand.step is not None and (operand.step / step).denominator == 1:
        return operand
    return strict((operand,), lambda numbers: round_interval(numbers[0], rounding), step)


def _product(parts: Sequence[Enclosure]) -> Enclosure:
    step = lattice.product([part.step for part in parts])
    found = strict(parts, lambda numbers: reduce(interval.multiply, numbers), step)
    never_zero = all(not part.zero_possible for part in parts)
    return nonzero_part(found) if never_zero and found.numbers is not None else found


def _power(base: Enclosure, exponent: Enclosure) -> Enclosure:
    times = None if exponent.numbers is None or not exponent.numbers.is_point else exponent.numbers.lo
    if times is None or times.denominator != 1:
        return strict((base, exponent), lambda _: interval.EVERYTHING)
    whole = times.numerator
    step = lattice.product([base.step] * whole) if 0 < whole < 100 else WHOLE if whole == 0 else None
    if whole >= 0:
        return strict((base, exponent), lambda numbers: interval.raise_to(numbers[0], whole), step)
    pieces = [
        strict((piece, exponent), lambda numbers: interval.raise_to(numbers[0], whole)) for piece in _beside_zero(base)
    ]
    found = [piece.numbers for piece in pieces if piece.numbers is not None]
    states = states_of((base, exponent))
    return in_interval(reduce(interval.hull, found), None, states) if found else Enclosure(states=states)


def _beside_zero(one: Enclosure) -> list[Enclosure]:
    """Split *one* into what is below and what is above zero."""
    if one.numbers is None:
        return []
    halves = (Interval(None, Exact(0), False, False), Interval(Exact(0), None, False, False))
    inside = [interval.intersect(one.numbers, half) for half in halves]
    return [in_interval(part, one.step) for part in inside if part is not None and lattice.holds_any(part, one.step)]


def _quotient_step(above: Enclosure, below: Enclosure) -> Lattice:
    if above.step is None or below.numbers is None or not below.numbers.is_point or not below.numbers.lo:
        return None
    return lattice.product([above.step, 1 / abs(below.numbers.lo)])


def _same_zero(operand: Enclosure, found: Enclosure) -> Enclosure:
    """Keep that a result is zero only where its operand is."""
    return found if operand.zero_possible or found.numbers is None else nonzero_part(found)


def _common(parts: Sequence[Enclosure]) -> Lattice:
    return lattice.common([part.step for part in parts])
