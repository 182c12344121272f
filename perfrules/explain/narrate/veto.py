"""A veto over marks in words."""

from perfrules.explain.chain import Layer, changed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.printing import in_words, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Term, statement
from perfrules.evaluate.numbering import Placed
from perfrules.ir import expressions as core


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say what takes the marks, and whether it did."""
    conditions = layer.placed.parts[:-1:2]
    rule = tuple(
        statement("veto.rule", condition=in_words(reading, condition_of(reading, part)), reason=reason_of(part))
        for part in conditions
    )
    steps = tuple(_step(reading, layer, part) for part in conditions if reading.value(part) is True)
    return Narration(rule=rule, steps=steps)


def condition_of(reading: Reading, part: Placed) -> Placed:
    """Return the condition itself where *part* only reads the node that holds it."""
    if isinstance(part.expr, core.NodeRef) and part.expr.id in reading.index.nodes:
        return reading.root(part.expr.id)
    return part


def reason_of(part: Placed) -> Part:
    """Return the author's reason, else a word for there being none."""
    return part.expr.origin.title or Term("no-reason")


def _step(reading: Reading, layer: Layer, part: Placed) -> Step:
    condition = condition_of(reading, part)
    says = statement(
        "veto.done",
        after=reading.part(layer.placed),
        condition=in_words(reading, condition),
        reason=reason_of(part),
        values=with_values(reading, condition),
    )
    before = reading.part(layer.inner) if changed(layer, reading) else None
    return Step(construct="veto", says=says, before=before, after=reading.part(layer.placed))
