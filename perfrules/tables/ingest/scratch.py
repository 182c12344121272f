"""Room to work in: arrays that each thread keeps from one block to the next, so that no column asks for memory."""

from __future__ import annotations

from threading import local
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

STEP: Final = 131_072
"""How many cells are worked on at a time: fewer would stay nearer to the processor, but threads would wait for one
another more often.
"""

_kept: Final = local()


def room(name: str, dtype: DTypeLike, cells: int = STEP) -> NDArray[Any]:
    """Return an array of at most STEP cells of *dtype*, whatever it held; the next call with *name* returns the same.

    >>> room("example", bool, 3).shape
    (3,)
    """
    arrays: dict[str, NDArray[Any]] = _kept.__dict__.setdefault("arrays", {})
    found = arrays.get(name)
    if found is None:
        found = arrays[name] = np.empty(STEP, dtype)
    return found[:cells]
