"""Where open values will lie: the one place at which evaluation asks the prover."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from perfrules.evaluate.trace import Trace, Value
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from perfrules.plugins.faults import PluginFault

if TYPE_CHECKING:
    from perfrules.prove.enclosure import Enclosure

Enclosures: TypeAlias = "Mapping[str, Enclosure]"


def enclosures_of(plan: Plan, facts: Facts, found: Mapping[str, Value]) -> Enclosures:
    """Enclose what each node can still become, by node id; `attained` where both ends are proven reachable.

    *found* are the values so far.
    """
    from perfrules.evaluate.reference import evaluate_nodes
    from perfrules.prove.attained import with_attained  # a final result must not pay for loading the prover
    from perfrules.prove.enclose import enclose

    enclosures = enclose(plan, facts, found)
    try:
        return with_attained(plan, facts, enclosures, evaluate_nodes)
    except PluginFault:  # answers for which a plug-in fails reach nothing
        return enclosures


@frozen(eq=False)
class Settled(Mapping[str, Value]):
    """The values of all nodes, by id; an open one that can come out in one way only has that value already.

    *enclose* is asked for the enclosures only where a value is open.
    """

    trace: Trace = field(repr=False)
    enclose: Callable[[], Enclosures] = field(repr=False)

    @property
    def enclosures(self) -> Enclosures:
        """Where the open values will lie."""
        return self.enclose()

    def __getitem__(self, node: str) -> Value:
        found = self.trace[node]
        if found is not State.PENDING:
            return found
        settled = self.enclosures[node].constant
        return found if settled is None else settled

    def __contains__(self, node: object) -> bool:
        return node in self.trace

    def __iter__(self) -> Iterator[str]:
        return iter(self.trace)

    def __len__(self) -> int:
        return len(self.trace)
