"""The kernel of a ruleset, made once for each day and choice of columns, if columns can score it at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from perfrules.as_of import as_of_problem
from perfrules.batch.kernel import Kernel
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.tables.results.asked import asked_nodes, with_asked_nodes
from perfrules.tables.results.columns import ResultColumn
from perfrules.tables.results.from_block import nodes_read


@frozen(eq=False)
class ReadyKernel:
    """A kernel, and the texts whose codes it knows."""

    kernel: Kernel
    texts: tuple[str, ...]


@per_plan
def _made(_plan: Plan) -> dict[tuple[date | None, frozenset[str]], ReadyKernel | None]:
    return {}


def kernel_of(plan: Plan, columns: Sequence[ResultColumn], as_of: date | None) -> ReadyKernel | None:
    """Return what scores *columns* of *plan*; None where every row has to be evaluated by itself.

    That is so for rules that compare entities or read other results, for plug-ins' functions, and where a day is asked
    for and nobody says which.
    """
    day = as_of or plan.as_of_default
    if has_cohort_rules(plan) or len(plan.data_inputs) < len(plan.inputs) or as_of_problem(plan, day) is not None:
        return None
    if asked_nodes(plan).unsupported:
        return None
    made, key = _made(plan), (day, nodes_read(plan, columns))
    if key not in made:
        made[key] = _make(plan, *key)
    return made[key]


def _make(plan: Plan, day: date | None, nodes: frozenset[str]) -> ReadyKernel | None:
    kernel = Kernel(with_asked_nodes(plan), as_of=day, nodes=tuple(sorted(nodes)))
    return None if kernel.unsupported else ReadyKernel(kernel, kernel.texts)
