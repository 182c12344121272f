"""How the value of an expression is held in generated code, decided when the code is generated.

SCALED: a whole number over a denominator known now. PAIR: two whole numbers, the lower one positive, not reduced.
FRACTION: an exact rational as an object. TRUTH: true or false. OBJECT: a text, a date, a table. NEVER: only ever a
state. A value that can also be in a state has the state in place of the whole number, the upper one of a pair, or the
object.
"""

from enum import Enum
from fractions import Fraction
from math import gcd
from typing import Final

from attrs import evolve, field, frozen

from perfrules.evaluate.trace import StepValue
from perfrules.lang.states import State

MOST_FACTORS: Final = 4
"""Pairs whose lower number is a product of more unknown factors are reduced, lest they grow without end."""
LARGEST_DENOMINATOR: Final = 10**40
"""Values over a larger known denominator are held as pairs or fractions."""


class Rep(Enum):
    """The forms in which generated code holds a value."""

    SCALED = "scaled"
    PAIR = "pair"
    FRACTION = "fraction"
    TRUTH = "truth"
    OBJECT = "object"
    NEVER = "never"


NUMERIC: Final = frozenset((Rep.SCALED, Rep.PAIR, Rep.FRACTION))


class Unknown(Enum):
    """The type of UNKNOWN: no constant."""

    UNKNOWN = "unknown"


@frozen
class Term:
    """The code of a value: `top` (and `bottom`, a number known now or a variable), the states it can be in.

    `constant` is the value where it is known now; `factors` counts the unknown factors of a pair's lower number.
    """

    rep: Rep
    top: str
    bottom: int | str = 1
    states: frozenset[State] = frozenset()
    constant: StepValue | Unknown = field(default=Unknown.UNKNOWN, eq=False)
    factors: int = 0

    @property
    def is_constant(self) -> bool:
        """Whether the value is known now."""
        return self.constant is not Unknown.UNKNOWN

    def stateless(self) -> "Term":
        """Return the same where a state has been ruled out."""
        return evolve(self, states=frozenset())


def literal(number: int) -> str:
    """Write a whole number so that it can stand anywhere."""
    return str(number) if number >= 0 else f"({number})"


def number_term(value: Fraction) -> Term:
    """Hold a number that is known now."""
    return Term(Rep.SCALED, literal(value.numerator), value.denominator, constant=value)


def times(code: str, factor: int) -> str:
    """Multiply by a number known now."""
    if factor == 1:
        return code
    if code == "1":
        return literal(factor)
    return f"{code} * {literal(factor)}"


def pair_code(term: Term) -> tuple[str, str]:
    """Return the code of upper and lower number; the attributes of a Fraction are read directly, which is faster."""
    if term.rep is Rep.FRACTION:
        return f"{term.top}._numerator", f"{term.top}._denominator"
    return term.top, literal(term.bottom) if isinstance(term.bottom, int) else term.bottom


def fraction_code(term: Term) -> str:
    """Return the code of the value as an exact rational."""
    if term.rep is Rep.FRACTION:
        return term.top
    top, bottom = pair_code(term)
    return f"F({top}, {bottom})"


def crossed(left: Term, right: Term) -> tuple[str, str]:
    """Return two whole numbers that compare as the two values do."""
    if left.rep is Rep.SCALED and right.rep is Rep.SCALED:
        a, b = int(left.bottom), int(right.bottom)
        shared = gcd(a, b)
        return times(left.top, b // shared), times(right.top, a // shared)
    (n, d), (m, e) = pair_code(left), pair_code(right)
    return product_code(n, e), product_code(m, d)


def product_code(*codes: str) -> str:
    return " * ".join(code for code in codes if code != "1") or "1"
