"""A function as a plug-in would offer one: exact, pure, with a range that holds."""

from fractions import Fraction
from typing import Final

from perfrules.lang.interval import Interval
from perfrules.plugins import Parameter, Shown, Signature
from perfrules.plugins.computing import Function


class Spread:
    """The difference between the greatest and the least of its values."""

    name = "spread"
    version = "1"
    signature = Signature((Parameter("x", "number", repeated=True),), "number")

    def compute(self, values: tuple[Fraction, ...]) -> Fraction:
        return max(values) - min(values)

    def range(self, ranges: tuple[Interval, ...]) -> Interval:
        return Interval(Fraction(0), None)

    def narrate(self, language: str, values: tuple[Shown, ...], result: Shown) -> str:
        return f"{result}"


SPREAD: Final = Function("spread", "1", "0" * 64, Spread())
