"""What overlays took away, so that who still reads it is told where it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from perfrules.compose.overlay_changes import Change
from perfrules.compose.overlay_targets import Targets, paths_with
from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.text import Span

Removed = tuple[str, Span]
"""What a reader may have written (`A1`, `A.A1`, `spent`), and the overlay because of which it is not there."""


def removed_by(changes: Iterable[Change], targets: Targets) -> tuple[Removed, ...]:
    """Return what *changes* took away of a base, indicators by every end of their path."""
    return tuple((name, change.at) for change in changes for name in _names(change, targets))


def with_removals(diagnostics: Sequence[Diagnostic], removed: Iterable[Removed]) -> tuple[Diagnostic, ...]:
    """Add to each unknown name that an overlay took away where it did so."""
    places = dict(removed)
    return tuple(_told(each, places.get(str(each.args.get("name", "")))) for each in diagnostics)


def _told(problem: Diagnostic, removal: Span | None) -> Diagnostic:
    if problem.code is not Code.UNKNOWN_NAME or removal is None:
        return problem
    label = Labelled(removal, "removed-here", args={"name": problem.args["name"]})
    return evolve(problem, others=(*problem.others, label))


def _names(change: Change, targets: Targets) -> Iterator[str]:
    if isinstance(change.place, int):
        if change.becomes is None:
            yield change.name
    elif change.whole:
        kept = paths_with(change.becomes, change.place)
        for path in targets.marked:
            if (path == change.place or path.startswith(f"{change.place}.")) and path not in kept:
                parts = path.split(".")
                yield from (".".join(parts[start:]) for start in range(len(parts)))
