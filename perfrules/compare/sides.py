"""The two rulesets under one set of names, those of the old one, so that a rule of one can stand beside the other's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from perfrules.compare.matching import Matched, match, parents_of
from perfrules.compare.meaning import NUMBERED, meanings, settled
from perfrules.explain.outline import every_item
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Node, OutlineItem, Plan, Role
from perfrules.ir.walk import transform

_JUDGED_PARTS = (".level", ".mark")


@frozen(eq=False)
class Side:
    """One ruleset: its nodes, inputs and indicators by their common names.

    *codes* and *names* lead from its own codes and input names to the common ones. *means* tells rules apart as they
    are written, *applied* as they are on the day that decides what changes with time.
    """

    plan: Plan
    nodes: Mapping[str, Node]
    inputs: Mapping[str, InputDeclaration]
    items: Mapping[str, OutlineItem]
    parents: Mapping[str, str | None]
    codes: Mapping[str, str]
    names: Mapping[str, str]
    means: Mapping[str, str]
    applied: Mapping[str, str]
    ids: Mapping[str, str]

    def own_meaning(self, id_: str) -> str:
        """Return what a node means that this ruleset itself calls *id_*."""
        return self.means[self.ids[id_]]

    def own_code(self, code: str) -> str:
        """Return the code this ruleset itself uses."""
        return self.items[code].code


def sides(old: Plan, new: Plan, as_of: tuple[date | None, date | None]) -> tuple[Side, Side]:
    """Put both rulesets under the names of the old one; *as_of* decides what changes with time, for each."""
    found = match(old, new)
    same = Matched(
        {item.code: item.code for item in every_item(old.outline)}, {each.name: each.name for each in old.inputs}
    )
    before = _side(old, same, {node.id: node.id for node in old.nodes}, as_of[0])
    return before, _side(new, found, _ids(old, new, found), as_of[1])


def _side(plan: Plan, matched: Matched, ids: Mapping[str, str], as_of: date | None) -> Side:
    named = _Names(matched.codes, matched.inputs, ids)
    written = evolve(plan, nodes=tuple(named.node(node) for node in plan.nodes))
    nodes = tuple(evolve(node, expr=settled(node.expr, as_of)) for node in written.nodes)
    codes = matched.codes
    return Side(
        plan=plan,
        nodes={node.id: node for node in nodes},
        inputs={matched.inputs[each.name]: each for each in plan.inputs},
        items={codes[item.code]: item for item in every_item(plan.outline)},
        parents={codes[code]: parent and codes[parent] for code, parent in parents_of(plan.outline).items()},
        codes=codes,
        names=matched.inputs,
        means=meanings(written),
        applied=meanings(evolve(plan, nodes=nodes)),
        ids=ids,
    )


@frozen(eq=False)
class _Names:
    """What a ruleset's codes, inputs and nodes are called in common."""

    codes: Mapping[str, str]
    inputs: Mapping[str, str]
    ids: Mapping[str, str]

    def node(self, node: Node) -> Node:
        """Return a node under common names."""
        indicator = None if node.indicator is None else self.codes.get(node.indicator, node.indicator)
        return evolve(node, id=self.ids[node.id], indicator=indicator, expr=self.expr(node.expr))

    def expr(self, expr: Expr) -> Expr:
        """Return an expression under common names."""
        return transform(expr, self._part)

    def _part(self, part: Expr) -> Expr:
        match part:
            case core.NodeRef():
                return evolve(part, id=self.ids[part.id])
            case core.Input():
                return evolve(part, name=self._input(part.name))
            case core.Overridable() | core.Judged():
                return evolve(part, code=self.codes.get(part.code, part.code))
            case core.CohortAggregate():
                return evolve(part, id=self.ids[part.id])
            case core.Combine():
                members = tuple(evolve(each, code=self.codes[each.code]) for each in part.members)
                return evolve(part, members=members, to=None if part.to is None else self.codes[part.to])
        return part

    def _input(self, name: str) -> str:
        if name in self.inputs:
            return self.inputs[name]
        for ending in _JUDGED_PARTS:
            code = name.removesuffix(ending)
            if name.endswith(ending) and code in self.codes:
                return self.codes[code] + ending
        return name


def _ids(old: Plan, new: Plan, matched: Matched) -> dict[str, str]:
    """Name the nodes of the new ruleset as the old one does; those that are only numbered, by what they mean."""
    found: dict[str, str] = {}
    for node in new.nodes:
        code = node.indicator
        is_below = code is not None and (node.id == code or node.id.startswith(f"{code}/"))
        found[node.id] = matched.codes[code] + node.id[len(code) :] if code is not None and is_below else node.id
    for id_, common in _numbered(old, new, matched, found):
        found[id_] = common
    return found


def _numbered(old: Plan, new: Plan, matched: Matched, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Find the statistics and conditions of vetoes that both have; a new one gets a name of its own."""
    numbered = [node for node in new.nodes if node.role in NUMBERED]
    if not numbered:
        return
    interim = _Names(matched.codes, matched.inputs, {**ids})
    found = meanings(evolve(new, nodes=tuple(interim.node(node) for node in new.nodes)))
    by_meaning, by_reason = _by_meaning(old), _reasons(old)
    asked = {veto.node: veto.reason for veto in new.vetoes}
    taken: set[str] = set()
    waiting: list[Node] = []
    for node in numbered:
        id_ = ids[node.id]
        same = _free(by_meaning.get((_family(node, id_), node.role, found[id_]), ()), taken)
        if same:
            taken.add(same[0])
            yield node.id, same[0]
        else:
            waiting.append(node)
    for node in waiting:
        id_ = ids[node.id]
        like = _free(by_reason.get((_family(node, id_), asked.get(node.id)), ()), taken)
        taken.update(like if len(like) == 1 else ())
        yield node.id, like[0] if len(like) == 1 else f"{id_}′"


def _free(names: Iterable[str], taken: set[str]) -> list[str]:
    return [each for each in names if each not in taken]


def _by_meaning(plan: Plan) -> Mapping[tuple[str, Role, str], list[str]]:
    """Return the nodes that only count, by what they belong to and what they mean."""
    found: dict[tuple[str, Role, str], list[str]] = {}
    means = meanings(plan)
    for node in plan.nodes:
        if node.role in NUMBERED:
            found.setdefault((_family(node), node.role, means[node.id]), []).append(node.id)
    return found


def _reasons(plan: Plan) -> Mapping[tuple[str, str | None], list[str]]:
    """Return the nodes of vetoes by what they belong to and the author's reason."""
    found: dict[tuple[str, str | None], list[str]] = {}
    nodes = {node.id: node for node in plan.nodes}
    for veto in plan.vetoes:
        found.setdefault((_family(nodes[veto.node]), veto.reason), []).append(veto.node)
    return found


def _family(node: Node, id_: str | None = None) -> str:
    """Return what a numbered node belongs to, by its id without the number."""
    name = id_ or node.id
    if node.role in (Role.COHORT, Role.COHORT_PART):
        part = name.partition("/")[2]
        return f"cohort/{part}{'~' if name.endswith('~') else ''}"
    return name.rstrip("~").rstrip("0123456789") + ("~" if name.endswith("~") else "")
