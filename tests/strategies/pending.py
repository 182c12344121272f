"""Facts of which some are not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from attrs import evolve

from perfrules.ir.inputs import Facts, FactValue
from perfrules.lang.states import State


def with_pending(facts: Facts, random: Random, share: float) -> Facts:
    """Leave about *share* of the answers open, and judged marks as they are."""
    opened: Mapping[str, FactValue] = {
        name: State.PENDING if random.random() < share else value for name, value in facts.values.items()
    }
    return evolve(facts, values=opened)
