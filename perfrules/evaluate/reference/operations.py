"""Operations on values: what each does once no operand is in a state.

They meet only kinds that the checker lets through; anything else is a defect.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import ArithOp, CompareOp, IrrationalFunction, PartsRule
from perfrules.lang import irrational
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import TO_INTEGER_ABOVE, TO_INTEGER_BELOW, round_exact


def number(value: Value) -> Exact:
    """Return *value*, which is a number."""
    if isinstance(value, Fraction):
        return value
    raise EvaluationDefect(f"a number is needed, not {value!r}")


def condition(value: Value) -> bool:
    """Return *value*, which is true or false."""
    if isinstance(value, bool):
        return value
    raise EvaluationDefect(f"a condition is needed, not {value!r}")


def quotient(dividend: Exact, divisor: Exact) -> Exact:
    """Divide exactly."""
    if divisor == 0:
        raise EvaluationDefect("a divisor is zero")
    return dividend / divisor


def arithmetic(op: ArithOp, values: Sequence[Value]) -> Exact:
    """Apply *op* to numbers."""
    numbers = [number(value) for value in values]
    match op:
        case ArithOp.ADD:
            return sum(numbers, Exact(0))
        case ArithOp.SUBTRACT:
            return numbers[0] - numbers[1]
        case ArithOp.MULTIPLY:
            return product(numbers)
        case ArithOp.DIVIDE:
            return quotient(numbers[0], numbers[1])
        case ArithOp.NEGATE:
            return -numbers[0]
        case ArithOp.ABSOLUTE:
            return abs(numbers[0])
        case ArithOp.MINIMUM:
            return min(numbers)
        case ArithOp.MAXIMUM:
            return max(numbers)
        case ArithOp.POWER:
            return whole_power(numbers[0], numbers[1])
        case _:
            assert_never(op)


def product(numbers: Sequence[Exact]) -> Exact:
    """Multiply."""
    result = Exact(1)
    for factor in numbers:
        result *= factor
    return result


def whole_power(base: Exact, exponent: Exact) -> Exact:
    """Raise to a whole power; zero to the power zero is 1."""
    if exponent.denominator != 1:
        raise EvaluationDefect("an exponent is not whole")
    if base == 0 and exponent < 0:
        raise EvaluationDefect("a negative power of zero")
    return base**exponent.numerator


def parts(rule: PartsRule, distance: Exact, step: Exact) -> Exact:
    """Count the steps that *distance* holds."""
    held = quotient(distance, step)
    match rule:
        case PartsRule.EXACT:
            return held
        case PartsRule.WHOLE:
            return round_exact(held, TO_INTEGER_BELOW)
        case PartsRule.STARTED:
            return round_exact(held, TO_INTEGER_ABOVE)
        case _:
            assert_never(rule)


def compare(op: CompareOp, left: Value, right: Value) -> bool:
    """Compare two values of one kind."""
    if op is CompareOp.EQUAL or op is CompareOp.UNEQUAL:
        if type(left) is not type(right):
            raise EvaluationDefect(f"{left!r} and {right!r} do not compare")
        return (left == right) is (op is CompareOp.EQUAL)
    if isinstance(left, date) and isinstance(right, date):
        return ordered(op, left.toordinal(), right.toordinal())
    return ordered(op, number(left), number(right))


def ordered(op: CompareOp, left: Exact | int, right: Exact | int) -> bool:
    """Compare two numbers by an ordering."""
    match op:
        case CompareOp.LESS:
            return left < right
        case CompareOp.AT_MOST:
            return left <= right
        case CompareOp.GREATER:
            return left > right
        case CompareOp.AT_LEAST:
            return left >= right
        case _:
            raise EvaluationDefect(f"{op} is no ordering")


def interpolate(subject: Exact, points: Sequence[tuple[Exact, Exact]]) -> Exact:
    """Return the height at *subject* of the line through *points*, flat outside its ends."""
    if any(x2 <= x1 for (x1, _), (x2, _) in pairwise(points)):
        raise EvaluationDefect("the points of a curve do not increase")
    first, last = points[0], points[-1]
    if subject <= first[0]:
        return first[1]
    for (x1, y1), (x2, y2) in pairwise(points):
        if subject <= x2:
            return y1 + (y2 - y1) * (subject - x1) / (x2 - x1)
    return last[1]


def hold(x: Exact, floor: Exact | None, ceiling: Exact | None) -> Exact:
    """Raise *x* to *floor*, then cap it at *ceiling*."""
    raised = x if floor is None else max(x, floor)
    return raised if ceiling is None else min(raised, ceiling)


def irrational_result(function: IrrationalFunction, values: Sequence[Value]) -> Exact:
    """Apply an irrational function to numbers in its domain."""
    numbers = [number(value) for value in values]
    try:
        match function:
            case IrrationalFunction.LN:
                return irrational.ln(numbers[0])
            case IrrationalFunction.EXP:
                return irrational.exp(numbers[0])
            case IrrationalFunction.SQRT:
                return irrational.sqrt(numbers[0])
            case IrrationalFunction.ROOT:
                return root(numbers[0], numbers[1])
            case IrrationalFunction.POWER:
                return irrational.power(numbers[0], numbers[1])
            case _:
                assert_never(function)
    except ValueError as refused:
        raise EvaluationDefect(str(refused)) from refused


def root(x: Exact, degree: Exact) -> Exact:
    """Return the root of a whole degree."""
    if degree.denominator != 1:
        raise EvaluationDefect("the degree of a root is not whole")
    return irrational.root(x, degree.numerator)
