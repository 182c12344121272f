"""What an expansion gathers while it goes: problems, what libraries have to bring in, how much has been made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Final

from perfrules.compose.file import File
from perfrules.compose.load import Loader
from perfrules.compose.rewrite import children, everything
from perfrules.diagnostics import Code, Diagnostic
from perfrules.lang.deep_calls import room_for_calls
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.clauses import Indicator, IndicatorsFrom, Let, Slot
from perfrules.syntax.ast.composition import Use
from perfrules.syntax.ast.declarations import Holidays, Input, Output, Parameter, Schedule, Table, UnitDeclaration
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.syntax.ast.scoring import Records
from perfrules.syntax.ast.tree import Tree
from perfrules.syntax.limits import nesting_too_deep
from perfrules.text import Span

LIMIT: Final = 1_000_000
"""How many pieces a ruleset may have once its definitions are expanded."""
DEEPEST: Final = 64
"""How many definitions may stand inside one another, and how many indicators in the end."""
_MOST_LEVELS: Final = 1_000
"""How deep what is expanded may be where one more definition is put in."""
_CALLS: Final = 8_000
"""Python's calls for that many levels and those of one more definition, at up to four calls a level."""

_BRACKET_OF_A_CALL: Final = re.compile("[(（]").search
_CALL_OR_DOT: Final = re.compile("[(（.．]").search
_NOT_TOLD_BY_TEXT: Final = frozenset({Indicator, IndicatorsFrom, Slot, Parameter, Holidays})

_NAMING: Final = (Input, Table, Parameter, Schedule, Let, Output)


class Work:
    """The expansion of one ruleset. *files* has the file that what a name means depends on, by the name of the text.

    *written* is the file of the ruleset where *tree* is what was read of it and nothing else. *is_whole* is false once
    a list of indicators cannot be read: of what is left nothing can be said then.
    """

    def __init__(
        self, tree: Ruleset, files: Mapping[str, File], loader: Loader, limit: int = LIMIT, written: File | None = None
    ) -> None:
        self.tree = tree
        self.files = dict(files)
        self.loader = loader
        self.problems = loader.problems
        self.needed: dict[str, Item | None] = {}
        self.units: dict[UnitDeclaration, str] = {}
        self.slots: list[Slot] = []
        self.plugins: list[Use] = []
        self.opening: list[str] = []
        self.called: set[str] = set()
        self.declared: list[Input] = []
        self.is_whole = True
        self.left = limit
        self.levels = 0
        self._limit = limit
        self._written = written
        self._sizes: dict[int, tuple[Tree, int]] = {}

    @cached_property
    def taken(self) -> frozenset[str]:
        """Every name that the ruleset itself gives to something."""
        return frozenset(_names(self.tree))

    @cached_property
    def own_units(self) -> Mapping[str, UnitDeclaration]:
        """The units that the ruleset declares."""
        return {item.name.text: item for item in self.tree.items if isinstance(item, UnitDeclaration)}

    def stays(self, tree: Tree) -> bool:
        """Tell by its text alone that nothing in *tree*, of the ruleset itself, is to be expanded.

        Nothing is that calls nothing and names nothing of a library, but for indicators, slots and what names a file.
        """
        file, span = self._written, tree.span
        if file is None or type(tree) in _NOT_TOLD_BY_TEXT or span.file != file.source.name:
            return False
        sign = _CALL_OR_DOT if file.uses else _BRACKET_OF_A_CALL
        return sign(file.source.text, span.start, span.end) is None

    def report(self, problem: Diagnostic) -> None:
        """Add one problem."""
        self.problems.append(problem)

    @contextmanager
    def deep(self) -> Iterator[None]:
        """Let what is expanded nest as deep as the limits allow."""
        with room_for_calls(_CALLS):
            yield

    def spend(self, tree: Tree, at: Span) -> bool:
        """Count *tree* as made once more; False, reported once, where that is too much."""
        if self.left < 0:
            return False
        self.left -= self._size(tree)
        if self.left < 0:
            self.report(Diagnostic(Code.EXPANSION_TOO_LARGE, at, args={"limit": self._limit}))
        return self.left >= 0

    def too_deep(self, what: str, depth: int, at: Span) -> bool:
        """Tell whether *what* stands inside one another too deep, and report it."""
        if depth <= DEEPEST and self.levels <= _MOST_LEVELS:
            return False
        self.report(nesting_too_deep(what, DEEPEST, at))
        return True

    def _size(self, tree: Tree) -> int:
        """Count the pieces of a tree; what several trees share counts in each, and is counted once."""
        known = self._sizes.get(id(tree))
        if known is not None:
            return known[1]
        size = 1 + sum(self._size(child) for child in children(tree))
        if isinstance(tree, ast.Argument) or size > 20:
            self._sizes[id(tree)] = (tree, size)  # holds the tree, so that its identity stays its own
        return size


def _names(tree: Ruleset) -> Iterator[str]:
    for piece in everything(tree):
        match piece:
            case Indicator() | Slot():
                yield piece.code.text
            case ast.Aggregate() | Records():
                yield piece.variable.text
            case _ if isinstance(piece, _NAMING):
                yield piece.name.text
