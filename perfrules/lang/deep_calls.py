"""Room for deep calls of Python, which is one for all threads: it lasts as long as anybody needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_LOCK: Final = Lock()
_NEEDED: Final[list[int]] = []
_USUAL: Final[list[int]] = []
"""The limit that was there before anybody needed another; empty while nobody does."""


@contextmanager
def room_for_calls(deep: int) -> Iterator[None]:
    """Let calls go at least so deep (they take no room on the C stack).

    >>> before = sys.getrecursionlimit()
    >>> with room_for_calls(before + 10), room_for_calls(before + 5):
    ...     sys.getrecursionlimit() - before
    10
    >>> sys.getrecursionlimit() == before
    True
    """
    with _LOCK:
        if not _NEEDED:
            _USUAL.append(sys.getrecursionlimit())
        _NEEDED.append(deep)
        sys.setrecursionlimit(max(*_USUAL, *_NEEDED))
    try:
        yield
    finally:
        with _LOCK:
            _NEEDED.remove(deep)
            sys.setrecursionlimit(max(*_USUAL, *_NEEDED) if _NEEDED else _USUAL.pop())
