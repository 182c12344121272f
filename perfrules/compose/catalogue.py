"""What the libraries of some places define, found by a scan: for lists and for search. Parses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final
from unicodedata import is_normalized

from attrs import field, frozen

from perfrules.compose.search import Place
from perfrules.lang.names import normalise_name
from perfrules.syntax.scan import ScannedItem, scan_definitions, scan_header
from perfrules.text import SourceText, normalise_newlines

_VERSION: Final = re.compile(r'(?:version|版本)\s*["“＂]([^"”＂\n]*)["”＂]')
_WITHIN: Final = re.compile(r"\w+")
_FULL_WIDTH: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_TAG: Final = re.compile(r'(?:([^\s,，、:："“”＂]+)\s*[:：]\s*)?["“＂]([^"”＂\n]*)["”＂]')


@frozen
class Tag:
    """`sector: "交通"`, or a word without a key."""

    key: str
    value: str


@frozen
class Entry:
    """A definition: the name of its library, and what the scan found of it."""

    library: str
    item: ScannedItem

    @property
    def name(self) -> str:
        """Its name in its library."""
        return self.item.name

    @property
    def full_name(self) -> str:
        """Its name with that of its library."""
        return f"{self.library}.{self.item.name}"

    @property
    def title(self) -> str:
        """Its title; empty without one."""
        return self.item.title

    @property
    def parameters(self) -> str:
        """Its parameters as written, on one line."""
        return " ".join(self.item.parameters.split())

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Its tags in the order written."""
        return tuple(Tag(key, value) for key, value in _TAG.findall(self.item.tags))


@frozen
class Shelf:
    """A library: its name, title and version, its text and what that is called."""

    name: str
    title: str
    version: str | None
    file: str
    text: str

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What it defines."""
        return tuple(Entry(self.name, item) for item in scan_definitions(self.text))

    @property
    def source(self) -> SourceText:
        """The text, in lines."""
        return SourceText(self.file, self.text)


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise_name(word).casefold() for word in words)


@frozen(kw_only=True)
class Wanted:
    """What is looked for: words that all stand in name, title or a tag, and tags by key. Case does not count."""

    words: tuple[str, ...] = field(default=(), converter=_folded)
    tags: tuple[Tag, ...] = ()


def shelves(places: Iterable[Place]) -> Iterator[Shelf]:
    """Yield the libraries of *places*; of two of one name and version the one that would be found first."""
    seen: set[tuple[str, str | None]] = set()
    for place in places:
        for path in place.listed():
            content = place.read(path)
            shelf = None if content is None else _shelf(content, place.label + path)
            if shelf is not None and (shelf.name, shelf.version) not in seen:
                seen.add((shelf.name, shelf.version))
                yield shelf


def fitting(shelf: Shelf, wanted: Wanted) -> list[Entry]:
    """Return the definitions of a library that are what is looked for; its text is cut only where they can be in it."""
    return [entry for entry in shelf.entries if fits(entry, wanted)] if _may_hold(shelf, wanted) else []


def _may_hold(shelf: Shelf, wanted: Wanted) -> bool:
    """Tell whether all words stand in the text; one that can begin in one part and end in the next may anyway."""
    missing = [word for word in wanted.words if _WITHIN.fullmatch(word) and word not in shelf.text]
    missing = [word for word in missing if word not in f"{shelf.name} {shelf.text}".casefold()]
    if not missing:
        return True
    if _FULL_WIDTH.search(shelf.text) is None and is_normalized("NFC", shelf.text):
        return False  # names stand in the text as they are compared
    return all(word in normalise_name(shelf.text).casefold() for word in missing)


def fits(entry: Entry, wanted: Wanted) -> bool:
    """Tell whether a definition is what is looked for; case does not count.

    >>> item = ScannedItem("DEFINE", "execution", 0, 1, "预算执行率", "spent : money", 'sector: "交通"')
    >>> entry = Entry("mof.common", item)
    >>> fits(entry, Wanted(words=("执行",), tags=(Tag("sector", "交通"),))), fits(entry, Wanted(words=("人员",)))
    (True, False)
    """
    told = f"{entry.full_name} {entry.title} {entry.item.tags}".casefold()
    if not all(word in told for word in wanted.words):
        return False
    return not wanted.tags or set(wanted.tags) <= set(entry.tags)


def called(found: Sequence[Shelf], name: str) -> list[tuple[Shelf, Entry]]:
    """Return the definitions that *name*, with or without a library before it, can mean."""
    return [(shelf, entry) for shelf in found for entry in shelf.entries if name in (entry.name, entry.full_name)]


def _shelf(content: bytes, file: str) -> Shelf | None:
    try:
        text = normalise_newlines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None  # it is told when somebody uses it
    header = scan_header(text)
    if header is None or header.keyword != "LIBRARY":
        return None
    version = _VERSION.search(text, header.start, header.end)
    return Shelf(header.name, header.title, version.group(1) if version else None, file, text)
