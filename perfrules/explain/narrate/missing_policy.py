"""A missing policy in words."""

from perfrules.explain.chain import Layer
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration, expr_part
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Term, statement
from perfrules.lang.states import State


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say what stands in for marks without data, and whether it did."""
    rule = (statement("missing.rule", marks=expr_part(reading, layer.placed.parts[1].expr)),)
    if layer.before(reading) is not State.MISSING:
        return Narration(rule=rule)
    after = reading.part(layer.placed)
    says = statement("missing.stood-in", marks=after)
    return Narration(
        rule=rule, steps=(Step(construct="missing policy", says=says, before=Term("state-missing"), after=after),)
    )
