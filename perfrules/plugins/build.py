"""The builder of expanding methods: it puts terms together by the rules of the language and refuses what that refuses.

Everything is exact; a float is refused wherever it would enter. What is built carries the place of the call, so that
every problem and every step of an explanation points there.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.arithmetic import combine_two, terms_as_marks
from perfrules.ir.conversion import Misfit, is_zero, literal_as_marks, scaled, unify
from perfrules.ir.expressions import ArithOp, CompareOp, Expr, LogicOp, Origin
from perfrules.lang.kinds import Clash, Kind, Points, Quantity, YesNo, compare_kind, is_numeric
from perfrules.lang.rounding import Decimals, Mode, Rounding, ToStep
from perfrules.plugins.signature import PLAIN, unit_meant
from perfrules.plugins.term import BuildError, Term, expr_of, term_of

Constant = Fraction | int | bool | str | date
_ORDERED: Final = frozenset({CompareOp.LESS, CompareOp.AT_MOST, CompareOp.GREATER, CompareOp.AT_LEAST})
_MOST_POWER: Final = 20


def constant(value: Constant, kind: str = "number") -> Term:
    """Make a constant: `constant(3)`, `constant(Fraction(19, 20), "%")` is 95%, `constant(5, "points")`."""
    unit = unit_meant(kind)
    meant: Kind | None = PLAIN.get(kind) if unit is None else Quantity(unit)
    if meant is None:
        raise BuildError(f"there is no kind {kind!r}")
    if is_numeric(meant):
        return term_of(core.Const(_exact(value), kind=meant, origin=Origin("literal")))
    wanted = {"yes/no": bool, "date": date, "text": str}[kind]
    if type(value) is not wanted or not isinstance(value, bool | date | str):
        raise BuildError(f"{value!r} is not of kind {kind!r}")
    return term_of(core.Const(value, kind=meant, origin=Origin("literal")))


def add(first: Term, *others: Term) -> Term:
    """Add."""
    return _chain(ArithOp.ADD, "+", first, *others)


def subtract(left: Term, right: Term) -> Term:
    """Subtract *right* from *left*; a difference of percentages is in percentage points."""
    return _chain(ArithOp.SUBTRACT, "-", left, right)


def multiply(first: Term, *others: Term) -> Term:
    """Multiply."""
    return _chain(ArithOp.MULTIPLY, "*", first, *others)


def divide(dividend: Term, divisor: Term) -> Term:
    """Divide. The checker demands of the ruleset that *divisor* cannot be zero; guard it with `select` if it may."""
    return _chain(ArithOp.DIVIDE, "/", dividend, divisor)


def negate(term: Term) -> Term:
    """Return the opposite."""
    return _of_one(ArithOp.NEGATE, term)


def absolute(term: Term) -> Term:
    """Drop the sign."""
    return _of_one(ArithOp.ABSOLUTE, term)


def power(base: Term, exponent: int) -> Term:
    """Multiply *base*, a plain number or a ratio, with itself."""
    if isinstance(exponent, bool) or not isinstance(exponent, int) or not 1 <= exponent <= _MOST_POWER:
        raise BuildError(f"an exponent is a whole number from 1 to {_MOST_POWER}, not {exponent!r}")
    return multiply(*[base] * exponent)


def minimum(*terms: Term) -> Term:
    """Return the least of two or more."""
    return _extreme(ArithOp.MINIMUM, "min", terms)


def maximum(*terms: Term) -> Term:
    """Return the greatest of two or more."""
    return _extreme(ArithOp.MAXIMUM, "max", terms)


def compare(left: Term, operator: str, right: Term) -> Term:
    """Compare by `=`, `!=`, `<`, `<=`, `>` or `>=`."""
    try:
        op = CompareOp(operator)
    except ValueError:
        raise BuildError(f"there is no comparison {operator!r}") from None
    a, b = expr_of(left), expr_of(right)
    if isinstance(b.kind, Points):
        a = literal_as_marks(a) or a
    elif isinstance(a.kind, Points):
        b = literal_as_marks(b) or b
    found = compare_kind(a.kind, b.kind, ordered=op in _ORDERED, left_is_zero=is_zero(a), right_is_zero=is_zero(b))
    if isinstance(found, Clash):
        raise _clash(operator, found)
    b = scaled(b, found.right_factor, a.kind) if found.right_factor != 1 else b
    return term_of(core.Compare(op, a, b, kind=YesNo(), origin=_origin(operator)))


def all_of(*conditions: Term) -> Term:
    """Tell whether every condition holds."""
    return _logic(LogicOp.AND, conditions)


def any_of(*conditions: Term) -> Term:
    """Tell whether any condition holds."""
    return _logic(LogicOp.OR, conditions)


def not_(condition: Term) -> Term:
    """Tell whether a condition does not hold."""
    return _logic(LogicOp.NOT, (condition,))


def select(*cases: tuple[Term, Term], otherwise: Term) -> Term:
    """Return the value of the first case whose condition holds, else *otherwise*; only that one is evaluated."""
    conditions = tuple(_condition(condition) for condition, _ in cases)
    values = tuple(expr_of(value) for _, value in cases)
    if not cases:
        return otherwise
    found = unify((*values, expr_of(otherwise)))
    if isinstance(found, Misfit):
        raise _clash("select", found.clash)
    made = tuple(zip(conditions, found.operands[:-1], strict=True))
    return term_of(core.Select(made, found.operands[-1], kind=found.kind, origin=_origin("if")))


def hold(term: Term, low: Term, high: Term) -> Term:
    """Raise *term* to *low*, then cap it at *high*."""
    return minimum(maximum(term, low), high)


def round_to(term: Term, how: str, *, decimals: int | None = None, step: Fraction | int | None = None) -> Term:
    """Round to so many decimals or to multiples of *step*, `half up`, `half even`, `half down`, `ceiling` or `floor`.

    A percentage is rounded as the proportion that it is: 88.64% to 3 decimals is 88.6%.
    """
    try:
        mode = Mode(how)
    except ValueError:
        raise BuildError(f"there is no rounding {how!r}") from None
    if (decimals is None) == (step is None):
        raise BuildError("round_to takes decimals or step, one of them")
    target = Decimals(_whole(decimals)) if step is None else ToStep(_positive(step))
    expr = _number(expr_of(term), "round_to")
    return term_of(core.Round(expr, Rounding(mode, target), kind=expr.kind, origin=Origin("rounding")))


def _chain(op: ArithOp, symbol: str, first: Term, *others: Term) -> Term:
    operands = terms_as_marks(op, tuple(expr_of(term) for term in (first, *others)))
    result = operands[0]
    for operand in operands[1:]:
        found = combine_two(op, result, operand, _origin(symbol))
        if isinstance(found, Misfit):
            raise _clash(symbol, found.clash)
        result = found
    return term_of(result)


def _of_one(op: ArithOp, term: Term) -> Term:
    expr = _number(expr_of(term), op.value)
    return term_of(core.Arith(op, (expr,), kind=expr.kind, origin=_origin(op.value)))


def _extreme(op: ArithOp, name: str, terms: tuple[Term, ...]) -> Term:
    if len(terms) < 2:
        raise BuildError(f"{name} takes two values or more")
    found = unify(tuple(_number(expr_of(term), name) for term in terms))
    if isinstance(found, Misfit):
        raise _clash(name, found.clash)
    return term_of(core.Arith(op, found.operands, kind=found.kind, origin=_origin(name)))


def _logic(op: LogicOp, conditions: tuple[Term, ...]) -> Term:
    operands = tuple(_condition(condition) for condition in conditions)
    if not operands:
        raise BuildError(f"{op.value} takes a condition")
    if len(operands) == 1 and op is not LogicOp.NOT:
        return term_of(operands[0])
    return term_of(core.Logic(op, operands, kind=YesNo(), origin=_origin(op.value)))


def _condition(term: Term) -> Expr:
    expr = expr_of(term)
    if not isinstance(expr.kind, YesNo):
        raise BuildError(f"a condition is needed, not {_word(expr.kind)}")
    return expr


def _number(expr: Expr, operation: str) -> Expr:
    if not is_numeric(expr.kind):
        raise BuildError(f"{operation} needs a number, not {_word(expr.kind)}")
    return expr


def _exact(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, Fraction | int):
        raise BuildError(f"a number is a Fraction or an int, not {value!r}")
    return Fraction(value)


def _positive(step: object) -> Fraction:
    found = _exact(step)
    if found <= 0:
        raise BuildError(f"a step is above zero, not {step!r}")
    return found


def _whole(count: object) -> int:
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise BuildError(f"a number of decimals is a whole number, not {count!r}")
    return count


def _clash(operation: str, found: Clash) -> BuildError:
    return BuildError(f"{operation} does not go with {_word(found.left)} and {_word(found.right)}")


def _word(kind: Kind) -> str:
    if isinstance(kind, Quantity):
        return kind.unit.name
    return next((word for word, each in PLAIN.items() if each == kind), type(kind).__name__.lower())


def _origin(role: str) -> Origin:
    return Origin("expression", role)
