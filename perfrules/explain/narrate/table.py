"""The narrators, one line each: of what marks come from, and of the stages around that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from perfrules.evaluate.numbering import Placed
from perfrules.explain import chain
from perfrules.explain.chain import Layer
from perfrules.explain.members import is_combination
from perfrules.explain.narrate import (
    applies,
    bands,
    cases,
    combine,
    curve,
    formula,
    judged,
    limits,
    missing_policy,
    override,
    rounding,
    tally,
    veto,
)
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.reading import Reading
from perfrules.ir import expressions as core

_HEARTS: Final[Mapping[type, Callable[[Reading, Placed, str], Narration]]] = MappingProxyType(
    {
        core.Lines: curve.narrate,
        core.Steps: bands.narrate,
        core.Select: cases.narrate,
        core.Ledger: tally.narrate,
        core.Judged: judged.narrate,
    }
)

LAYERS: Final[Mapping[str, Callable[[Reading, Layer, str], Narration]]] = MappingProxyType(
    {
        chain.APPLIES: applies.narrate,
        chain.MISSING_POLICY: missing_policy.narrate,
        chain.LIMITS: limits.narrate,
        chain.ROUNDING: rounding.narrate,
        chain.OVERRIDE: override.narrate,
        chain.VETO: veto.narrate,
    }
)


def narrate_heart(reading: Reading, placed: Placed, code: str) -> Narration:
    """Narrate the method, or the combination of children."""
    if is_combination(placed):
        return combine.narrate(reading, placed, code)
    if placed.expr.origin.call is not None:
        return formula.narrate(reading, placed, code)
    return _HEARTS.get(type(placed.expr), formula.narrate)(reading, placed, code)


def narrate_layer(reading: Reading, layer: Layer, code: str) -> Narration:
    """Narrate one stage around it."""
    return LAYERS[layer.cause](reading, layer, code)
