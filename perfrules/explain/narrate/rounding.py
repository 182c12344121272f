"""Rounding in words: always the value before and the value after."""

from perfrules.explain.chain import Layer
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.printing import rounding_in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import statement
from perfrules.ir import expressions as core


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say how marks are rounded, and from what to what."""
    assert isinstance(layer.placed.expr, core.Round)
    how = rounding_in_words(layer.placed.expr.rounding)
    rule = (statement("rounding.rule", how=how),)
    if reading.exact(layer.inner) is None:
        return Narration(rule=rule)
    before, after = reading.part(layer.inner), reading.part(layer.placed)
    says = statement("rounding.done", after=after, before=before, how=how)
    return Narration(rule=rule, steps=(Step(construct="rounding", says=says, before=before, after=after),))
