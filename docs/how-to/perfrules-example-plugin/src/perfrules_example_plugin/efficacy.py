"""The efficacy coefficient (功效系数法): 60% of the full marks at an unacceptable value, all at a satisfactory one.

    full × (60% + 40% × (actual − unacceptable) ÷ (satisfactory − unacceptable)), held between 60% and 100% of full

It expands: the calculation is written down with the builder, so that perfrules can prove, explain and export it.
"""

from __future__ import annotations

from fractions import Fraction

from perfrules.plugins import Parameter, Shown, Signature, Term
from perfrules.plugins.build import add, constant, divide, hold, multiply, subtract
from perfrules_example_plugin import __version__


class Efficacy:
    """`efficacy(actual, unacceptable, satisfactory)`; the full marks are those of the indicator it stands in."""

    name = "efficacy"
    version = __version__
    signature = Signature(
        (
            Parameter("actual", "any number"),
            Parameter("unacceptable", "any number"),
            Parameter("satisfactory", "any number"),
            Parameter("full", "full marks"),
        ),
        "points",
    )

    def expand(self, arguments: tuple[Term, ...]) -> Term:
        """Build the formula; the builder checks kinds and converts units as the language does."""
        actual, unacceptable, satisfactory, full = arguments
        part = divide(subtract(actual, unacceptable), subtract(satisfactory, unacceptable))
        held = hold(part, constant(0), constant(1))
        share = add(constant(Fraction(3, 5)), multiply(constant(Fraction(2, 5)), held))
        return multiply(full, share)

    def narrate(self, language: str, values: tuple[Shown, ...], result: Shown) -> str:
        """Say what came of it."""
        actual, unacceptable, satisfactory, full = values
        if language == "zh":
            return (
                f"按功效系数法：实际值{actual}，不允许值{unacceptable}，满意值{satisfactory}，满分{full}，得{result}。"
            )
        return (
            f"By the efficacy coefficient, {actual} earns {result} of {full}: 60% of them at {unacceptable}, "
            f"which is unacceptable, all at {satisfactory}, which is satisfactory."
        )


METHOD = Efficacy()
