"""What the names of a piece of text mean while it is expanded: those of a ruleset, or of the body of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from perfrules.compose.file import File
from perfrules.lang.changing import changed
from perfrules.syntax.ast.expressions import Argument
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span

Given = Argument | Name
"""What a parameter stands for; a table is given by its name."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@frozen(kw_only=True, eq=False)
class Meaning:
    """One place. *path* has the codes of the indicators around it.

    In a body *file* is the file of the definition, *definition* its full name, *lets* and *variables* map the names
    written to those that stand in their place, *codes* has the paths of the body's own indicators. In a ruleset *file*
    is None: it follows from where a name is written. *around* are the names that the definitions around the body gave
    to something. *whole* is the indicator whose `full` and `measure` are meant in the arguments of its definition.
    *calls* are those of the definitions around a place in a body, the outermost first.
    """

    file: File | None = None
    definition: str = ""
    path: tuple[str, ...] = ()
    given: Mapping[str, Given] = field(factory=dict)
    lets: Mapping[str, str] = _NOTHING
    variables: Mapping[str, str] = _NOTHING
    codes: tuple[tuple[str, ...], ...] = ()
    levels: frozenset[str] = frozenset()
    takes_tables: bool = False
    around: frozenset[str] = frozenset()
    whole: tuple[str, ...] | None = None
    calls: tuple[Span, ...] = ()

    @property
    def place(self) -> str:
        """The path as one text."""
        return ".".join(self.path)

    @property
    def named(self) -> frozenset[str]:
        """The names that something here has."""
        return self.around | {*self.lets.values(), *self.variables.values()}

    def within(self, code: str) -> Meaning:
        """Return the meaning inside the indicator *code*."""
        return changed(self, path=(*self.path, code))

    def with_lets(self, lets: Mapping[str, str]) -> Meaning:
        """Return the meaning where these lets are seen too."""
        return evolve(self, lets={**self.lets, **lets}) if lets else self

    def with_variable(self, written: str, new: str) -> Meaning:
        """Return the meaning where one more variable stands for a record."""
        return evolve(self, variables={**self.variables, written: new})

    def in_arguments_of(self, path: tuple[str, ...]) -> Meaning:
        """Return the meaning of the arguments that make the indicator at *path*."""
        return evolve(self, whole=path)

    def own_indicator(self, code: str) -> tuple[str, ...] | None:
        """Return the path of the body's own indicator that *code* names, looked for from the inside out."""
        wanted = tuple(code.split("."))
        for depth in range(len(self.path), -1, -1):
            if (*self.path[:depth], *wanted) in self.codes:
                return (*self.path[:depth], *wanted)
        ending = [path for path in self.codes if ".".join(path).endswith(f".{code}")]
        return ending[0] if len(ending) == 1 else None
