"""Bands in words: what each gives, and which one takes the value."""

from __future__ import annotations

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration, edge_part, expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading, kind_of
from perfrules.explain.statement import Part, Statement, Term, statement
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.kinds import Kind


@frozen(eq=False)
class Band:
    """One band: its step (None: the rest), what it gives, and whether it took the value."""

    step: core.Step | None
    value: Expr
    chosen: bool

    def edge(self, reading: Reading, kind: Kind) -> Part:
        """Write which values it takes, by its title where it has one."""
        if self.step is None:
            return Term("otherwise")
        edge = edge_part(reading, self.step.takes, kind)
        title = self.step.origin.title
        return edge if title is None else statement("band.titled", edge=edge, title=title)


def bands_of(reading: Reading, placed: Placed) -> tuple[Band, ...]:
    """Return the bands of a step table, in the order written."""
    assert isinstance(placed.expr, core.Steps)
    bands: list[Band] = []
    parts = iter(placed.parts[1:])
    for step in placed.expr.steps:
        for _ in range(_ends(step)):
            next(parts)
        bands.append(Band(step, step.value, reading.was_evaluated(next(parts))))
    if placed.expr.otherwise is not None:
        bands.append(Band(None, placed.expr.otherwise, reading.was_evaluated(next(parts))))
    return tuple(bands)


def chosen_band(reading: Reading, placed: Placed) -> Band | None:
    """Return the band that took the value."""
    return next((band for band in bands_of(reading, placed) if band.chosen), None)


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what each band gives, and which was taken."""
    subject = placed.parts[0]
    kind = kind_of(reading, subject)
    name = in_words(reading, subject)
    bands = bands_of(reading, placed)
    rule = (
        statement("bands.rule", subject=name),
        *(_line(reading, band, kind) for band in bands),
    )
    chosen = next((band for band in bands if band.chosen), None)
    if chosen is None:
        return Narration(rule=rule)
    says = statement(
        "bands.chosen",
        band=chosen.edge(reading, kind),
        marks=reading.part(placed),
        subject=name,
        value=reading.part(subject),
    )
    return Narration(rule=rule, steps=(Step(construct="band", says=says),))


def _line(reading: Reading, band: Band, kind: Kind) -> Statement:
    return statement("bands.line", edge=band.edge(reading, kind), marks=expr_part(reading, band.value))


def _ends(step: core.Step) -> int:
    match step.takes:
        case core.Between(low=low, high=high):
            return (low is not None) + (high is not None)
        case core.Among(options=options):
            return len(options)
