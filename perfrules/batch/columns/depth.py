"""Room for calls as deep as a tape: an operation asks for its operands, and a table of bands is one deep chain."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from perfrules.batch.tape import Tape
from perfrules.lang.deep_calls import room_for_calls

_CALLS_PER_OPERATION: Final = 8


@contextmanager
def deep_enough(tape: Tape) -> Iterator[None]:
    """Let Python calls go as deep as the longest chain of operations needs (they take no room on the C stack)."""
    depths: list[int] = []
    for op in tape.ops:
        depths.append(1 + max((depths[place] for place in op.operands), default=0))
    with room_for_calls(sys.getrecursionlimit() + _CALLS_PER_OPERATION * max(depths, default=0)):
        yield
