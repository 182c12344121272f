"""Files that are there whole or not at all: written beside their place, then renamed into it.

An interrupt may come between any two steps, so what is to be removed is known before it is made.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_urlsafe
from typing import IO, Final
from weakref import finalize

from attrs import define, field

_NAME: Final = 40
"""Characters of a file's name that its unfinished file begins with, so that none is too long."""


def write_atomically(path: Path, content: bytes) -> None:
    """Put *content* at *path*; whatever stops this leaves what was there. Raises OSError as any write does."""
    with opened_atomically(path) as file:
        file.write(content)


@contextmanager
def opened_atomically(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that is renamed to *path* at the end; whatever is raised before leaves what was there."""
    part = _Part(f"{path.parent / f'.{path.name[:_NAME]}.{token_urlsafe(9)}.part'}")
    try:
        with open(part.name, "xb", opener=_open_for_us) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part.name, _mode(path))
        os.replace(part.name, path)
    except BaseException:
        _remove(part.name)
        part.is_gone()
        raise
    part.is_gone()


@define(eq=False, slots=False)
class _Part:
    """A file to be finished; removed at the latest when nobody holds it any more, or the process ends."""

    name: str
    _end: finalize[[str], _Part] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._end = finalize(self, _remove, self.name)

    def is_gone(self) -> None:
        """Take note that there is nothing to remove any more."""
        self._end.detach()


def _remove(name: str) -> None:
    with suppress(OSError):
        os.unlink(name)


def _open_for_us(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, else what a new file would get."""
    with suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
