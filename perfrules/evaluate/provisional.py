"""Where open values will lie: the one place at which evaluation asks the prover."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, TypeAlias

from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan

Enclosures: TypeAlias = Mapping[str, Any]


def enclosures_of(plan: Plan, facts: Facts) -> Enclosures:
    """Enclose each value that waits for a person, by node id.

    The prover is loaded only here: a final result must not pay for it.
    """
    found: Enclosures = import_module("perfrules.prove.enclose").enclose(plan, facts)
    return found
