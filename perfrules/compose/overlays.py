"""Templates and overlays: a base with the changes of who extends it, as one tree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from perfrules.compose import overlay_problems as problems
from perfrules.compose.overlay_changes import Change, changes_of
from perfrules.compose.overlay_removals import removed_by
from perfrules.compose.overlay_targets import (
    DefinedTitle,
    Marked,
    Named,
    Place,
    Targets,
    around,
    declared_at,
    key_of,
    targets_of,
    untitled,
)
from perfrules.compose.same_meaning import same_meaning
from perfrules.diagnostics import Diagnostic
from perfrules.syntax.ast.clauses import Clause, Indicator, Let, Slot
from perfrules.syntax.ast.composition import Extends, Overlay
from perfrules.syntax.ast.declarations import Check, Test
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.text import SourceText, Span

_FEWEST_DIGITS: Final = 8


@frozen(kw_only=True)
class Overlaid:
    """The tree of base and extension as one, what is wrong with the overlays, and what they took away.

    *removed* has what a name ended in (`A1`, `A.A1`, `spent`) and where the overlay stands.
    """

    tree: Ruleset
    diagnostics: tuple[Diagnostic, ...]
    removed: tuple[tuple[str, Span], ...] = ()


def apply_overlays(
    base: Ruleset, extension: Ruleset, base_source: SourceText, defined_title: DefinedTitle = untitled
) -> Overlaid:
    """Apply the overlays of *extension* to *base*, whose text is *base_source*, and add what else it says.

    Name, title and version are the extension's. The base's items keep their order and places; its tests, which speak of
    what it was, are left out.
    """
    targets = targets_of(base, defined_title)
    found = [each for item in extension.items if isinstance(item, Overlay) for each in changes_of(item, targets)]
    changes, conflicts = _one_each(each for each in found if isinstance(each, Change))
    idle = _changing_nothing((each for each in found if isinstance(each, Change)), targets)
    kept = _items(base.items, changes)
    added = [item for item in extension.items if not isinstance(item, Overlay)]
    again = dict(_stated_again(added, targets, changes))
    told = (each for each in found if isinstance(each, Diagnostic))
    return Overlaid(
        tree=evolve(extension, items=(*kept, *(item for item in added if item.span not in again)), extends=None),
        diagnostics=(
            *_another_text(extension.extends, targets, base_source),
            *told,
            *conflicts,
            *idle,
            *again.values(),
        ),
        removed=removed_by(changes.values(), targets),
    )


def _stated_again(
    added: Iterable[Item], targets: Targets, changes: Mapping[Place, Change]
) -> Iterator[tuple[Span, Diagnostic]]:
    """Report what is added under the name that something of its kind has in the base, and where it stands."""
    for item in added:
        if isinstance(item, Named | Check) and not isinstance(item, Let):
            places = [place for place in targets.items.get(key_of(item), ()) if place not in changes]
            if places and key_of(item)[1]:
                yield item.span, problems.stated_again(key_of(item)[1], item.span, declared_at(targets.at(places[0])))


def _another_text(extends: Extends | None, targets: Targets, source: SourceText) -> Iterator[Diagnostic]:
    """Report that the base's text is not the one whose digest is stated."""
    stated = extends.unchanged if extends else None
    if stated is None:
        return
    digest = hashlib.sha256(source.text.encode()).hexdigest()
    if len(stated.value) < _FEWEST_DIGITS or not digest.startswith(stated.value.lower()):
        header = targets.tree.name[0].span.cover(targets.tree.name[-1].span)
        shown = digest[: max(_FEWEST_DIGITS, min(len(stated.value), len(digest)))]
        yield problems.text_moved(stated, shown, (targets.name, header))


def _changing_nothing(changes: Iterable[Change], targets: Targets) -> Iterator[Diagnostic]:
    """Report each overlay that states once more what its base says."""
    for change in changes:
        stands = targets.at(change.place)
        if same_meaning(change.becomes, stands):
            yield problems.changes_nothing(change.name, change.at, (targets.name, declared_at(stands)))


def _one_each(found: Iterable[Change]) -> tuple[dict[Place, Change], list[Diagnostic]]:
    """Return the change of each place, and report others of it or of what it takes away with it."""
    changes: dict[Place, Change] = {}
    conflicts: list[Diagnostic] = []
    for change in found:
        first = changes.setdefault(change.place, change)
        both = change if first is change else _filled_anew(first, change) or _filled_anew(change, first)
        if both is None:
            conflicts.append(problems.twice(change.name, change.at, first.at))
        else:
            changes[change.place] = both
    for place, change in changes.items():
        outer = next((path for path in around(str(place)) if path in changes and changes[path].whole), None)
        if isinstance(place, str) and outer is not None:
            first, second = sorted((change, changes[outer]), key=lambda each: each.at)
            conflicts.append(problems.twice(change.name, second.at, first.at))
    return changes, conflicts


def _filled_anew(filled: Change, worth: Change) -> Change | None:
    """Return what becomes of a slot that is filled and given other marks; None where that is not what two do."""
    slot, indicator = worth.becomes, filled.becomes
    if isinstance(slot, Slot) and isinstance(indicator, Indicator) and filled.whole:
        return evolve(filled, becomes=evolve(indicator, amount=slot.amount), whole=False)
    return None


def _items(items: tuple[Item, ...], changes: Mapping[Place, Change]) -> Iterator[Item]:
    for number, item in enumerate(items):
        if isinstance(item, Marked):
            kept: Item | None = _block(item, "", changes)
        elif number in changes:
            kept = changes[number].becomes
        else:
            kept = None if isinstance(item, Test) else item
        if kept is not None:
            yield kept


def _block(tree: Indicator | Slot, around_it: str, changes: Mapping[Place, Change]) -> Indicator | Slot | None:
    """Return what becomes of an indicator or slot inside *around_it*, with every change of what is in it."""
    path = f"{around_it}.{tree.code.text}" if around_it else tree.code.text
    change = changes.get(path)
    if change is not None:
        if change.whole or not isinstance(change.becomes, Marked):
            return change.becomes if isinstance(change.becomes, Marked) else None
        tree = change.becomes
    if isinstance(tree, Slot):
        return tree
    return evolve(tree, clauses=tuple(_clauses(tree.clauses, path, changes)))


def _clauses(clauses: Iterable[Clause], path: str, changes: Mapping[Place, Change]) -> Iterator[Clause]:
    for clause in clauses:
        kept = _block(clause, path, changes) if isinstance(clause, Marked) else clause
        if kept is not None:
            yield kept
