"""Limits around marks in words."""

from perfrules.explain.chain import Layer, changed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration, expr_part
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Statement, statement
from perfrules.ir import expressions as core


def narrate(reading: Reading, layer: Layer, code: str) -> Narration:
    """Say between which limits marks are held, and the value before and after where that mattered."""
    expr = layer.placed.expr
    assert isinstance(expr, core.Clamp)
    floor = None if expr.floor is None else expr_part(reading, expr.floor)
    ceiling = None if expr.ceiling is None else expr_part(reading, expr.ceiling)
    rule = limits_in_words(floor, ceiling)
    if not changed(layer, reading):
        return Narration(rule=rule)
    before, after = reading.part(layer.inner), reading.part(layer.placed)
    says = statement("limits.held", after=after, before=before)
    return Narration(rule=rule, steps=(Step(construct="limits", says=says, before=before, after=after),))


def limits_in_words(floor: Part | None, ceiling: Part | None) -> tuple[Statement, ...]:
    """Say between which limits marks are held; nothing where they are not."""
    if floor is not None and ceiling is not None:
        return (statement("limits.between", ceiling=ceiling, floor=floor),)
    if floor is not None:
        return (statement("limits.at-least", floor=floor),)
    return () if ceiling is None else (statement("limits.at-most", ceiling=ceiling),)
