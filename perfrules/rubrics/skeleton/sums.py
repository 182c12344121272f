"""Sub-marks that do not add up: told with their cells, never mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.lang.exact import Exact, as_text
from perfrules.rubrics.skeleton.findings import Finding, read, wrong
from perfrules.rubrics.skeleton.grid import Place
from perfrules.rubrics.skeleton.rubric import Item, Rubric, every

_HUNDRED: Final = Exact(100)


def wrong_sums(rubric: Rubric) -> Iterator[Finding]:
    """Compare the marks of every item with those of its parts, and every stated sum with what it adds up."""
    for item in every(rubric.items):
        if item.children and not are_shares(item.children):
            yield from _compared(
                item.title, None if item.amount is None else item.amount.value, item.amount_place, item.children
            )
    by_code = {item.code: item for item in every(rubric.items)}
    for stated in rubric.sums:
        parts = rubric.items if stated.of is None else by_code[stated.of].children
        name = "import.the-total" if stated.of is None else by_code[stated.of].title
        yield from _compared(name, stated.value, stated.place, parts)
    yield from _shares(rubric)


def total_of(rubric: Rubric) -> Exact | None:
    """Return the total: as a row states it, else what the highest items add up to; None where one has no marks."""
    stated = [each.value for each in rubric.sums if each.of is None]
    return stated[0] if stated else marks_of(rubric.items)


def marks_of(items: Sequence[Item]) -> Exact | None:
    """Add up marks, without bonuses; of an item that states none, its parts'. None where any has none."""
    found = [_marks(item) for item in items if not _is_all_bonus(item)]
    known = [value for value in found if value is not None]
    return sum(known, Exact(0)) if len(known) == len(found) and known else None


def are_shares(items: Sequence[Item]) -> bool:
    """Tell whether items state percentages that are shares among themselves: they add up to 100%."""
    amounts = [item.amount for item in items if not _is_all_bonus(item)]
    known = [amount for amount in amounts if amount is not None and amount.is_share]
    return len(known) == len(amounts) and sum((each.value for each in known), Exact(0)) == _HUNDRED


def _marks(item: Item) -> Exact | None:
    return item.amount.value if item.amount is not None else marks_of(item.children) if item.children else None


def _compared(title: str, stated: Exact | None, place: Place | None, parts: Sequence[Item]) -> Iterator[Finding]:
    added = [(part, value) for part in parts if (value := _marks(part)) is not None and not _is_bonus(part)]
    if stated is None or place is None or not added:
        return
    places = tuple(part.amount_place or part.place for part, _ in added)
    found = sum((value for _, value in added), Exact(0))
    args = {"addends": " + ".join(as_text(value) for _, value in added), "found": as_text(found)}
    if found != stated:
        yield wrong("sum-wrong", place, *places, stated=as_text(stated), title=title, **args)
    elif title == "import.the-total":
        yield read("sum-right", place, stated=as_text(stated), **args)


def _shares(rubric: Rubric) -> Iterator[Finding]:
    """Tell of percentages that are neither shares of 100% nor parts of the whole."""
    if not any(item.amount is not None and item.amount.is_share for item in rubric.items):
        return
    total = marks_of(rubric.items)
    if total is not None and total != _HUNDRED:
        places = tuple(item.amount_place or item.place for item in rubric.items)
        yield wrong("shares-not-whole", *places, found=as_text(total))


def _is_all_bonus(item: Item) -> bool:
    """Tell whether an item has marks on top of the full marks only."""
    if item.amount is not None or not item.children:
        return _is_bonus(item)
    return all(_is_all_bonus(child) for child in item.children)


def _is_bonus(item: Item) -> bool:
    return item.amount is not None and item.amount.is_bonus
