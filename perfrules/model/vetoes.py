"""Vetoes: a node for each condition, marks that a veto makes 0, what vetoes do to the total, the grade and flags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, GradeVeto, LogicOp, Origin
from perfrules.ir.plan import Node, Role, VetoOutline
from perfrules.lang.kinds import Points, YesNo
from perfrules.methods.misplaced import misplaced
from perfrules.methods.parts import placed, zero
from perfrules.model.block import Block
from perfrules.model.lowering import Lowering
from perfrules.model.stages import Stages
from perfrules.syntax.ast import clauses as ast

GRADE_EFFECTS = frozenset({ast.VetoEffect.GRADE, ast.VetoEffect.GRADE_AT_MOST})


@frozen
class Cause:
    """A veto whose condition is the node *node*."""

    node: str
    veto: ast.Veto
    indicator: str | None

    @property
    def holds(self) -> core.NodeRef:
        """Read the condition."""
        return core.NodeRef(self.node, kind=YesNo(), origin=self.origin("condition"))

    def origin(self, role: str) -> Origin:
        """Where the veto stands; its reason is the title."""
        return Origin("veto", role, self.veto.span, self.veto.reason.value if self.veto.reason else None)

    def outline(self) -> VetoOutline:
        """Return what people read of it."""
        return VetoOutline(
            node=self.node,
            indicator=self.indicator,
            reason=self.veto.reason.value if self.veto.reason else "",
            effect=self.veto.effect.value,
            name=self.veto.name.text if self.veto.name else None,
        )


@frozen
class Vetoed:
    """The nodes of an indicator, and its vetoes."""

    nodes: tuple[Node, ...]
    causes: tuple[Cause, ...]


def with_vetoes(block: Block, stages: Stages, lowering: Lowering) -> Vetoed:
    """Add the conditions of an indicator's vetoes and its final marks."""
    causes = []
    for number, veto in enumerate(block.every(ast.Veto), start=1):
        cause = Cause(f"{block.path}/veto.{number}", veto, block.path)
        stages = stages.aside(f"veto.{number}", Role.VETO, condition(cause, lowering))
        causes.append(cause)
    own = [cause for cause in causes if cause.veto.effect is ast.VetoEffect.ZERO]
    stages = stages.then(
        "", Role.FINAL, zeroed(stages.last, own), Origin("indicator", "final", block.span, block.title)
    )
    return Vetoed(stages.nodes, tuple(causes))


def conditions_only(block: Block, stages: Stages, lowering: Lowering) -> Vetoed:
    """Add the conditions of the vetoes of an indicator without marks; there is nothing a veto could make 0."""
    causes = []
    for number, veto in enumerate(block.every(ast.Veto), start=1):
        if veto.effect is ast.VetoEffect.ZERO:
            lowering.report(misplaced("-> zero", block.name, ("-> total 0", "-> grade", "-> flag"), veto.span))
        cause = Cause(f"{block.path}/veto.{number}", veto, block.path)
        stages = stages.aside(f"veto.{number}", Role.VETO, condition(cause, lowering))
        causes.append(cause)
    return Vetoed(stages.nodes, tuple(causes))


def condition(cause: Cause, lowering: Lowering) -> Expr:
    """Lower a veto's condition."""
    return placed(lowering.condition(cause.veto.condition), cause.origin("condition"))


def zeroed(before: Expr, causes: Iterable[Cause]) -> Expr:
    """Return 0 while any of *causes* holds, else what was before."""
    cases = tuple((cause.holds, placed(zero(), cause.origin("zero"))) for cause in causes)
    if not cases:
        return before
    return core.Select(cases, before, kind=Points(), origin=Origin("veto", "zero", before.origin.span))


def root_causes(root: Block) -> tuple[Cause, ...]:
    """Return the vetoes of the ruleset itself: `grade/veto.N` for those of the grade, `total/veto.N` for the others."""
    vetoes = root.every(ast.Veto)
    on_grade = [veto for veto in vetoes if veto.effect in GRADE_EFFECTS]
    others = [veto for veto in vetoes if veto.effect not in GRADE_EFFECTS]
    return (
        *(Cause(f"total/veto.{number}", veto, None) for number, veto in enumerate(others, start=1)),
        *(Cause(f"grade/veto.{number}", veto, None) for number, veto in enumerate(on_grade, start=1)),
    )


def grade_vetoes(causes: Iterable[Cause]) -> tuple[GradeVeto, ...]:
    """Return what vetoes do to the grade."""
    return tuple(
        GradeVeto(
            cause.holds, cause.veto.name.text, cause.veto.effect is ast.VetoEffect.GRADE_AT_MOST, cause.origin("grade")
        )
        for cause in causes
        if cause.veto.effect in GRADE_EFFECTS and cause.veto.name is not None
    )


def flags(causes: Iterable[Cause]) -> tuple[str, ...]:
    """Name the flags that vetoes raise, in the order written."""
    raising = (cause.veto for cause in causes if cause.veto.effect is ast.VetoEffect.FLAG)
    return tuple(dict.fromkeys(veto.name.text for veto in raising if veto.name is not None))


def with_vetoes_named(lowering: Lowering, causes: Sequence[Cause]) -> Lowering:
    """Return *lowering* where vetoes can be named by their reason, and flags by name, as tests do."""
    nodes: dict[str, tuple[str, ...]] = {}
    for cause in causes:
        if cause.veto.reason is not None:
            nodes[cause.veto.reason.value] = (*nodes.get(cause.veto.reason.value, ()), cause.node)
    names = evolve(lowering.scope.names, vetoes=MappingProxyType(nodes), flags=flags(causes))
    return lowering.within(evolve(lowering.scope, names=names))


def flag_nodes(causes: Iterable[Cause]) -> tuple[Node, ...]:
    """Return a node for each flag: raised while any of its vetoes holds."""
    raised: dict[str, list[Cause]] = {}
    for cause in causes:
        if cause.veto.effect is ast.VetoEffect.FLAG and cause.veto.name is not None:
            raised.setdefault(cause.veto.name.text, []).append(cause)
    return tuple(_flag(name, found) for name, found in raised.items())


def _flag(name: str, causes: list[Cause]) -> Node:
    origin = causes[0].origin("flag")
    holds = tuple(cause.holds for cause in causes)
    expr = holds[0] if len(holds) == 1 else core.Logic(LogicOp.OR, holds, kind=YesNo(), origin=origin)
    return Node(id=f"flag.{name}", role=Role.FLAG, expr=expr, kind=YesNo(), origin=origin)
