"""A veto over marks in words."""

from perfrules.evaluate.numbering import Placed
from perfrules.explain.chain import Layer, changed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.printing import in_words, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Statement, Term, statement
from perfrules.ir import expressions as core


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say what takes the marks, and whether it did."""
    conditions = layer.placed.parts[:-1:2]
    rule = tuple(_rule(reading, part) for part in conditions)
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


def veto_cause(reading: Reading, condition: Placed, reason: Part) -> Statement:
    """Say why a veto holds or is open: the author's reason, and the condition where it says something else."""
    words, values = in_words(reading, condition), with_values(reading, condition)
    if words == reason:
        return statement("veto.cause-plain", reason=reason, values=values)
    return statement("veto.cause", condition=words, reason=reason, values=values)


def _rule(reading: Reading, part: Placed) -> Statement:
    words, reason = in_words(reading, condition_of(reading, part)), reason_of(part)
    if words == reason:
        return statement("veto.rule-plain", condition=words)
    return statement("veto.rule", condition=words, reason=reason)


def _step(reading: Reading, layer: Layer, part: Placed) -> Step:
    condition = condition_of(reading, part)
    cause = veto_cause(reading, condition, reason_of(part))
    says = statement("veto.done", after=reading.part(layer.placed), cause=cause)
    before = reading.part(layer.inner) if changed(layer, reading) else None
    return Step(construct="veto", says=says, before=before, after=reading.part(layer.placed))
