"""A file and what it declares for rules to use: definitions, parameters, schedules, units; and what a library cites.
Read when first asked for.

Of a library only what is used is parsed: its items are found by a scan. Knows nothing of where files lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, TypeVar

from perfrules.compose.search import Home
from perfrules.syntax.ast.clauses import Remark, RemarkWord
from perfrules.syntax.ast.composition import Definition, Use
from perfrules.syntax.ast.declarations import Parameter, Schedule, UnitDeclaration
from perfrules.syntax.ast.ruleset import Item
from perfrules.text import SourceText

Declared = Definition | Parameter | Schedule | UnitDeclaration
Read = Callable[[], Item | None]

_Kind = TypeVar("_Kind", Definition, Parameter, Schedule, UnitDeclaration)
_SORTS: Final = {Definition: "define", Parameter: "param", Schedule: "schedule", UnitDeclaration: "unit"}
_CITE: Final = "cite"
SORT_OF_KEYWORD: Final = {"DEFINE": "define", "PARAM": "param", "SCHEDULE": "schedule", "UNIT": "unit", "CITE": _CITE}


class File:
    """A library or a ruleset. *prefix* stands before the names of what a library declares; a ruleset has none.

    *uses* are the libraries that it uses, *lacks* the names of those that cannot be had, *plugins* where it
    asks for plug-ins, by their names.
    """

    __slots__ = ("_declared", "_read", "home", "lacks", "name", "plugins", "prefix", "source", "uses", "version")

    def __init__(self, name: str, version: str | None, source: SourceText, home: Home, *, library: bool) -> None:
        self.name = name
        self.version = version
        self.source = source
        self.home = home
        self.prefix = f"{name}." if library else ""
        self.uses: tuple[File, ...] = ()
        self.lacks: frozenset[str] = frozenset()
        self.plugins: Mapping[str, Use] = {}
        self._declared: dict[tuple[str, str], Read] = {}
        self._read: dict[tuple[str, str], Item | None] = {}

    def declare(self, sort: str, name: str, read: Read) -> None:
        """Add something that the file declares; of two of one name the first counts."""
        self._declared.setdefault((sort, name), read)

    def declare_items(self, items: Iterable[Item]) -> None:
        """Add what stands among *items*, which are read already."""
        for item in items:
            if isinstance(item, Definition | Parameter | Schedule | UnitDeclaration):
                self.declare(_SORTS[type(item)], item.name.text, partial(_as_read, item))
            elif isinstance(item, Remark) and item.word is RemarkWord.CITE:
                self.declare(_CITE, str(item.span.start), partial(_as_read, item))

    def find(self, kind: type[_Kind], name: str) -> _Kind | None:
        """Return what the file declares of that kind and name."""
        found = self._item(_SORTS[kind], name)
        return found if isinstance(found, kind) else None

    @property
    def cites(self) -> tuple[Remark, ...]:
        """What a library says that it rests on; what a ruleset rests on is no matter of its definitions alone."""
        names = [name for sort, name in self._declared if sort == _CITE and self.prefix]
        found = (self._item(_CITE, name) for name in names)
        return tuple(each for each in found if isinstance(each, Remark))

    def has(self, kind: type[_Kind], name: str) -> bool:
        """Tell whether the file declares that, well or not."""
        return (_SORTS[kind], name) in self._declared

    def names(self, kind: type[Declared]) -> tuple[str, ...]:
        """Return the names of all it declares of that kind."""
        return tuple(name for sort, name in self._declared if sort == _SORTS[kind])

    def _item(self, sort: str, name: str) -> Item | None:
        key = (sort, name)
        if key not in self._declared:
            return None
        if key not in self._read:
            self._read[key] = self._declared[key]()
        return self._read[key]

    def see(self, base: File) -> None:
        """See what another file declares and uses: the ruleset that this one extends."""
        self.uses = tuple(dict.fromkeys((*self.uses, *base.uses)))
        self.lacks |= base.lacks
        self.plugins = {**base.plugins, **self.plugins}
        for key, read in base._declared.items():
            self._declared.setdefault(key, read)

    def full_name(self, name: str) -> str:
        """Return how something that the file declares is called in a ruleset."""
        return self.prefix + name


def _as_read(item: Item) -> Item:
    return item
