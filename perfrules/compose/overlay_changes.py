"""What each overlay makes of its base: one change of one thing, and what is wrong with the overlay.

Every overlay is read against the base as it stands, so their order does not matter. Where the base is not what an
overlay expects, the change is made all the same: what follows is then checked as the author meant it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from attrs import evolve, frozen

from perfrules.compose import overlay_problems as problems
from perfrules.compose.overlay_targets import Named, Once, Place, Targets, code, declared_at, key_of
from perfrules.compose.same_meaning import same_meaning
from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.syntax.ast.clauses import Indicator, Let, Slot
from perfrules.syntax.ast.composition import (
    Fill,
    Overlay,
    Remove,
    ReplaceIndicator,
    ReplaceItem,
    SetAmount,
    SetParameter,
    Was,
)
from perfrules.syntax.ast.declarations import (
    Alert,
    Check,
    Decision,
    Input,
    OtherResults,
    Output,
    Parameter,
    Schedule,
    Table,
    UnitDeclaration,
)
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.ruleset import Item
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span

_WORDS: Final = {
    Alert: "alert",
    Check: "check",
    Decision: "decision",
    Input: "input",
    Let: "let",
    OtherResults: "results",
    Output: "output",
    Parameter: "parameter",
    Schedule: "schedule",
    Table: "table",
    UnitDeclaration: "unit",
}
"""The words of messages for what is found by its name."""


@frozen(kw_only=True)
class Change:
    """What stands at *place* becomes something else, or (None) is taken away.

    *whole*: also what stands inside it. *at* is where the overlay names it, *name* how.
    """

    place: Place
    becomes: Item | None
    whole: bool
    at: Span
    name: str


def changes_of(overlay: Overlay, targets: Targets) -> Iterator[Change | Diagnostic]:
    """Yield the change that *overlay* makes of the base, if it can be made, and every problem."""
    match overlay:
        case Fill():
            yield from _fill(overlay, targets)
        case ReplaceIndicator():
            yield from _replace_indicator(overlay, targets)
        case ReplaceItem():
            yield from _replace_item(overlay, targets)
        case SetAmount():
            yield from _set_amount(overlay, targets)
        case SetParameter():
            yield from _set_parameter(overlay, targets)
        case Remove():
            yield from _remove(overlay, targets)
        case _:
            assert_never(overlay)


def _fill(overlay: Fill, targets: Targets) -> Iterator[Change | Diagnostic]:
    name = _joined(overlay.slot)
    found = targets.paths(name.text, Slot)
    if len(found) != 1:
        elsewhere = [declared_at(targets.at(path)) for path in targets.paths(name.text, Indicator)]
        yield _not_one(name, found, targets, ("slot", targets.endings(Slot)), elsewhere)
        return
    slot = targets.marked[found[0]]
    filled = Indicator(
        code=Name(text=slot.code.text, span=overlay.slot[-1].span),
        title=slot.title,
        amount=slot.amount,
        clauses=overlay.clauses,
        span=overlay.span,
    )
    yield Change(place=found[0], becomes=filled, whole=True, at=name.span, name=name.text)


def _replace_indicator(overlay: ReplaceIndicator, targets: Targets) -> Iterator[Change | Diagnostic]:
    name = _joined(overlay.path)
    found = targets.paths(name.text, Indicator)
    if len(found) != 1:
        yield _not_one(name, found, targets, ("indicator", targets.endings(Indicator)))
        return
    yield from _expected(overlay.was, name, found[0], targets)
    yield Change(place=found[0], becomes=overlay.indicator, whole=True, at=name.span, name=name.text)


def _set_amount(overlay: SetAmount, targets: Targets) -> Iterator[Change | Diagnostic]:
    name = _joined(overlay.path)
    found = targets.paths(name.text, Indicator, Slot)
    if len(found) != 1:
        yield _not_one(name, found, targets, ("indicator", targets.endings(Indicator, Slot)))
        return
    stands = targets.marked[found[0]].amount
    if stands is not None and same_meaning(overlay.amount, stands) and not same_meaning(overlay.was, stands):
        yield problems.moved_there((name.text, overlay.span), overlay.was, stands, (targets.name, stands.span))
        return
    yield from _expected(Was(amount=overlay.was, span=overlay.was.span), name, found[0], targets)
    becomes = evolve(targets.marked[found[0]], amount=overlay.amount)
    yield Change(place=found[0], becomes=becomes, whole=False, at=name.span, name=name.text)


def _set_parameter(overlay: SetParameter, targets: Targets) -> Iterator[Change | Diagnostic]:
    name = overlay.name
    found = targets.items.get((Parameter, name.text), ())
    if len(found) != 1:
        yield _not_one(name, found, targets, ("parameter", targets.names(Parameter)), _elsewhere(name, targets))
        return
    parameter = targets.at(found[0])
    if not isinstance(parameter, Parameter) or parameter.value is None or isinstance(parameter.value, tuple):
        yield problems.moved_to_several(name.text, overlay.was, (targets.name, declared_at(parameter)))
        return
    value: Expression = parameter.value
    if same_meaning(overlay.value, value) and not same_meaning(overlay.was, value):
        yield problems.moved_there((name.text, overlay.span), overlay.was, value, (targets.name, value.span))
        return
    if not same_meaning(overlay.was, value):
        yield problems.moved(name.text, [overlay.was], [value], (targets.name, value.span))
    # What the base cites is for its own value.
    cite = parameter.cite if same_meaning(overlay.value, value) else None
    becomes = evolve(parameter, value=overlay.value, cite=cite)
    yield Change(place=found[0], becomes=becomes, whole=True, at=name.span, name=name.text)


def _replace_item(overlay: ReplaceItem, targets: Targets) -> Iterator[Change | Diagnostic]:
    item = overlay.item
    found = targets.items.get(key_of(item), ())
    name = _name_of(item)
    if isinstance(item, Once) and not found:
        yield _nothing_to_replace(overlay, name, targets)
    elif isinstance(item, Check) and item.title is None:
        yield problems.lacks("check", "title", item.span)
    elif len(found) != 1:
        known = targets.names(type(item))
        yield _not_one(name, found, targets, (_WORDS.get(type(item), "item"), known), _elsewhere(name, targets))
    else:
        yield Change(place=found[0], becomes=item, whole=True, at=name.span, name=name.text)


def _remove(overlay: Remove, targets: Targets) -> Iterator[Change | Diagnostic]:
    name = _joined(overlay.path)
    marked, items = targets.paths(name.text, Indicator, Slot), targets.named(name.text)
    # Marks are expected of an indicator only, and an indicator is not taken away without.
    found: tuple[Place, ...] = marked if marked and (overlay.was is not None or not items) else items
    if len(found) != 1:
        kind = "indicator" if overlay.was is not None or len(overlay.path) > 1 else "item"
        yield _not_one(name, found, targets, (kind, [*targets.endings(Indicator, Slot), *targets.names(*_WORDS)]))
        return
    tree = targets.at(found[0])
    stands = _stated_by(tree, targets)
    if overlay.was is not None:
        yield from _expected(overlay.was, name, found[0], targets)
    elif isinstance(tree, Indicator | Slot) and stands:
        yield problems.unstated_was(f"remove {name.text}", name.span, overlay.span, stands)
    yield Change(place=found[0], becomes=None, whole=True, at=name.span, name=name.text)


def _expected(was: Was, name: Name, place: Place, targets: Targets) -> Iterator[Diagnostic]:
    """Report that the base does not have the title or amount that an overlay expects of it."""
    tree = targets.at(place)
    expects = tuple(part for part in (was.title, was.amount) if part is not None)
    title = targets.title_of(tree) if was.title is not None else None
    marks = getattr(tree, "amount", None) if was.amount is not None else None
    stands: tuple[problems.Stated, ...] = tuple(part for part in (title, marks) if part is not None)
    if expects and not same_meaning(expects, stands):
        written = [part for part in stands if part is marks or part is getattr(tree, "title", None)]
        at = problems.place_of(written) if written else declared_at(tree)
        yield problems.moved(name.text, expects, stands, (targets.name, at))


def _stated_by(tree: Item, targets: Targets) -> tuple[problems.Stated, ...]:
    if not isinstance(tree, Indicator | Slot):
        return ()
    return tuple(part for part in (targets.title_of(tree), tree.amount) if part is not None)


def _not_one(
    name: Name, found: Sequence[Place], targets: Targets, known: tuple[str, list[str]], elsewhere: Sequence[Span] = ()
) -> Diagnostic:
    """Say that *name* means nothing of the base, or several things."""
    return problems.several(name, found, targets) if found else problems.not_there(name, *known, elsewhere)


def _elsewhere(name: Name, targets: Targets) -> list[Span]:
    return [declared_at(targets.at(place)) for place in targets.named(name.text)]


def _nothing_to_replace(overlay: ReplaceItem, name: Name, targets: Targets) -> Diagnostic:
    """Say that the base does not state what stands once in a ruleset; without `replace` it is added."""
    word = Span(overlay.span.file, overlay.span.start, overlay.item.span.start)
    fix = Fix("remove", [Edit(word, "")], args={"old": "replace"})
    args = {"owner": targets.name, "clause": name.text}
    return Diagnostic(Code.MISSING_CLAUSE, overlay.item.span, args=args, fix=fix)


def _name_of(item: Item) -> Name:
    """Return what an item is called: its name or title; of what stands once its word."""
    match item:
        case Check(title=Text(value=title, span=span)):
            return Name(text=title, span=span)
        case _ if isinstance(item, Named):
            return item.name
        case _:
            return Name(text=type(item).__name__.lower(), span=item.span)


def _joined(path: Sequence[Name]) -> Name:
    return Name(text=code(path), span=path[0].span.cover(path[-1].span))
