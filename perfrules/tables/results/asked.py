"""Which nodes a table of results is read from: those of the plan, and some that say what else a result tells.

Whether a missing policy stood in, and who left a denominator, are no nodes of a plan: an evaluator of single entities
reads them off its steps. For columns they become nodes, made of the same expressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from perfrules.evaluate.places import BEFORE_VETOES, MISSING_POLICY, places_of
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Node, Plan, Role
from perfrules.ir.walk import operands
from perfrules.lang.kinds import YesNo
from perfrules.lang.states import State

_SHARED: Final = (core.ShareRule.RESCALE, core.ShareRule.TO)
_NO: Final = core.Const(False, kind=YesNo(), origin=Origin("result"))


@frozen(eq=False)
class AskedNodes:
    """The nodes that results need besides those of the plan (*extra*): whether a policy *stood_in* by indicator, who is
    *left_out* in the order in which results list them (code, node).

    *unsupported* says of which node this cannot be told by columns, and why.
    """

    extra: tuple[Node, ...]
    stood_in: Mapping[str, str]
    left_out: Sequence[tuple[str, str]]
    unsupported: Mapping[str, str]


@per_plan
def asked_nodes(plan: Plan) -> AskedNodes:
    """Return what the results of *plan* are read from besides its own nodes."""
    policies = dict(_policies(plan))
    shares = [(code, node) for node in _own(plan) for code, node in _shares(node)]
    return AskedNodes(
        extra=(*policies.values(), *(node for _, node in shares)),
        stood_in={code: node.id for code, node in policies.items()},
        left_out=[(code, node.id) for code, node in shares],
        unsupported={node.id: "a missing policy or shares inside a formula" for node in _own(plan) if _is_odd(node)},
    )


def with_asked_nodes(plan: Plan) -> Plan:
    """Return *plan* with the nodes that its results are read from."""
    return evolve(plan, nodes=(*plan.nodes, *asked_nodes(plan).extra))


def _own(plan: Plan) -> list[Node]:
    return [node for node in plan.nodes if not node.id.endswith(BEFORE_VETOES)]


def _policies(plan: Plan) -> Iterator[tuple[str, Node]]:
    """Yield, by indicator, whether its marks are missing, so that the policy stands in."""
    codes = places_of(plan).items
    for node in _own(plan):
        if node.indicator is not None and node.indicator in codes and _is_policy(node.expr):
            assert isinstance(node.expr, core.Recover)
            yield node.indicator, _asking(f"{node.id}/stood in", _is_in(node.expr.operand, State.MISSING))


def _shares(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield, by the code of a member, whether it left the denominator of *node*."""
    combine = _combine(node.expr)
    if combine is None or combine.share not in _SHARED:
        return
    for place, member in enumerate(combine.members):
        if not member.bonus:
            asked = _where_combined(node.expr, _is_in(member.value, State.EXCLUDED))
            yield member.code, _asking(f"{node.id}/left out.{place}", asked)


def _combine(expr: Expr) -> core.Combine | None:
    """Return the combining that *expr* is, behind what stands in where it is missing or does not apply."""
    match expr:
        case core.Combine():
            return expr
        case core.Recover(operand=operand):
            return _combine(operand)
        case core.Select(cases=((_, value),)):
            return _combine(value)
    return None


def _where_combined(expr: Expr, asked: Expr) -> Expr:
    """Return *asked* where *expr* comes to its combining, else no."""
    match expr:
        case core.Recover(operand=operand):
            return _where_combined(operand, asked)
        case core.Select(cases=((condition, value),)):
            inner = _where_combined(value, asked)
            return core.Select(((condition, inner),), _NO, kind=YesNo(), origin=expr.origin)
    return asked


def _is_odd(node: Node) -> bool:
    """Tell whether a policy, or a combining with shares, stands where the above does not look."""
    inside = list(_below(node.expr))
    policies = sum(_is_policy(each) for each in inside)
    combining = sum(isinstance(each, core.Combine) and each.share in _SHARED for each in inside)
    known = _combine(node.expr)
    return policies > _is_policy(node.expr) or combining > (known is not None and known.share in _SHARED)


def _below(expr: Expr) -> Iterator[Expr]:
    waiting = [expr]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(operands(found))


def _is_policy(expr: Expr) -> bool:
    is_recovery = isinstance(expr, core.Recover) and expr.state is State.MISSING
    return is_recovery and expr.origin.construct == MISSING_POLICY


def _is_in(operand: Expr, state: State) -> Expr:
    return core.IsState(operand, state, kind=YesNo(), origin=operand.origin)


def _asking(id_: str, expr: Expr) -> Node:
    return Node(id=id_, role=Role.LET, expr=expr, kind=YesNo(), origin=expr.origin)
