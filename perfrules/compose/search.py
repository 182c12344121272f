"""Where files are found by dotted name and version, and what was read of them. Knows folders only as functions.

`mof.common` is the file `mof/common.perfrules`, `mof.common.perfrules` or `mof/common/common.perfrules` (with a version
first `mof/common@2020.perfrules` …): beside the file that asks, in the place that file was found in, beside the
ruleset, then in the other places in order. What was read is kept under a key that names no folder, so that the same
files can be found again without them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final

from attrs import frozen

ReadResource = Callable[[str], bytes | None]

ENDING: Final = ".perfrules"


def nothing_listed() -> Iterable[str]:
    """List no file."""
    return ()


@frozen
class Place:
    """Where files lie: how one is read by its path below, what stands before that path in messages, and all of them."""

    read: ReadResource
    label: str = ""
    listed: Callable[[], Iterable[str]] = nothing_listed


def no_places() -> Iterable[Place]:
    """Know no package."""
    return ()


@frozen(kw_only=True)
class Found:
    """A file: its place and path there, what it is called in messages, its content."""

    place: Place
    path: str
    content: bytes
    key: str

    @property
    def home(self) -> Home:
        """The place that the file asks for others from."""
        return Home(self.place, self.path, self.key)

    @property
    def label(self) -> str:
        """What messages call the file."""
        return self.place.label + self.path


@frozen
class Home:
    """The file that asks for another: its place and path, and its dotted name (empty: the ruleset itself), with the
    version where only that keeps two files apart.
    """

    place: Place
    path: str = ""
    name: str = ""

    @property
    def folder(self) -> str:
        """The folder of the file, with the stroke after it."""
        return self.path.rpartition("/")[0] + "/" if "/" in self.path else ""

    def key(self, file: str) -> str:
        """Return what a file beside this one is called by whoever reads it: `cn.csv`, or `mof.common:cn.csv`."""
        return f"{self.name}:{file}" if self.name else file


class Search:
    """Finds files by name and reads what stands beside them; keeps what it read, by key.

    *again* reads by key what an earlier search kept: then no place is looked at.
    """

    __slots__ = ("_again", "_homes", "_installed", "_others", "home", "read")

    def __init__(
        self,
        home: Place,
        others: Sequence[Place] = (),
        *,
        installed: Callable[[], Iterable[Place]] = no_places,
        again: ReadResource | None = None,
    ) -> None:
        self.home = Home(home)
        self.read: dict[str, bytes] = {}
        self._others = tuple(others)
        self._installed = cache(lambda: tuple(installed()))  # found only when nothing nearer has the file
        self._again = again
        self._homes: dict[str, Home] = {"": self.home}

    def find(self, name: str, version: str | None, asker: Home) -> Found | None:
        """Return the file of that name, the nearest first; None where there is none."""
        found = self._kept(name, version) if self._again is not None else self._nearest(name, version, asker)
        if found is not None:
            self.read[f"{found.key}:"] = found.content
            self._homes[found.key] = found.home
        return found

    def resource(self, key: str) -> bytes | None:
        """Return the content of a file by its key (`Home.key`); None where it is not there."""
        name, colon, file = key.rpartition(":")
        if self._again is not None:
            content = self._again(key)
        elif colon and name in self._homes:
            home = self._homes[name]
            content = home.place.read(home.folder + file)
        else:
            content = self.home.place.read(key)
        if content is not None:
            self.read[key] = content
        return content

    def places(self) -> tuple[str, ...]:
        """Return what the places that are looked at are called."""
        return tuple(
            dict.fromkeys(place.label for place in (self.home.place, *self._others, *self._installed()) if place.label)
        )

    def names(self) -> frozenset[str]:
        """Return the dotted names that could be found, for did-you-mean."""
        paths = (path for place in (self.home.place, *self._others, *self._installed()) for path in place.listed())
        return frozenset(name for path in paths for name in names_of(path))

    def _kept(self, name: str, version: str | None) -> Found | None:
        for key in (_of_version(name, version), name):
            content = self._again(f"{key}:") if self._again is not None else None
            if content is not None:
                path = next(candidates(name, version))
                return Found(place=self.home.place, path=path, content=content, key=key)
        return None

    def _key(self, name: str, version: str | None, place: Place, path: str) -> str:
        """Return the key of a file: its name, but with the version where another file has that name."""
        taken = self._homes.get(name)
        same = taken is None or (taken.place is place and taken.path == path)
        return name if same else _of_version(name, version)

    def _nearest(self, name: str, version: str | None, asker: Home) -> Found | None:
        folders = [(asker.place, asker.folder), (asker.place, ""), (self.home.place, "")]
        near = dict.fromkeys((*folders, *((other, "") for other in self._others)))
        for place, folder in chain(near, ((other, "") for other in self._installed_later())):
            for path in candidates(name, version):
                content = place.read(folder + path)
                if content is not None:
                    key = self._key(name, version, place, folder + path)
                    return Found(place=place, path=folder + path, content=content, key=key)
        return None

    def _installed_later(self) -> Iterator[Place]:
        yield from self._installed()


def search_in(place: Place) -> Search:
    """Return the search that finds again what another kept, by the keys under which that kept it."""
    return Search(place, again=place.read)


def why_not_there(key: str) -> str:
    """Return the word for why no file is found by a key: nothing outside the folder of the asker is ever read.

    >>> why_not_there("cn.csv"), why_not_there("mof.common:data/../cn.csv"), why_not_there("../data/cn.csv")
    ('no-such-file', 'no-such-file', 'outside-the-folder')
    """
    path = posixpath.normpath(key.rpartition(":")[2].replace("\\", "/"))
    return "outside-the-folder" if path.startswith(("../", "/")) else "no-such-file"


def _of_version(name: str, version: str | None) -> str:
    return f"{name}@{version or ''}"


def candidates(name: str, version: str | None) -> Iterator[str]:
    """Yield the paths that a file of that name may have.

    >>> list(candidates("mof.common", None))
    ['mof/common.perfrules', 'mof.common.perfrules', 'mof/common/common.perfrules']
    """
    folders = name.replace(".", "/")
    for stem in (folders, name, f"{folders}/{folders.rpartition('/')[2]}"):
        if version is not None:
            yield f"{stem}@{version}{ENDING}"
        yield stem + ENDING


def names_of(path: str) -> Iterator[str]:
    """Yield the dotted names under which the file at *path* is found.

    >>> list(names_of("mof/common/common.perfrules"))
    ['mof.common.common', 'mof.common']
    """
    stem = path.removesuffix(ENDING).partition("@")[0]
    name = stem.replace("/", ".")
    yield name
    folder, _, last = stem.rpartition("/")
    if folder.rpartition("/")[2] == last:
        yield folder.replace("/", ".")
