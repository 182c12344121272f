"""What random rulesets are written with: chance, numbers as text, blocks that can be written in another order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import TypeVar

from attrs import define, field, frozen

Any_ = TypeVar("Any_")

SUFFIXES = {
    "money": " 万元",
    "yuan": " 元",
    "area": " 亩",
    "persons": " persons",
    "days": " days",
    "workdays": " workdays",
    "households": " 户",
}


@define
class Draw:
    """A source of chance that remembers which constructs it was used for."""

    random: Random
    used: set[str] = field(factory=set)

    def use(self, construct: str) -> None:
        """Remember a construct."""
        self.used.add(construct)

    def chance(self, share: float) -> bool:
        """Return True with this probability."""
        return self.random.random() < share

    def pick(self, options: Sequence[Any_]) -> Any_:
        """Return one of *options*."""
        return self.random.choice(options)

    def some(self, options: Sequence[Any_], least: int, most: int) -> list[Any_]:
        """Return some of *options*, in random order."""
        return self.random.sample(options, min(len(options), self.random.randint(least, most)))

    def one(self, makers: Sequence[tuple[float, Callable[[], Any_]]]) -> Any_:
        """Call one of weighted *makers*."""
        weights = [weight for weight, _ in makers]
        return self.random.choices([maker for _, maker in makers], weights)[0]()


@define
class Block:
    """A statement with braces: its own lines and the blocks in it. *ordered*: the order of the blocks in it matters."""

    header: str
    lines: list[str] = field(factory=list)
    children: list[Block] = field(factory=list)
    ordered: bool = False

    def text(self, indent: str = "", shuffled: Random | None = None) -> str:
        """Write the block; in another order where the order has no meaning."""
        lines, children = list(self.lines), list(self.children)
        if shuffled is not None:
            shuffled.shuffle(lines)
            if not self.ordered:
                shuffled.shuffle(children)
        inner = indent + "  "
        written = [inner + line.replace("\n", "\n" + inner) for line in lines]
        written += [child.text(inner, shuffled) for child in children]
        return "\n".join([f"{indent}{self.header} {{", *written, f"{indent}}}"])


@frozen
class Subject:
    """A numeric expression: its text, what it measures, and numbers between which (inclusive) it surely can lie.

    *can_miss*: it may be missing; *can_leave*: it may be excluded; *edges*: where boundaries for data are remembered.
    """

    text: str
    family: str
    low: Fraction
    high: Fraction
    whole: bool = False
    can_miss: bool = False
    edges: tuple[list[Fraction], ...] = ()
    can_leave: bool = False

    def literal(self, value: Fraction) -> str:
        """Write *value* so that it can stand beside this expression, and remember it as a boundary for data."""
        for each in self.edges:
            each.append(value)
        return literal(value, self.family)

    def inner(self, draw: Draw, count: int) -> list[Fraction]:
        """Return up to *count* different numbers strictly between the ends, ascending."""
        width = self.high - self.low
        parts = draw.pick((4, 5, 10, 20))
        steps = sorted(draw.random.sample(range(1, parts), min(count, parts - 1)))
        found = [self.low + width * step / parts for step in steps]
        if self.whole:
            found = [Fraction(round(each)) for each in found]
        return sorted({each for each in found if self.low < each < self.high})


def literal(value: Fraction, family: str) -> str:
    """Write a number of a family as a literal or, where it does not terminate, as a quotient."""
    shown = -value if value < 0 else value
    sign = "-" if value < 0 else ""
    if family in ("percent", "ratio"):
        return sign + _quotient(shown * 100, "%")
    if family == "pp":
        return sign + _quotient(shown * 100, "pp")
    if family == "points":
        return sign + _quotient(shown, " points")
    if family == "money per person":
        return f"{sign}{_quotient(shown, ' 万元')} / 1 persons"
    return sign + _quotient(shown, SUFFIXES.get(family, ""))


def decimal(value: Fraction) -> str | None:
    """Write a number that terminates; None for one that does not.

    >>> decimal(Fraction(5, 8)), decimal(Fraction(1, 3))
    ('0.625', None)
    """
    denominator = value.denominator
    for places in range(12):
        if 10**places % denominator == 0:
            digits = str(abs(value.numerator) * 10**places // denominator).rjust(places + 1, "0")
            whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
            return ("-" if value < 0 else "") + whole + ("." + part if part else "")
    return None


def marks(value: Fraction) -> str:
    """Write marks as a bare number.

    >>> marks(Fraction(7, 2))
    '3.5'
    """
    return decimal(value) or f"{value.numerator} / {value.denominator}"


def _quotient(value: Fraction, suffix: str) -> str:
    written = decimal(value)
    return f"{written}{suffix}" if written else f"{value.numerator}{suffix} / {value.denominator}"
