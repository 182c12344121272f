"""Working without the garbage collector: what is made or looked at survives, and walking it again doubles the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MUCH: Final = 200_000
"""Objects made while the collector was paused."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector, if it is on.

    Where much was made, it counts as old afterwards, or the collector would walk through all of it at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MUCH and not gc.get_freeze_count():  # what others froze must stay so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
