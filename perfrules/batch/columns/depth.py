"""How deep calls go on a tape: an operation asks for its operands, and a table of bands is one deep chain."""

from __future__ import annotations

from typing import Final

from perfrules.batch.tape import Tape

_CALLS_PER_OPERATION: Final = 8
_USUAL: Final = 1000


def calls_needed(tape: Tape) -> int:
    """Return how deep calls have to be allowed to go."""
    depths: list[int] = []
    for op in tape.ops:
        depths.append(1 + max((depths[place] for place in op.operands), default=0))
    return _USUAL + _CALLS_PER_OPERATION * max(depths, default=0)
