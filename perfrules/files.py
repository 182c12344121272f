"""Folders of files: what stands below one is read, never what lies outside; and the rulesets of installed packages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Final

from perfrules.compose.search import ENDING, Place

PACKAGES: Final = "perfrules.rulesets"
"""The entry-point group in which a package offers the folder its rulesets lie in."""

_LISTED_AT_MOST: Final = 10_000


def beside(ruleset: Path) -> Callable[[str], bytes | None]:
    """Return a reader for the files that the ruleset at this path names; None for one that is not there or lies
    outside.
    """
    return below(ruleset.resolve().parent)


def below(folder: Path) -> Callable[[str], bytes | None]:
    """Return a reader of the files below *folder*, by their paths from there."""
    folder = folder.resolve()

    def read(name: str) -> bytes | None:
        try:
            place = (folder / name).resolve()
            if not place.is_relative_to(folder) or not place.is_file():
                return None
            return place.read_bytes()
        except (OSError, ValueError):  # a name that no file can have
            return None

    return read


def place_of(ruleset: Path) -> Place:
    """Return the folder in which the ruleset at this path lies."""
    return folder_place(ruleset.parent)


def folder_place(folder: Path) -> Place:
    """Return a folder as a place to look for files in."""
    label = "" if folder == Path() else f"{folder.as_posix().rstrip('/')}/"
    return Place(below(folder), label, lambda: listed(folder))


def listed(folder: Path) -> Iterable[str]:
    """Return the paths of the .perfrules files below *folder*, from there, in order; hidden folders are left out."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below_here = Path(place).relative_to(folder)
        found += [(below_here / name).as_posix() for name in names if name.endswith(ENDING)]
        if len(found) >= _LISTED_AT_MOST:
            break
    return sorted(found[:_LISTED_AT_MOST])


def installed_places() -> Iterator[Place]:
    """Yield the folders of installed packages that offer rulesets, by name of the offer; no package is imported."""
    from importlib.metadata import entry_points  # slow to load, and seldom needed

    for offer in sorted(entry_points(group=PACKAGES), key=lambda each: (each.name, each.value)):
        for folder in package_folders(offer.value.partition(":")[0]):
            place = folder_place(Path(folder))
            yield Place(place.read, f"{offer.value}/", place.listed)


def package_folders(package: str) -> tuple[str, ...]:
    """Return where the files of a package lie, without importing it or those around it."""
    where: Iterable[str] | None = None
    parts = package.split(".")
    for count in range(1, len(parts) + 1):
        spec = _spec(".".join(parts[:count]), where)
        if spec is None or spec.submodule_search_locations is None:
            return ()
        where = tuple(spec.submodule_search_locations)
    return tuple(where or ())


def _spec(name: str, where: Iterable[str] | None) -> ModuleSpec | None:
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        spec: ModuleSpec | None = find(name, None if where is None else list(where), None) if find else None
        if spec is not None:
            return spec
    return None
