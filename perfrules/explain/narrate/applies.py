"""`applies when` in words."""

from perfrules.explain.chain import Layer
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.printing import in_words, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.statement import statement


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say when the indicator applies, and what stood in where it did not."""
    condition = layer.placed.parts[0]
    words = in_words(reading, condition)
    rule = (statement("applies.rule", condition=words),)
    if reading.value(condition) is True:
        return Narration(rule=rule)
    args = {"condition": words, "marks": reading.part(layer.placed), "values": with_values(reading, condition)}
    undecided = reading.value(condition) is not False
    says = statement("applies.undecided" if undecided else "applies.not", **args)
    return Narration(rule=rule, steps=(Step(construct="applies", says=says, after=reading.part(layer.placed)),))
