"""A curve in words: its points, and where on it the value lies."""

from itertools import pairwise

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration, expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading, kind_of
from perfrules.explain.statement import Figure, Listed, Part, Statement, marks, statement
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what each point gives, and between which the value lies."""
    subject, *rest = placed.parts
    kind = kind_of(reading, subject)
    if reading.blank:
        return Narration(rule=(_blank_rule(reading, placed),))
    numbers = [reading.exact(part) for part in rest]
    points = [(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True) if x is not None and y is not None]
    if len(points) * 2 < len(numbers):
        return Narration()
    shown = Listed(tuple(statement("curve.point", x=Figure(x, kind), y=marks(y)) for x, y in points))
    rule = statement("curve.rule", points=shown, subject=in_words(reading, subject))
    value, result = reading.exact(subject), reading.exact(placed)
    if value is None or result is None:
        return Narration(rule=(rule,))
    args: dict[str, Part] = {
        "subject": in_words(reading, subject),
        "value": Figure(value, kind),
        "marks": marks(result),
    }
    return Narration(rule=(rule,), steps=(Step(construct="curve", says=_where(value, points, kind, args)),))


def _blank_rule(reading: Reading, placed: Placed) -> Statement:
    """Say the points while nothing is known of the entity, whose own numbers are told in words."""
    subject, *rest = placed.parts
    ends = [expr_part(reading, each.expr) for each in rest]
    shown = Listed(tuple(statement("curve.point", x=x, y=y) for x, y in zip(ends[::2], ends[1::2], strict=True)))
    return statement("curve.rule", points=shown, subject=in_words(reading, subject))


def _where(value: Exact, points: list[tuple[Exact, Exact]], kind: Kind, args: dict[str, Part]) -> Statement:
    if value < points[0][0]:
        return statement("curve.below-first", first=Figure(points[0][0], kind), **args)
    if value > points[-1][0]:
        return statement("curve.above-last", last=Figure(points[-1][0], kind), **args)
    for (x1, _), (x2, _) in pairwise(points):
        if x1 < value < x2:
            return statement("curve.between", low=Figure(x1, kind), high=Figure(x2, kind), **args)
    return statement("curve.at-point", **args)
