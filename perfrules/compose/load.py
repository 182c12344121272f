"""The files that a ruleset builds on, each read once: libraries by a scan, bases as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from attrs import frozen

from perfrules.compose import load_problems as problems
from perfrules.compose.file import SORT_OF_KEYWORD, File
from perfrules.compose.search import Found, Home, Search
from perfrules.diagnostics import Diagnostic, has_errors
from perfrules.diagnostics.unreadable_text import unreadable_text
from perfrules.ir.plan import SourceIdentity
from perfrules.syntax.ast.composition import Extends, Use
from perfrules.syntax.ast.ruleset import Item, Library, Ruleset
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.limits import nesting_too_deep
from perfrules.syntax.parse import parse
from perfrules.syntax.parse_part import parse_item
from perfrules.syntax.scan import scan_header, scan_items
from perfrules.text import SourceText, Span, read_source

DEEPEST: Final = 64
"""How many files may build on one another in one line."""


@frozen
class Opening:
    """A file that is being read: another version of it is another file."""

    name: str
    version: str | None
    library: bool


@frozen(kw_only=True)
class Base:
    """A ruleset that another extends."""

    tree: Ruleset
    file: File


class Loader:
    """Reads files by name; every problem, every text and every identity of what was read is kept."""

    __slots__ = ("_files", "_first_use", "_opening", "identities", "problems", "search", "sources")

    def __init__(self, search: Search, opening: Sequence[Opening] = ()) -> None:
        self.search = search
        self.problems: list[Diagnostic] = []
        self.sources: dict[str, SourceText] = {}
        self.identities: list[SourceIdentity] = []
        self._files: dict[str, File | None] = {}
        self._first_use: dict[str, Span] = {}
        self._opening = list(opening)

    # --- files

    def of_tree(self, tree: Ruleset | Library, source: SourceText, home: Home) -> File:
        """Return a file that is read already, with the libraries it uses."""
        file = File(dotted(tree.name), _value(tree.version), source, home, library=isinstance(tree, Library))
        file.declare_items(tree.items)
        with self.on_behalf_of(opening_of(tree)):
            self._take_uses(file, tree.items)
        return file

    def base(self, extends: Extends, asker: Home) -> Base | None:
        """Return the ruleset that is extended; None, reported, where it cannot be had."""
        name, at = dotted(extends.name), _span(extends.name)
        found = self._find(name, "ruleset", _value(extends.version), at, asker)
        if found is None:
            return None
        source, home = found
        header = self._header(source)
        if header is None or not self._is_the_one(header, name, library=False, at=at, source=source):
            return None
        self._check_version(name, extends.version, _value(header.version), at)
        if self._goes_round(opening_of(header), extends.version, at):
            return None
        tree = self._whole(source)
        if not isinstance(tree, Ruleset):
            return None
        self._identify("ruleset", name, _value(tree.version), source)
        return Base(tree=tree, file=self.of_tree(tree, source, home))

    @contextmanager
    def on_behalf_of(self, opening: Opening) -> Iterator[None]:
        """Read what a file needs; that it needs itself is found so."""
        self._opening.append(opening)
        try:
            yield
        finally:
            self._opening.pop()

    # --- libraries

    def _take_uses(self, file: File, items: Iterable[Item]) -> None:
        uses = [item for item in items if isinstance(item, Use)]
        libraries = {dotted(use.name): self._library(use, file.home) for use in uses if not use.plugin}
        file.uses = tuple(each for each in libraries.values() if each is not None)
        file.lacks = frozenset(name for name, each in libraries.items() if each is None)
        file.plugins = {dotted(use.name): use for use in uses if use.plugin}

    def _library(self, use: Use, asker: Home) -> File | None:
        name, at = dotted(use.name), _span(use.name)
        opened = next((each for each in self._opening if each.library and each.name == name), None)
        if opened is not None:
            self._check_version(name, use.version, opened.version, at)  # of one library there is one version
            self._goes_round(opened, use.version, at)
            return None
        if name not in self._files:
            self._first_use[name] = at
            self._files[name] = self._open_library(name, use.version, at, asker)
        file = self._files[name]
        if file is not None:
            self._check_version(name, use.version, file.version, at)
        return file

    def _open_library(self, name: str, version: Text | None, at: Span, asker: Home) -> File | None:
        found = self._find(name, "library", _value(version), at, asker)
        if found is None:
            return None
        source, home = found
        header = self._header(source)
        if header is None or not self._is_the_one(header, name, library=True, at=at, source=source):
            return None
        self._identify("library", name, _value(header.version), source)
        file = File(name, _value(header.version), source, home, library=True)
        used = self._declare_scanned(file)
        with self.on_behalf_of(opening_of(header)):
            self._take_uses(file, used)
        return file

    def _declare_scanned(self, file: File) -> list[Item]:
        """Declare what the scan of a library finds; return its uses, which are read at once."""
        uses: list[Item] = []
        for item in scan_items(file.source.text):
            if item.keyword == "USE":
                use = self._item(file.source, item.start, item.end)
                uses += [] if use is None else [use]
            elif item.keyword in SORT_OF_KEYWORD:
                read = partial(self._item, file.source, item.start, item.end)
                name = str(item.start) if item.keyword == "CITE" else item.name
                file.declare(SORT_OF_KEYWORD[item.keyword], name, read)
        return uses

    def _item(self, source: SourceText, start: int, end: int) -> Item | None:
        parsed = parse_item(source, start, end)
        self.problems += parsed.diagnostics
        return parsed.item

    # --- texts

    def _find(self, name: str, kind: str, version: str | None, at: Span, asker: Home) -> tuple[SourceText, Home] | None:
        if len(self._opening) >= DEEPEST:
            self.problems.append(nesting_too_deep("files", DEEPEST, at))
            return None
        found = self.search.find(name, version, asker)
        if found is None:
            self.problems.append(problems.library_not_found(name, kind, at, self.search))
            return None
        source = self._text(found)
        return None if source is None else (source, found.home)

    def _text(self, found: Found) -> SourceText | None:
        source, unreadable = read_source(found.content, found.label)
        self.sources[source.name] = source
        self.problems += unreadable_text(source, unreadable)
        return None if unreadable else source

    def _header(self, source: SourceText) -> Ruleset | Library | None:
        """Read the header alone; the whole text where that cannot be done, so that its mistakes are told."""
        header = scan_header(source.text)
        if header is not None:
            parsed = parse(SourceText(source.name, f"{source.text[: header.end]} {{}}"))
            if parsed.tree is not None and not parsed.diagnostics:
                return parsed.tree
        return self._whole(source)

    def _whole(self, source: SourceText) -> Ruleset | Library | None:
        parsed = parse(source)
        self.problems += parsed.diagnostics
        return None if has_errors(parsed.diagnostics) else parsed.tree

    # --- what was asked for, and what was found

    def _is_the_one(self, tree: Ruleset | Library, name: str, *, library: bool, at: Span, source: SourceText) -> bool:
        if dotted(tree.name) == name and isinstance(tree, Library) == library:
            return True
        self.problems.append(problems.header_mismatch(tree, name, library=library, at=at, file=source.name))
        return False

    def _goes_round(self, opening: Opening, wanted: Text | None, at: Span) -> bool:
        """Tell whether a file is being read already; report it where that very version is asked for."""
        if opening not in self._opening:
            return False
        if wanted is None or wanted.value == opening.version:
            ring = (*self._opening[self._opening.index(opening) :], opening)
            self.problems.append(problems.file_cycle([(each.name, each.version) for each in ring], at))
        return True

    def _check_version(self, name: str, wanted: Text | None, found: str | None, at: Span) -> None:
        if wanted is None or wanted.value == found:
            return
        first = self._first_use.get(name)
        others = () if first is None or first == at else (first,)
        self.problems.append(problems.version_conflict(name, wanted, found, others))

    def _identify(self, kind: str, name: str, version: str | None, source: SourceText) -> None:
        self.identities.append(SourceIdentity(kind=kind, name=name, version=version, digest=digest(source.text)))


def opening_of(tree: Ruleset | Library) -> Opening:
    """Return what is being read when *tree* is."""
    return Opening(dotted(tree.name), _value(tree.version), isinstance(tree, Library))


def dotted(names: Sequence[Name]) -> str:
    """Return a path of names as it is written.

    >>> dotted([Name(text="mof", span=Span("a", 0, 3)), Name(text="common", span=Span("a", 4, 10))])
    'mof.common'
    """
    return ".".join(name.text for name in names)


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _value(text: Text | None) -> str | None:
    return None if text is None else text.value


def _span(names: Sequence[Name]) -> Span:
    return names[0].span.cover(names[-1].span)
