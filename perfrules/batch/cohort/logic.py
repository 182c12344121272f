"""Whether any, or all, of a group fulfil a condition: a known answer decides where it can, else the states do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import Cells
from perfrules.batch.cohort.members import Mask, Standing
from perfrules.ir.expressions import CohortOp


def decided(asked: Standing) -> tuple[Cells, NDArray[Any]]:
    """Return the answer and the state of each group; of nobody, any is false and all is true."""
    assert asked.members.body is not None
    takes_part = asked.asked & ~asked.absent
    known, fulfils = asked.body == 0, asked.members.body.truths(asked.members.rows)
    if asked.expr.op is CohortOp.ANY:
        decides = takes_part & (asked.state == 0) & fulfils
        open_ = takes_part & (asked.state > 0) & ~(known & ~fulfils)
    else:
        decides = takes_part & (asked.taken == 0) & known & ~fulfils
        open_ = takes_part & (asked.state > 0) & ~(known & fulfils)
    is_decided = _any(asked, decides)
    states = asked.strongest(np.where(open_, asked.state, 0).astype(np.uint8))
    states[is_decided] = 0
    return is_decided if asked.expr.op is CohortOp.ANY else ~is_decided, states


def _any(asked: Standing, mask: Mask) -> Mask:
    """Tell for each group whether it is so for some; those whose group is not known never decide."""
    found = np.zeros(asked.number, bool)
    found[asked.groups[mask & (asked.groups >= 0)]] = True
    return found
