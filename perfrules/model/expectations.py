"""What a test expects, as conditions over the nodes of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, LogicOp, Origin
from perfrules.ir.ruletests import Expected
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, make_interval
from perfrules.lang.kinds import Lights, YesNo
from perfrules.lang.names import suggest
from perfrules.model.results_read import unsupplied
from perfrules.model.unknown_names import unknown_name, unknown_reason
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.declarations import Expectation
from perfrules.syntax.ast.tree import Name, Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from perfrules.model.lowering import Lowering


def expected(lowering: Lowering, tree: Expectation, text: str) -> Expected | None:
    """Lower one expectation, where outputs can be named too; None, reported, if it names nothing."""
    names = lowering.scope.names
    if tree.decision is not None:
        if not _known(lowering, tree.decision, "decision", names.decisions):
            return None
        return _yes_or_no(tree, f"decision.{tree.decision.text}", text)
    if tree.alert is not None:
        if tree.colour is None or not _known(lowering, tree.alert, "alert", names.alerts):
            return None
        return _alert(tree, tree.alert.text, tree.colour.value, text)
    if tree.veto is not None:
        return _veto(lowering, tree, tree.veto, text)
    if tree.flag is not None:
        if not _known(lowering, tree.flag, "flag", names.flags):
            return None
        return _yes_or_no(tree, f"flag.{tree.flag.text}", text)
    if tree.condition is None:
        return None
    place = lowering.within(evolve(lowering.inside("").scope, in_test=True))
    condition = place.condition(tree.condition)
    for problem in unsupplied(lowering, condition):
        lowering.report(problem)
    if isinstance(condition, core.Broken):
        return None
    return Expected(
        condition=condition,
        text=text,
        span=tree.span,
        subject=_subject(condition),
        enclosure=_enclosure(tree.condition, condition),
    )


def _known(lowering: Lowering, name: Name, kind: str, known: Collection[str]) -> bool:
    if name.text in known:
        return True
    lowering.report(unknown_name(name, kind, tuple(suggest(name.text, known))))
    return False


def _yes_or_no(tree: Expectation, node: str, text: str) -> Expected:
    holds = core.NodeRef(node, kind=YesNo(), origin=Origin("expectation", span=tree.span))
    return Expected(condition=_unless_negated(tree, holds), text=text, span=tree.span, subject=node)


def _veto(lowering: Lowering, tree: Expectation, reason: Text, text: str) -> Expected | None:
    """Expect that a veto of that reason holds: one of them, where several give the same."""
    known = lowering.scope.names.vetoes
    if reason.value not in known:
        lowering.report(unknown_reason(reason, known))
        return None
    origin = Origin("expectation", span=tree.span)
    holds = tuple(core.NodeRef(node, kind=YesNo(), origin=origin) for node in known[reason.value])
    any_: Expr = holds[0] if len(holds) == 1 else core.Logic(LogicOp.OR, holds, kind=YesNo(), origin=origin)
    return Expected(condition=_unless_negated(tree, any_), text=text, span=tree.span, name=reason.value)


def _unless_negated(tree: Expectation, holds: Expr) -> Expr:
    return core.Logic(LogicOp.NOT, (holds,), kind=YesNo(), origin=holds.origin) if tree.negated else holds


def _alert(tree: Expectation, name: str, colour: str, text: str) -> Expected:
    node, origin = f"alert.{name}", Origin("alert", span=tree.span)
    light = core.NodeRef(node, kind=Lights(), origin=origin)
    wanted = core.Const(colour, kind=Lights(), origin=origin)
    condition = core.Compare(CompareOp.EQUAL, light, wanted, kind=YesNo(), origin=origin)
    return Expected(condition=condition, text=text, span=tree.span, subject=node)


def _subject(condition: Expr) -> str | None:
    """Return the node whose value to show when the condition fails: the first it reads."""
    return next((part.id for part in everything(condition) if isinstance(part, core.NodeRef)), None)


def _enclosure(tree: ast.Expression, condition: Expr) -> Interval | None:
    """Return the interval of `total in [80, 90]`, which a provisional total must have exactly."""
    if not (isinstance(tree, ast.Inside) and isinstance(tree.choices, ast.Range) and isinstance(condition, core.Logic)):
        return None
    ends = [side.right for side in condition.operands if isinstance(side, core.Compare)]
    match ends:
        case [core.Const(value=Exact() as low), core.Const(value=Exact() as high)]:
            return make_interval(low, high, tree.choices.low_closed, tree.choices.high_closed)
    return None
