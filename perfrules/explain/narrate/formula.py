"""A formula in words: the expression, then the same with its values."""

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.printing import in_words, says_more_than_its_value, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.statement import statement


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what is computed, and with which numbers."""
    words = in_words(reading, placed)
    rule = (statement("formula.rule", expression=words),)
    if reading.exact(placed) is None:
        return Narration(rule=rule)
    result = reading.part(placed)
    if says_more_than_its_value(placed):
        says = statement("formula.step", expression=words, values=with_values(reading, placed), marks=result)
    else:
        says = statement("formula.value", expression=words, marks=result)
    return Narration(rule=rule, steps=(Step(construct="formula", says=says),))
