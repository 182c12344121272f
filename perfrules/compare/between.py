"""A ruleset between the old and the new one: some of the changed items applied, the others not yet.

Every node is taken from one of the two rulesets as its item says. Quantities are converted where a rule of one reads
what the other gives in another unit; the children that a parent combines are those of the items applied.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property

from attrs import evolve, field, frozen

from perfrules.compare.full_marks import combination_of, combined_full, follows_children, is_combination, members_of
from perfrules.compare.items import Item, Owners, Sort
from perfrules.compare.meaning import child_of, factor_of
from perfrules.compare.sides import Side
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, ShareRule
from perfrules.ir.inputs import InputDeclaration, JudgedDeclaration
from perfrules.ir.plan import Edge, Node, Plan, Role
from perfrules.ir.walk import transform
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Points
from perfrules.lang.states import State
from perfrules.plan.edges import references
from perfrules.plan.order import evaluation_order

TARGETS = ("total", "rounded total", "grade")
_NEW = "′"
"""Ends the name by which rules of the new ruleset read an input that is declared differently in the two."""


def read_as(name: str, *, new: bool, differs: bool) -> str:
    """Return the name by which an input is read, where its two declarations differ."""
    return f"{name}{_NEW}" if new and differs else name


@frozen(eq=False)
class Between:
    """The two rulesets and whose each item is; makes the plan for any set of items that are applied."""

    old: Side
    new: Side
    owners: Owners
    _plans: dict[frozenset[Item], Plan | None] = field(factory=dict, init=False, repr=False)

    @cached_property
    def declared_twice(self) -> frozenset[str]:
        """The inputs that both declare, differently."""
        shared = self.old.inputs.keys() & self.new.inputs.keys()
        return frozenset(
            name
            for name in shared
            if evolve(self.old.inputs[name], name="") != evolve(self.new.inputs[name], name="")
            or _factors(self.old.inputs[name]) != _factors(self.new.inputs[name])
        )

    @cached_property
    def compares(self) -> bool:
        """Tell whether either ruleset compares entities with one another."""
        return has_cohort_rules(self.old.plan) or has_cohort_rules(self.new.plan)

    def plan(self, applied: Set[Item]) -> Plan | None:
        """Return the ruleset with these items applied; None where their rules would need one another.

        It is the one made before where nothing that is scored differs.
        """
        rules = frozenset(item for item in applied if item in self.owners.order)
        if rules not in self._plans:
            made = _Mixture(self, rules).plan()
            before = next(reversed(self._plans.values()), None)
            self._plans[rules] = before if made is not None and made == before else made
        return self._plans[rules]


class _Mixture:
    """One ruleset while it is put together."""

    def __init__(self, between: Between, applied: frozenset[Item]) -> None:
        self._between, self._applied = between, applied
        self._old, self._new, self._owners = between.old, between.new, between.owners
        self._fulls: dict[str, Exact | None] = {}

    def plan(self) -> Plan | None:
        """Return the ruleset with all that the results need, and nothing else."""
        nodes = self._needed()
        edges = [Edge(source=read.id, target=id_) for id_, node in nodes.items() for read in references(node.expr)]
        is_whole = all(edge.source in nodes for edge in edges)
        order = evaluation_order(nodes, edges) if is_whole else None
        if order is None:
            return None
        return evolve(
            self._new.plan,
            nodes=tuple(nodes[id_] for id_ in order),
            edges=(),
            inputs=self._inputs(),
            judged=self._judged(),
            calendar=self._side(Item(Sort.CALENDAR)).plan.calendar,
            outline=(),
            vetoes=(),
            decisions=(),
            alerts=(),
            outputs=(),
            flags=(),
            checks=(),
        )

    def _needed(self) -> dict[str, Node]:
        """Return the nodes that total, grade and marks are made of."""
        nodes: dict[str, Node] = {}
        waiting = [*TARGETS, *self._old.items, *self._new.items]
        while waiting:
            id_ = waiting.pop()
            if id_ not in nodes and self._has(id_):
                nodes[id_] = self._node(id_)
                waiting += (reference.id for reference in references(nodes[id_].expr))
        return nodes

    def _judged(self) -> tuple[JudgedDeclaration, ...]:
        """Return what people judge, each as the ruleset declares it from which the indicator is taken."""
        found: dict[str, JudgedDeclaration] = {}
        for side in (self._old, self._new):
            for each in side.plan.judged:
                code = side.codes[each.code]
                if code not in found or side is self._side(self._owners.codes.get(code)):
                    found[code] = evolve(each, code=code)
        return tuple(found.values())

    def _side(self, item: Item | None) -> Side:
        return self._new if item is not None and item in self._applied else self._old

    def _side_of(self, id_: str) -> Side:
        """Return the ruleset that gives a node: the one its item says, or the only one that has it."""
        side = self._side(self._owners.nodes.get(id_))
        if id_ in side.nodes:
            return side
        other = self._new if side is self._old else self._old
        return side if id_ in self._owners.nodes else other

    def _has(self, id_: str) -> bool:
        return id_ in self._side_of(id_).nodes

    def _node(self, id_: str) -> Node:
        side = self._side_of(id_)
        node = side.nodes[id_]
        if node.role is Role.FULL and node.indicator is not None and isinstance(node.expr, core.Const):
            full = self._full(node.indicator)
            return node if full is None else evolve(node, expr=evolve(node.expr, value=full))
        parent = node.indicator
        return evolve(node, expr=transform(node.expr, lambda part: self._part(part, side, parent)))

    def _part(self, part: Expr, side: Side, parent: str | None) -> Expr:
        match part:
            case core.Input():
                differs = part.name in self._between.declared_twice
                return evolve(part, name=read_as(part.name, new=side is self._new, differs=differs))
            case core.NodeRef():
                return self._converted(part, side)
            case core.Combine() | core.Ledger() if is_combination(part):
                return self._combined(part, parent)
        return part

    def _converted(self, part: core.NodeRef, side: Side) -> Expr:
        giver = self._side_of(part.id)
        if giver is side or part.id not in giver.nodes or part.id not in side.nodes:
            return part
        factor = factor_of(giver.nodes[part.id].kind) / factor_of(side.nodes[part.id].kind)
        if factor == 1:
            return part
        return core.Arith(ArithOp.MULTIPLY, (part, core.Const(factor)), kind=part.kind, origin=part.origin)

    def _combined(self, expr: core.Combine | core.Ledger, parent: str | None) -> Expr:
        members = self._members(parent)
        if isinstance(expr, core.Ledger):
            lines = [line for line in expr.lines if child_of(line) is None]
            added = [core.LedgerLine(1, _or_nothing(member), expr.origin) for member in members.values()]
            return evolve(expr, lines=(*lines, *added))
        share, to = expr.share, expr.to
        if share is ShareRule.TO and to not in members:
            share, to = ShareRule.RESCALE, None
        return evolve(expr, members=tuple(map(self._with_full, members.values())), share=share, to=to)

    def _members(self, parent: str | None) -> Mapping[str, core.Member]:
        """Return the children that a parent has now, each as the ruleset says that its item is taken from."""
        own = self._side_of("total/combined" if parent is None else parent)
        other = self._new if own is self._old else self._old
        first, second = members_of(own, parent), members_of(other, parent)
        found = {}
        for code in {**first, **second}:
            item = self._owners.codes.get(code)
            side = own if item is None else self._side(item)
            member = (first if side is own else second).get(code)
            if member is not None:
                found[code] = member
        return found

    def _with_full(self, member: core.Member) -> core.Member:
        if not isinstance(member.full, core.Const):
            return member
        full = self._full(member.code)
        return member if full is None else evolve(member, full=evolve(member.full, value=full))

    def _full(self, code: str) -> Exact | None:
        """Return the constant full marks an indicator has now; those of a parent follow from its children's."""
        if code not in self._fulls:
            self._fulls[code] = None
            self._fulls[code] = self._full_of(code)
        return self._fulls[code]

    def _full_of(self, code: str) -> Exact | None:
        side = self._side_of(f"{code}/full")
        node = side.nodes.get(f"{code}/full")
        stated = node.expr.value if node is not None and isinstance(node.expr, core.Const) else None
        if not isinstance(stated, Exact):
            return None
        combined = combination_of(side, code)
        if not isinstance(combined, core.Combine) or not follows_children(f"{code}/full", side):
            return stated
        fulls = {each: self._full(each) for each, member in self._members(code).items() if not member.bonus}
        return combined_full(combined, fulls)

    def _inputs(self) -> tuple[InputDeclaration, ...]:
        found = {}
        for side, new in ((self._old, False), (self._new, True)):
            for name, declared in side.inputs.items():
                shown = read_as(name, new=new, differs=name in self._between.declared_twice)
                found[shown] = evolve(declared, name=shown, decimals=None, optional=True)
        return tuple(found.values())


def _or_nothing(member: core.Member) -> Expr:
    """Let a child that does not apply add nothing."""
    if isinstance(member.value, core.Recover):
        return member.value
    return core.Recover(member.value, State.EXCLUDED, core.Const(Exact(0), kind=Points()), kind=Points())


def _factors(declared: InputDeclaration) -> tuple[Exact, ...]:
    return (factor_of(declared.kind), *(factor_of(each.kind) for each in declared.fields))
