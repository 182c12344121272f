"""Trees changed piece by piece: the children of any tree, without one case for each class. Knows no class."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, TypeVar, cast

import attrs
from attrs import evolve

from perfrules.syntax.ast.tree import Tree
from perfrules.text import Span

AnyTree = TypeVar("AnyTree", bound=Tree)

Change = Callable[[Tree], Tree]


def with_children(tree: AnyTree, change: Change, unchanged: AbstractSet[type] = frozenset()) -> AnyTree:
    """Return *tree* with each tree directly inside it changed; the very same tree where nothing was.

    Trees of the classes *unchanged* stay as they are.
    """
    changed: dict[str, Any] = {}
    for name in _fields(cast(Hashable, type(tree))):
        value = getattr(tree, name)
        if value is None or type(value) in unchanged:
            continue
        if isinstance(value, Tree):
            new: Any = change(value)
        elif isinstance(value, tuple) and value:
            new = _each(value, change)
        else:
            continue
        if new is not value:
            changed[name] = new
    return evolve(tree, **changed) if changed else tree


def children(tree: Tree) -> Iterator[Tree]:
    """Yield the trees directly inside *tree*."""
    for name in _fields(cast(Hashable, type(tree))):
        value = getattr(tree, name)
        if isinstance(value, Tree):
            yield value
        elif isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, Tree))


def everything(tree: Tree) -> Iterator[Tree]:
    """Yield *tree* and all below it, parents first; deep trees need no deep stack."""
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(children(here))


def moved(tree: AnyTree, file: str, offset: int) -> AnyTree:
    """Return *tree* as it stands *offset* further on in the text named *file*.

    >>> from perfrules.syntax.ast.tree import Name
    >>> moved(Name(text="a", span=Span("cell", 0, 1)), "list.csv", 10).span
    Span(file='list.csv', start=10, end=11)
    """
    inside = with_children(tree, lambda child: moved(child, file, offset))
    return evolve(inside, span=Span(file, tree.span.start + offset, tree.span.end + offset))


def _each(value: tuple[Any, ...], change: Change) -> tuple[Any, ...]:
    new = tuple(change(each) if isinstance(each, Tree) else each for each in value)
    return value if all(one is other for one, other in zip(new, value, strict=True)) else new


@cache
def _fields(cls: Hashable) -> tuple[str, ...]:
    assert isinstance(cls, type)
    return tuple(field.name for field in attrs.fields(cls) if field.name != "span")
