"""What a resolved ruleset is: declarations, nodes in no particular order, and the outline of the rubric.

Knows nothing of evaluation order; `plan` finds it. Every node id that is read exists.
"""

from __future__ import annotations

from attrs import field, frozen

from perfrules.ir.expressions import NodeRef
from perfrules.ir.plan import Rubric
from perfrules.ir.ruletests import RuleTest


@frozen(kw_only=True)
class Model(Rubric):
    """A ruleset with every name looked up and every construct expanded into core expressions.

    Its nodes are in no particular order, and vetoes are not yet separated from their conditions. *readings* has the id
    of the reader and the reading, for each reading of a node.
    """

    tests: tuple[RuleTest, ...]
    readings: tuple[tuple[str, NodeRef], ...] = field(eq=False, repr=False)
