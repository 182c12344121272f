"""What a base holds that an overlay can mean: indicators and slots by the end of their path, other items by kind and
name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from perfrules.syntax.ast.clauses import Clause, Indicator, Let, Slot
from perfrules.syntax.ast.composition import Replaceable
from perfrules.syntax.ast.declarations import (
    Alert,
    Check,
    Decision,
    Effective,
    Entity,
    Grades,
    Holidays,
    Input,
    OtherResults,
    Output,
    Parameter,
    Schedule,
    Table,
    Total,
    UnitDeclaration,
)
from perfrules.syntax.ast.expressions import Call
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span

Marked = Indicator | Slot
Named = Input | Table | Parameter | Schedule | UnitDeclaration | Decision | Alert | Output | OtherResults | Let
Once = Effective | Entity | Grades | Holidays | Total
Place = str | int
"""Where something stands in a base: the full path of an indicator or slot, the number of any other item."""


DefinedTitle = Callable[[Call], Text | None]
"""What title an indicator has of the definition it is made of."""


def untitled(_call: Call) -> None:
    """Know no definition."""


@frozen(kw_only=True)
class Targets:
    """The things of the ruleset *name*. *by_ending* has the full paths by every end of them."""

    name: str
    tree: Ruleset
    marked: Mapping[str, Marked]
    by_ending: Mapping[str, tuple[str, ...]]
    items: Mapping[tuple[type, str], tuple[int, ...]]
    defined_title: DefinedTitle = untitled

    def title_of(self, tree: Item) -> Text | None:
        """Return the title that something has: the one that is written, or that of its definition."""
        title: Text | None = getattr(tree, "title", None)
        if title is None and isinstance(tree, Indicator) and tree.call is not None:
            return self.defined_title(tree.call)
        return title

    def paths(self, wanted: str, *kinds: type) -> tuple[str, ...]:
        """Return the full paths that *wanted* can mean among *kinds*: itself where it is one, else all that end so."""
        if isinstance(self.marked.get(wanted), kinds):
            return (wanted,)
        return tuple(path for path in self.by_ending.get(wanted, ()) if isinstance(self.marked[path], kinds))

    def named(self, name: str) -> tuple[int, ...]:
        """Return the items of that name, whatever their kind."""
        found = (places for (kind, item), places in self.items.items() if item == name and issubclass(kind, Named))
        return tuple(place for places in found for place in places)

    def at(self, place: Place) -> Item:
        """Return what stands at a place."""
        return self.marked[place] if isinstance(place, str) else self.tree.items[place]

    def names(self, *kinds: type) -> list[str]:
        """List the names of the items of these kinds."""
        return [name for kind, name in self.items if issubclass(kind, kinds)]

    def endings(self, *kinds: type) -> list[str]:
        """List what can be written for one indicator or slot, as *kinds* says."""
        return [ending for ending in self.by_ending if len(self.paths(ending, *kinds)) == 1]


def targets_of(base: Ruleset, defined_title: DefinedTitle = untitled) -> Targets:
    """Index what *base* holds; of two indicators with one path the first counts."""
    marked: dict[str, Marked] = {}
    by_ending: dict[str, tuple[str, ...]] = {}
    for path, tree in _marked(base.items, ""):
        if marked.setdefault(path, tree) is tree:
            parts = path.split(".")
            for start in range(len(parts)):
                ending = ".".join(parts[start:])
                by_ending[ending] = (*by_ending.get(ending, ()), path)
    items: dict[tuple[type, str], tuple[int, ...]] = {}
    for place, item in enumerate(base.items):
        if isinstance(item, Named | Once | Check):
            items[key_of(item)] = (*items.get(key_of(item), ()), place)
    return Targets(
        name=code(base.name),
        tree=base,
        marked=marked,
        by_ending=by_ending,
        items=items,
        defined_title=defined_title,
    )


def key_of(item: Replaceable | Let) -> tuple[type, str]:
    """Return what an item is found by: its kind and its name; of a check its title; of what stands once nothing."""
    match item:
        case Check(title=title):
            return Check, title.value if title else ""
        case Effective() | Entity() | Grades() | Holidays() | Total():
            return type(item), ""
        case _:
            return type(item), item.name.text


def code(path: Iterable[Name]) -> str:
    """Return names joined by dots, as paths are looked up."""
    return ".".join(name.text for name in path)


def declared_at(tree: Item) -> Span:
    """Return the smallest place that says what an item is: its code, name or title, else all of it."""
    if isinstance(tree, Indicator | Slot):
        return tree.code.span
    found = getattr(tree, "name", None) or getattr(tree, "title", None)
    return found.span if isinstance(found, Name | Text) else tree.span


def around(path: str) -> Iterator[str]:
    """Yield the paths around *path*, the nearest first.

    >>> list(around("A.A1.A11"))
    ['A.A1', 'A']
    """
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def paths_with(tree: Item | None, path: str) -> frozenset[str]:
    """Return the paths of what would stand at *path* and inside it."""
    if not isinstance(tree, Marked):
        return frozenset()
    inner = _marked(tree.clauses, path) if isinstance(tree, Indicator) else ()
    return frozenset((path, *(each for each, _ in inner)))


def _marked(trees: Iterable[Item | Clause], parent: str) -> Iterator[tuple[str, Marked]]:
    for tree in trees:
        if isinstance(tree, Marked):
            path = f"{parent}.{tree.code.text}" if parent else tree.code.text
            yield path, tree
            if isinstance(tree, Indicator):
                yield from _marked(tree.clauses, path)
