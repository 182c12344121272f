"""The folder that compiled rulesets are kept in: the user's own, which nobody else may write to, of limited size.

`PERFRULES_CACHE` names another, or is `off`. What goes wrong with it is never an error: nothing is kept then.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from attrs import frozen

VARIABLE: Final = "PERFRULES_CACHE"
OFF: Final = "off"
MOST_BYTES: Final = 256 * 2**20
MOST_FILES: Final = 2_000
"""Beyond either, the files that were not used for the longest time are removed."""

_ENDING: Final = ".perfrules-compiled"
_PART: Final = ".perfrules-part"
_LARGE: Final = 2**20
"""After a file of so many bytes the folder is looked at in any case."""


@frozen
class Kept:
    """A file of the folder: its size, and when it was last used, in nanoseconds."""

    path: Path
    size: int
    used: int


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder, there or not; None where nothing is to be kept.

    >>> cache_folder({"PERFRULES_CACHE": "off"}) is None
    True
    >>> cache_folder({"PERFRULES_CACHE": "/var/cache/rules"}).as_posix()
    '/var/cache/rules'
    """
    named = environ.get(VARIABLE, "")
    if named == OFF:
        return None
    if named:
        return Path(named).expanduser()
    base = _base(environ)
    return None if base is None else base / "perfrules" / "rulesets"


def _base(environ: Mapping[str, str]) -> Path | None:
    stated = environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(stated):
        return Path(stated)
    if sys.platform == "win32":
        local = environ.get("LOCALAPPDATA", "")
        return Path(local) if os.path.isabs(local) else None
    try:
        home = Path.home()
    except RuntimeError:  # nobody's
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def is_private(folder: Path) -> bool:
    """Tell whether the folder is this user's, and nobody else may write to it. Raises OSError where it is not there."""
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        return False
    if sys.platform == "win32":
        return True  # folders of a user's profile are that user's
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def read_kept(folder: Path, key: str) -> bytes | None:
    """Return what is kept under *key*, and note that it was used."""
    path = folder / (key + _ENDING)
    try:
        if not is_private(folder):
            return None
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return content


def keep(folder: Path, key: str, content: bytes) -> None:
    """Write *content* under *key*, whole or not at all. Raises OSError where the folder does not let us."""
    make_private(folder)
    if not is_private(folder):
        raise PermissionError(f"{folder} can be written to by others")
    import tempfile  # which takes longer than reading back what is kept

    handle, name = tempfile.mkstemp(dir=folder, suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, folder / (key + _ENDING))
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    # Looking at every file takes longer than writing a small one, so that is done after one in sixteen.
    if len(content) >= _LARGE or key.startswith("0"):
        remove_oldest(folder, MOST_BYTES, MOST_FILES)


def why_nothing_is_kept(folder: Path) -> str | None:
    """Return why nothing can be written to the folder (`not-private`, or in the system's words); None if it can."""
    import tempfile

    try:
        make_private(folder)
        if not is_private(folder):
            return "not-private"
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as refused:
        return refused.strerror or str(refused)


def make_private(folder: Path) -> None:
    """Make the folder where it is not there, for this user alone."""
    if not folder.exists():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)


def remove_oldest(folder: Path, most_bytes: int, most_files: int) -> None:
    """Remove the files that were not used for the longest time, until the others are within these limits."""
    files = sorted(kept_in(folder), key=lambda each: (each.used, each.path.name), reverse=True)
    size = 0
    for number, each in enumerate(files, start=1):
        size += each.size
        if size > most_bytes or number > most_files:
            with suppress(OSError):
                each.path.unlink()


def kept_in(folder: Path) -> Iterator[Kept]:
    """Yield the files of the folder that are ours, half-written ones included."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((_ENDING, _PART)):
                with suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    yield Kept(Path(entry.path), found.st_size, found.st_mtime_ns)
