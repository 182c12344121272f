"""The ruleset and its indicators with their clauses sorted: one place for each kind of clause, the first one written.

Knows nothing of names or marks. What is stated twice, or does not belong where it stands, is found by `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from attrs import field, frozen

from perfrules.diagnostics.arguments import Word
from perfrules.lang.rounding import Rounding
from perfrules.model.names import Names
from perfrules.syntax.ast import clauses as ast
from perfrules.syntax.ast.declarations import Grades, Total
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.syntax.ast.tree import Tree
from perfrules.text import Span

Found = TypeVar("Found")


@frozen(kw_only=True)
class Block:
    """An indicator, or (with an empty path) the ruleset itself; *children* that were declared twice are left out."""

    path: str
    short: str
    title: str | None
    span: Span
    has_marks: bool
    amount: ast.Amount | None
    clauses: tuple[ast.Clause | Item, ...]
    children: tuple[Block, ...]
    defined: ast.Defined | None = None
    _first: dict[type, Tree] = field(init=False, eq=False, repr=False)

    @_first.default
    def _index(self) -> dict[type, Tree]:
        found: dict[type, Tree] = {}
        for clause in self.clauses:
            found.setdefault(type(clause), clause)
        return found

    def first(self, kind: type[Found]) -> Found | None:
        """Return the first clause of a kind."""
        found = self._first.get(kind)
        return found if isinstance(found, kind) else None

    def every(self, kind: type[Found]) -> tuple[Found, ...]:
        """Return all clauses of a kind, in the order written."""
        if kind not in self._first:
            return ()
        return tuple(clause for clause in self.clauses if isinstance(clause, kind))

    def rounding(self, subject: ast.RoundSubject) -> ast.Round | None:
        """Return the first `round` clause for a subject."""
        return next((each for each in self.every(ast.Round) if each.subject is subject), None)

    @property
    def name(self) -> str:
        """What messages call it: its code, or the words for the ruleset."""
        return self.short or Word("this-ruleset")

    @property
    def marked(self) -> tuple[Block, ...]:
        """The children that have marks."""
        return tuple([child for child in self.children if child.has_marks]) if self.children else ()


@frozen(kw_only=True)
class Settings:
    """What the ruleset says for all its indicators: roundings, and whether it starts from a base."""

    round_leaves: Rounding | None
    round_levels: Rounding | None
    round_total: Rounding | None
    total: Total | None
    grades: Grades | None

    @property
    def has_base(self) -> bool:
        """Whether marks are added to a base instead of making up full marks."""
        return self.total is not None and self.total.base


def read_block(tree: Ruleset, names: Names) -> Block:
    """Sort the clauses of the ruleset and of all its indicators."""
    span = tree.name[0].span.cover(tree.name[-1].span) if tree.name else tree.span
    children = tuple(_indicator(path, names) for path in names.top)
    return Block(
        path="",
        short="",
        title=tree.title.value if tree.title else None,
        span=span,
        has_marks=any(child.has_marks for child in children),
        amount=None,
        clauses=tree.items,
        children=children,
    )


def read_settings(root: Block) -> Settings:
    """Return what the ruleset says for all its indicators."""
    roundings = {each.subject: each.rounding for each in reversed(root.every(ast.Round))}
    return Settings(
        round_leaves=roundings.get(ast.RoundSubject.LEAVES),
        round_levels=roundings.get(ast.RoundSubject.LEVELS),
        round_total=roundings.get(ast.RoundSubject.TOTAL),
        total=root.first(Total),
        grades=root.first(Grades),
    )


def all_blocks(block: Block) -> Iterator[Block]:
    """Yield a block and all below it, parents first, in the order written."""
    waiting = [block]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(here.children))


def _indicator(path: str, names: Names) -> Block:
    symbol = names.indicators[path]
    return Block(
        path=path,
        short=symbol.short,
        title=symbol.tree.title.value if symbol.tree.title else None,
        span=symbol.span,
        has_marks=symbol.has_marks,
        amount=symbol.tree.amount,
        clauses=symbol.tree.clauses,
        children=tuple(_indicator(child, names) for child in symbol.children),
        defined=symbol.tree.defined,
    )
