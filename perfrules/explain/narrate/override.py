"""An override in words: who replaced the computed mark, and why."""

from perfrules.explain.chain import Layer
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.reading import Reading
from perfrules.explain.statement import marks, statement
from perfrules.ir import expressions as core


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say that a person replaced the mark, where one did."""
    assert isinstance(layer.placed.expr, core.Overridable)
    override = reading.facts.overrides.get(layer.placed.expr.code)
    if override is None:
        return Narration()
    before, after = reading.part(layer.inner), marks(override.value)
    says = statement("override.done", after=after, before=before, by=override.by, why=override.why)
    return Narration(steps=(Step(construct="override", says=says, before=before, after=after),))
