"""Whether a program becomes machine code: where llvmlite is installed, once so many rows came or are to come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attrs import define

from perfrules.batch.native.host import is_there

WORTH_IT: Final = 250_000
"""From so many rows on it saves more time than it takes to make: both grow with the instructions, so this does not."""


@define
class _Choice:
    rows: int | None = WORTH_IT


_CHOICE: Final = _Choice()


def is_worth_it(rows: int) -> bool:
    """Tell whether a program for so many *rows* becomes machine code; what comes out of it is the same."""
    return _CHOICE.rows is not None and rows >= _CHOICE.rows and is_there()


@contextmanager
def joined_from(rows: int | None) -> Iterator[None]:
    """Make machine code from so many rows on (None: never), for comparisons.

    >>> with joined_from(None):
    ...     is_worth_it(10**9)
    False
    """
    before, _CHOICE.rows = _CHOICE.rows, rows
    try:
        yield
    finally:
        _CHOICE.rows = before
