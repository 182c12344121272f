"""Values that two bands hold, where the bands are not the rungs of one ladder."""

from collections.abc import Iterator

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.expressions import Step, Steps
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, intersect
from perfrules.prove.checks.band_holes import takings
from perfrules.prove.checks.context import Context
from perfrules.prove.families.steps import Left, Taken, ends_of, meets, whole_of
from perfrules.prove.lattice import WHOLE, tighten
from perfrules.prove.scene import Visit
from perfrules.prove.wording import days_text, expression_text, range_text, written_kind
from perfrules.text import Span


@frozen
class _Held:
    """A stretch that one step surely holds."""

    step: Step
    stretch: Interval


def band_overlaps(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each stretch, option or truth that two steps both hold."""
    for node, visit, table in context.places(Steps):
        if visit.value.reported:
            continue
        for first, second, common in _overlaps(visit, table):
            yield _diagnostic(table, node.origin.span, (first, second), common)


def _overlaps(visit: Visit, table: Steps) -> Iterator[tuple[Step, Step, str]]:
    whole = whole_of(visit.parts[0].value)
    taken = list(zip(table.steps, takings(visit, table), strict=True))
    kind = written_kind(table.subject, [end for step in table.steps for end in ends_of(step.takes)])
    held = [each for step, takes in taken for each in _held(step, takes, whole)]
    for first, second, common in _common_stretches(held):
        inside = tighten(common, whole.step)
        if inside is not None:
            shown = inside if whole.step == WHOLE else common
            text = days_text(shown) if whole.are_days else range_text(shown, kind, whole.step)
            yield first, second, text
    named: dict[str, Step] = {}
    for step, takes in taken:
        for name in sorted(takes.texts | {("no", "yes")[truth] for truth in takes.booleans}):
            first = named.setdefault(name, step)
            if first is not step:
                yield first, step, name


def _held(step: Step, takes: Taken, whole: Left) -> Iterator[_Held]:
    certain = Taken(takes.surely, takes.surely)
    for piece in meets(whole, certain).pieces:
        yield _Held(step, piece)


def _common_stretches(held: list[_Held]) -> Iterator[tuple[Step, Step, Interval]]:
    """Compare each stretch with the furthest-reaching of those that begin before it: linear after sorting."""
    furthest: _Held | None = None
    for each in sorted(held, key=_start):
        common = None if furthest is None else intersect(furthest.stretch, each.stretch)
        if furthest is not None and common is not None and not _one_step_or_ladder(furthest.step, each.step):
            yield furthest.step, each.step, common
        furthest = each if furthest is None else max(furthest, each, key=_reach)


def _start(held: _Held) -> tuple[bool, Exact, bool]:
    return held.stretch.lo is not None, held.stretch.lo or Exact(0), not held.stretch.lo_closed


def _reach(held: _Held) -> tuple[bool, Exact, bool]:
    return held.stretch.hi is None, held.stretch.hi or Exact(0), held.stretch.hi_closed


def _one_step_or_ladder(first: Step, second: Step) -> bool:
    return first is second or first.is_on_ladder_of(second)


def _diagnostic(table: Steps, around: Span | None, steps: tuple[Step, Step], common: str) -> Diagnostic:
    first, second = sorted(steps, key=table.steps.index)
    other = first.origin.span
    return Diagnostic(
        Code.BAND_OVERLAP,
        at=second.origin.span or table.origin.span or around,
        args={"range": common, "subject": expression_text(table.subject)},
        others=[Labelled(other, "other-band")] if other is not None else [],
    )
