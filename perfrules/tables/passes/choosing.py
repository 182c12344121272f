"""Whether cells are worked on by compiled loops: where numba is installed, once so many came that it pays."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Final

from attrs import define

WORTH_IT: Final = 32 * 2**20
"""So many cells are worked on by arrays first: loading the loops takes some tenths of a second, once in a process."""


@define
class _Seen:
    cells: int = 0


_SEEN: Final = _Seen()


def compiled(cells: int) -> Any | None:
    """Return `perfrules.tables.passes.compiled` for *cells* more, or None; what comes out is the same."""
    _SEEN.cells += cells  # threads may lose some of each other's
    return None if _SEEN.cells < WORTH_IT else _loops()


@cache
def _loops() -> Any | None:
    try:
        return import_module("perfrules.tables.passes.compiled")
    except ImportError:
        return None
