"""Where open values will lie: the one place at which evaluation asks the prover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan

if TYPE_CHECKING:
    from perfrules.prove.enclosure import Enclosure

Enclosures: TypeAlias = "Mapping[str, Enclosure]"


def enclosures_of(plan: Plan, facts: Facts) -> Enclosures:
    """Enclose what each node can still become, by node id."""
    from perfrules.prove.enclose import enclose  # a final result must not pay for loading the prover

    return enclose(plan, facts)
