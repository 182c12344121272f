"""The Gini coefficient of amounts of money: 0 where all are equal, (n − 1) ÷ n where one has everything.

    Σ |xᵢ − xⱼ| over all pairs ÷ (n × Σ xᵢ)

It computes: no expression of the language sorts or pairs its arguments, so perfrules knows only the range declared.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from perfrules.plugins import Interval, Parameter, Shown, Signature
from perfrules_example_plugin import __version__


class Gini:
    """`gini(a, b, c, …)`: a ratio. Where all amounts are zero nobody has more than another, and it is 0."""

    name = "gini"
    version = __version__
    signature = Signature((Parameter("amount", "money", repeated=True),), "ratio")

    def compute(self, values: tuple[Fraction, ...]) -> Fraction:
        """Return the coefficient of *values*, all in the base unit (元)."""
        total = sum(values, Fraction(0))
        if total == 0:
            return Fraction(0)
        return sum((abs(a - b) for a, b in combinations(values, 2)), Fraction(0)) / (len(values) * total)

    def range(self, ranges: tuple[Interval, ...]) -> Interval:
        """Return where the coefficient lies; of amounts that can be negative it is not defined."""
        if any(each.lo is None or each.lo < 0 for each in ranges):
            raise ValueError("an amount can be below zero")
        return Interval(Fraction(0), Fraction(len(ranges) - 1, len(ranges)))

    def narrate(self, language: str, values: tuple[Shown, ...], result: Shown) -> str:
        """Say what came of it."""
        if language == "zh":
            return f"{'、'.join(map(str, values))}的基尼系数为{result}。"
        return f"The Gini coefficient of {', '.join(map(str, values))} is {result}."


METHOD = Gini()
