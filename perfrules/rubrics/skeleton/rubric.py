"""A rubric as it was read from a sheet: a tree of items with their marks, sentences and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from perfrules.lang.exact import Exact
from perfrules.rubrics.skeleton.amounts import Amount
from perfrules.rubrics.skeleton.grid import Place


@frozen
class Sentence:
    """What one cell says, word for word, and where."""

    text: str
    place: Place

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the cell that hold something."""
        return tuple(line.strip() for line in self.text.replace("\r", "\n").split("\n") if line.strip())


@frozen(kw_only=True)
class Item:
    """An indicator: the code it is given, its title, its marks as written (None: none are), where each stands."""

    code: str
    title: str
    place: Place
    amount: Amount | None = None
    amount_place: Place | None = None
    children: tuple[Item, ...] = ()
    standard: tuple[Sentence, ...] = ()
    meaning: tuple[Sentence, ...] = ()
    sources: tuple[Sentence, ...] = ()
    remarks: tuple[Sentence, ...] = ()


@frozen(kw_only=True)
class StatedSum:
    """A row that states a sum: of the children of the item *of*, or (None) of all."""

    of: str | None
    value: Exact
    place: Place


@frozen(kw_only=True)
class Rubric:
    """All that a sheet says: its title, its items, the sums it states, the notes above and under the table."""

    title: str | None
    title_place: Place | None
    items: tuple[Item, ...]
    sums: tuple[StatedSum, ...] = ()
    notes: tuple[Sentence, ...] = field(factory=tuple)


def every(items: Sequence[Item]) -> Iterator[Item]:
    """Yield all items, parents before children."""
    for item in items:
        yield item
        yield from every(item.children)
