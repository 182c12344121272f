"""How the numbers of a plan's nodes can be written, by declarations alone: from the tape, and from the prover where
the tape leaves something open. Both are right, so what either says holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import gcd
from typing import TypeVar

from perfrules.batch.node_forms import forms_of
from perfrules.batch.results import NumberForm
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.tables.results.columns import Forms
from perfrules.tables.results.proved_forms import proved_forms

Number = TypeVar("Number", int, Exact)


def declared_forms(plan: Plan, as_of: date | None) -> Forms:
    """Return the form of each node, for any data that satisfy the declarations, overrides left aside."""
    known = _by_tape(plan)
    if as_of not in known:
        known[as_of] = forms_of(plan, as_of)
    by_tape = known[as_of]
    return lambda node: _form(plan, by_tape, node)


@per_plan
def _by_tape(_plan: Plan) -> dict[date | None, Mapping[str, NumberForm]]:
    return {}


def _form(plan: Plan, by_tape: Mapping[str, NumberForm], node: str) -> NumberForm:
    found = by_tape.get(node)
    if found is not None and None not in (found.scale, found.low, found.high):
        return found
    proved = proved_forms(plan)[node]
    return proved if found is None else both(found, proved)


def both(first: NumberForm, second: NumberForm) -> NumberForm:
    """Return the form of numbers that have both: multiples of two steps are multiples of their least common multiple.

    >>> one = NumberForm(scale=100, low=Exact(0), high=None)
    >>> both(one, NumberForm(scale=30, low=Exact(-1), high=Exact(9)))
    NumberForm(scale=10, low=Fraction(0, 1), high=Fraction(9, 1), denominators=None)
    """
    scale = first.scale if second.scale is None else second.scale
    if first.scale is not None and second.scale is not None:
        scale = gcd(first.scale, second.scale)
    return NumberForm(
        scale=scale,
        low=_known(max, first.low, second.low),
        high=_known(min, first.high, second.high),
        denominators=_known(min, first.denominators, second.denominators),
    )


def _known(choose: Callable[[Number, Number], Number], first: Number | None, second: Number | None) -> Number | None:
    if first is None or second is None:
        return second if first is None else first
    return choose(first, second)
