"""Plan → the mistakes that some data would show: found for all declared data at once."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from perfrules.diagnostics import Diagnostic, in_order
from perfrules.ir.plan import Plan
from perfrules.prove.alike import alike
from perfrules.prove.checks.context import Context, NotVisited
from perfrules.prove.checks.table import POSSIBLE, SURE, Check
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.survey import Given, survey
from perfrules.prove.ways import ways_by_group
from perfrules.text import Span

_WORTH_IT: Final = Fraction(1, 3)
"""Which part of the nodes must be like others for those to be passed over at first."""


def prove(plan: Plan) -> tuple[Diagnostic, ...]:
    """Run every check; what was already reported as wrong is left alone, and so is all that depends on it.

    What may go wrong is looked at again group by group where parameters go by group, and kept where it still may.
    """
    ranges = declared(plan)
    if _shows_nothing(plan, ranges):
        return ()
    context = Context(survey(plan, ranges))
    possible = _run(POSSIBLE, context)
    if possible:
        by_group = [Context(survey(plan, way)) for way in ways_by_group(plan, ranges)]
        possible = _confirmed(possible, by_group) if by_group else possible
    return in_order((*possible, *_run(SURE, context)))


def _shows_nothing(plan: Plan, ranges: Mapping[str, Enclosure]) -> bool:
    """Tell whether one node of each shape shows nothing, so that none does; where any does, all are looked at."""
    same = alike(plan)
    if len(same) < len(plan.nodes) * _WORTH_IT:
        return False
    context = Context(survey(plan, ranges, Given(same=same)))
    try:
        return not any(True for check in (*POSSIBLE, *SURE) for _ in check(context))
    except NotVisited:
        return False


def _run(checks: Iterable[Check], context: Context) -> list[Diagnostic]:
    return [diagnostic for check in checks for diagnostic in check(context)]


def _confirmed(suspected: Sequence[Diagnostic], by_group: Sequence[Context]) -> list[Diagnostic]:
    """Return, for each place that was suspected, what the first group has to say about it."""
    places = {_place(diagnostic) for diagnostic in suspected}
    confirmed: dict[tuple[str, Span | None], list[Diagnostic]] = {}
    for context in by_group:
        of_group: dict[tuple[str, Span | None], list[Diagnostic]] = {}
        for diagnostic in _run(POSSIBLE, context):
            of_group.setdefault(_place(diagnostic), []).append(diagnostic)
        for place, found in of_group.items():
            if place in places:
                confirmed.setdefault(place, found)
    return [diagnostic for found in confirmed.values() for diagnostic in found]


def _place(diagnostic: Diagnostic) -> tuple[str, Span | None]:
    return diagnostic.code.value, diagnostic.at
