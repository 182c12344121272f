"""Scores without limits that can be below zero or above the full marks."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.plan import Node, Role
from perfrules.lang.exact import as_text
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Points
from perfrules.prove.checks.context import Context
from perfrules.prove.wording import range_text


def scores_leave_their_range(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each score, or expression over children, that nothing holds and no proof keeps inside."""
    yield from _total_by_expression(context)
    held = {node.indicator for node in context.own_nodes(Role.HELD)}
    for node in context.own_nodes(Role.SCORE):
        value, full = context.value(node.id), context.value(f"{node.indicator}/full").numbers
        if node.indicator in held or _has_its_own_limits(node) or value.reported:
            continue
        if value.numbers is not None and full is not None and full.hi is not None and _leaves(value.numbers, full):
            args = {"code": context.code(node), "range": range_text(value.numbers, Points()), "full": as_text(full.hi)}
            yield Diagnostic(Code.SCORE_LEAVES_ITS_RANGE, at=node.origin.span, args=args)


def _total_by_expression(context: Context) -> Iterator[Diagnostic]:
    """Yield an error where an expression over the top indicators passes the full marks, and no ceiling is stated."""
    if not {"total/full", "total/combined"} <= context.nodes.keys() or "total/held" in context.nodes:
        return
    value, full = context.value("total/combined"), context.value("total/full").numbers
    if value.reported or value.numbers is None or full is None or full.hi is None:
        return
    if value.numbers.hi is None or value.numbers.hi > full.hi:
        highest = "∞" if value.numbers.hi is None else as_text(value.numbers.hi)
        args = {"highest": highest, "full": as_text(full.hi)}
        yield Diagnostic(Code.CEILING_UNSTATED, at=context.nodes["total/combined"].expr.origin.span, args=args)


def _has_its_own_limits(node: Node) -> bool:
    if node.origin.construct == "combine":
        return node.origin.role != "expression"
    return node.origin.role == "unbounded" or node.origin.construct == "tally"


def _leaves(score: Interval, full: Interval) -> bool:
    below = score.lo is None or score.lo < 0
    above = score.hi is None or (full.hi is not None and score.hi > full.hi)
    return below or above
