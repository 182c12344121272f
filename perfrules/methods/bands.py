"""`score bands of X { … }`: a step table with explicit edges.

Thresholds of one direction (`>= 90%`, `>= 80%` …) form a ladder that reads top to bottom; where its ends are constant,
each step ends where the one above begins. Other edges stand as written. Whether the bands cover the declared range of
the subject and do not overlap is proved later, on the steps.
"""

from collections.abc import Sequence

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Choice, Points
from perfrules.methods.ladder import LADDER, Rung, ladder_steps
from perfrules.methods.lowers import Lowers, Marked
from perfrules.methods.misplaced import misplaced
from perfrules.methods.otherwise import after_otherwise
from perfrules.methods.parts import placed
from perfrules.syntax.ast.expressions import OneOf, Range
from perfrules.syntax.ast.scoring import Band, Bands, Comparison, Edge, Otherwise, Threshold


def expand(score: Bands, lowering: Lowers, marked: Marked) -> Expr:
    """Return the step table, its values read as marks."""
    after_otherwise([(isinstance(band.edge, Otherwise), band.span) for band in score.bands], lowering)
    subject = lowering.expression(score.subject)
    rungs = tuple(
        Rung(edge=band.edge, value=placed(lowering.marks(band.value), _origin(band, "value")), title=_title(band))
        for band in score.bands
    )
    return core.Steps(
        placed(subject, Origin("bands", "subject", score.subject.span)),
        steps_of_bands(subject, rungs, lowering),
        otherwise_of(rungs),
        kind=Points(),
        origin=Origin("bands", "score", score.span),
    )


def steps_of_bands(subject: Expr, rungs: Sequence[Rung], lowering: Lowers) -> tuple[core.Step, ...]:
    """Return the steps of all edges but `otherwise`, in the order written."""
    ladder = ladder_steps(subject, rungs, lowering)
    steps: list[core.Step] = []
    for position, rung in enumerate(rungs):
        if position in ladder:
            steps.append(ladder[position])
        else:
            steps += (
                core.Step(takes, rung.value, rung.origin("edge")) for takes in _takes(subject, rung.edge, lowering)
            )
    return tuple(steps)


def otherwise_of(rungs: Sequence[Rung]) -> Expr | None:
    """Return the value of the first `otherwise`."""
    return next((rung.value for rung in rungs if isinstance(rung.edge, Otherwise)), None)


def _takes(subject: Expr, edge: Edge, lowering: Lowers) -> tuple[core.Between | core.Among, ...]:
    match edge:
        case Otherwise():
            return ()
        case Range():
            return (lowering.range(subject, edge),)
        case OneOf():
            return (lowering.among(subject, edge),)
        case Threshold(comparison=Comparison.EQUAL):
            return (lowering.among(subject, edge.value),)
        case Threshold(comparison=Comparison.UNEQUAL):
            return _all_but(subject, edge, lowering)
        case Threshold():
            end = lowering.beside(subject, edge.value)
            closed = edge.comparison in (Comparison.AT_LEAST, Comparison.AT_MOST)
            if edge.comparison in LADDER["down"]:
                return (core.Between(end, None, closed, False),)
            return (core.Between(None, end, False, closed),)


def _all_but(subject: Expr, edge: Threshold, lowering: Lowers) -> tuple[core.Between | core.Among, ...]:
    """Return what `!=` takes: the other options of a choice, the other side of yes or no, all numbers beside one."""
    left_out = lowering.among(subject, edge.value)
    if isinstance(subject.kind, Choice):
        names = [option.value for option in left_out.options if isinstance(option, core.Const)]
        others = (name for name in subject.kind.options if name not in names)
        return (core.Among(tuple(core.Const(name, kind=subject.kind) for name in others)),)
    option = left_out.options[0]
    if isinstance(option, core.Const) and isinstance(option.value, bool):
        return (core.Among((core.Const(not option.value, kind=subject.kind, origin=option.origin),)),)
    if isinstance(option, core.Const) and isinstance(option.value, str):
        lowering.report(misplaced("!=", "bands", ("when", "if"), edge.span))
        return ()
    return (core.Between(None, option, False, False), core.Between(option, None, False, False))


def _title(band: Band) -> str | None:
    return band.title.value if band.title else None


def _origin(band: Band, role: str) -> Origin:
    return Origin("band", role, band.span, _title(band))
