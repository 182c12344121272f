"""The scoring methods, one line each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from perfrules.ir.expressions import Expr
from perfrules.methods import bands, cases, curve, formula, judged, tally
from perfrules.methods.lowers import Lowers, Marked
from perfrules.syntax.ast import scoring


@frozen
class Method:
    """A way to score: its word, and how its tree becomes a core expression.

    *holds_itself*: the expansion applies the limits; of the other methods the caller does.
    """

    word: str
    expand: Callable[[Any, Lowers, Marked], Expr]
    holds_itself: bool = False


METHODS: Final[Mapping[type, Method]] = MappingProxyType(
    {
        scoring.ScoreExpression: Method("formula", formula.expand),
        scoring.Curve: Method("curve", curve.expand),
        scoring.Bands: Method("bands", bands.expand),
        scoring.Cases: Method("cases", cases.expand),
        scoring.Tally: Method("tally", tally.expand, holds_itself=True),
        scoring.Judged: Method("judged", judged.expand),
    }
)


def method_of(score: scoring.Score) -> Method:
    """Return the method a score clause uses."""
    return METHODS[type(score)]
