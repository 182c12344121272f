"""The stages that marks go through: from the scoring method (or the combination of children) out to the final marks.

Each layer around the method replaces, holds, rounds or takes marks; it knows the value before and after it.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.reading import Reading
from perfrules.ir import expressions as core
from perfrules.ir.plan import Role
from perfrules.lang.exact import Exact

APPLIES: Final = "applies"
MISSING_POLICY: Final = "missing policy"
LIMITS: Final = "limits"
ROUNDING: Final = "rounding"
OVERRIDE: Final = "override"
VETO: Final = "veto"

_STAGES: Final = frozenset(
    {Role.SCORE, Role.HELD, Role.ROUNDED, Role.OVERRIDDEN, Role.FINAL, Role.TOTAL, Role.TOTAL_ROUNDED}
)


@frozen(eq=False)
class Layer:
    """One stage around marks: what it is, its expression, and the expression it works on."""

    cause: str
    placed: Placed
    inner: Placed

    def before(self, reading: Reading) -> object:
        """Return the value before this stage; NOT_EVALUATED where that did not matter."""
        return reading.value(self.inner)

    def after(self, reading: Reading) -> object:
        """Return the value after this stage."""
        return reading.value(self.placed)


@frozen(eq=False)
class Chain:
    """The method at the heart of some marks, and the stages around it, the innermost first."""

    heart: Placed
    layers: tuple[Layer, ...]


def chain_of(reading: Reading, node: str, owner: str) -> Chain:
    """Follow the marks of *owner* (an indicator's code, or `total`) from *node* inwards."""
    layers: list[Layer] = []
    placed = reading.root(node)
    while True:
        stage = _stage_before(reading, placed, owner)
        if stage is not None:
            placed = stage
            continue
        layer = _layer(placed)
        if layer is None:
            return Chain(placed, tuple(reversed(layers)))
        layers.append(layer)
        placed = layer.inner


def changed(layer: Layer, reading: Reading) -> bool:
    """Tell whether a stage made a difference."""
    before, after = layer.before(reading), layer.after(reading)
    return type(before) is not type(after) or before != after


def taken_by(layer: Layer, reading: Reading) -> Exact | None:
    """Return the marks a stage took away, negative where it added; None where it did not work on marks."""
    before, after = layer.before(reading), layer.after(reading)
    return before - after if isinstance(before, Exact) and isinstance(after, Exact) else None


def _stage_before(reading: Reading, placed: Placed, owner: str) -> Placed | None:
    """Return the expression of the stage that *placed* merely reads."""
    if not isinstance(placed.expr, core.NodeRef):
        return None
    node = reading.index.nodes.get(placed.expr.id)
    if node is None or node.role not in _STAGES or not (node.id == owner or node.id.startswith(f"{owner}/")):
        return None
    return reading.root(node.id)


def _layer(placed: Placed) -> Layer | None:
    expr, parts = placed.expr, placed.parts
    if expr.origin.call is not None:  # what a plug-in built is the method itself
        return None
    match expr:
        case core.Select() if expr.origin.construct == APPLIES:
            return Layer(APPLIES, placed, parts[1])
        case core.Select() if expr.origin.construct == VETO:
            return Layer(VETO, placed, parts[-1])
        case core.Recover() if expr.origin.construct == MISSING_POLICY:
            return Layer(MISSING_POLICY, placed, parts[0])
        case core.Clamp():
            return Layer(LIMITS, placed, parts[0])
        case core.Round():
            return Layer(ROUNDING, placed, parts[0])
        case core.Overridable():
            return Layer(OVERRIDE, placed, parts[0])
    return None
