"""Values of the declared range that no band, and no grade, holds."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Steps
from perfrules.prove.checks.context import Context
from perfrules.prove.families.steps import Left, Taken, ends_of, remains, taken_by, whole_of
from perfrules.prove.scene import Visit
from perfrules.prove.wording import days_text, expression_text, range_text, written_kind


def band_holes(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each hole; of edges that depend on data, only what they surely leave open."""
    for node, visit, table in context.places(Steps):
        subject = visit.parts[0].value
        if table.otherwise is not None or visit.value.reported or subject.is_nothing:
            continue
        left = whole_of(subject)
        for taken in takings(visit, table):
            left = remains(left, _at_most(taken))
        for hole in _holes(left, table):
            args = {"range": hole, "subject": expression_text(table.subject)}
            yield Diagnostic(Code.BAND_HOLE, at=table.origin.span or node.origin.span, args=args)


def takings(visit: Visit, table: Steps) -> Iterator[Taken]:
    """Yield what each step takes."""
    for step in table.steps:
        yield taken_by(step.takes, [visit.scene.quietly(end) for end in ends_of(step.takes)])


def _at_most(taken: Taken) -> Taken:
    """Count as taken whatever the step may take: edges that depend on data are checked against the data."""
    return Taken(taken.maybe, taken.maybe, taken.texts, taken.any_text, taken.booleans)


def _holes(left: Left, table: Steps) -> Iterator[str]:
    ends = [end for step in table.steps for end in ends_of(step.takes)]
    kind = written_kind(table.subject, ends)
    for piece in left.pieces:
        yield days_text(piece) if left.are_days else range_text(piece, kind, left.step)
    yield from sorted(left.texts or ())
    yield from (("no", "yes")[truth] for truth in sorted(left.booleans))
    if left.texts is None:
        yield "…"
