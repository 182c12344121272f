"""How children become a parent in words: the method, the marks of each child, and what became of excluded ones."""

from __future__ import annotations

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.members import MemberRead, members_of
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Figure, Listed, Part, Phrase, Statement, marks, statement
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp, ShareRule
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Number


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say how the children are combined, and with which marks."""
    members = members_of(reading, placed)
    rule: list[Statement] = [statement(f"combine.{_method(placed)}")]
    if isinstance(placed.expr, core.Combine) and placed.expr.share is not None:
        rule.append(_share_rule(reading, placed.expr))
    steps = [Step(construct="combine", says=_member(reading, member)) for member in members]
    steps += [Step(construct="excluded share", says=said) for said in _left_out(reading, placed, members)]
    result = reading.exact(placed)
    if result is not None:
        steps.append(Step(construct="combine", says=_result(reading, placed, members, result)))
    return Narration(rule=tuple(rule), steps=tuple(steps))


def member_name(reading: Reading, code: str) -> Part:
    """Return what to call a child: code and title."""
    item = reading.index.items[code]
    return Phrase((item.short, " ", item.title)) if item.title else item.short


def left_out(reading: Reading, placed: Placed) -> tuple[Statement, ...]:
    """Say which children left the denominator, and where their marks went."""
    return _left_out(reading, placed, members_of(reading, placed))


def _method(placed: Placed) -> str:
    return placed.expr.op.value if isinstance(placed.expr, core.Combine) else CombineOp.SUM.value


def _share_rule(reading: Reading, expr: core.Combine) -> Statement:
    if expr.share is ShareRule.TO and expr.to is not None:
        return statement("share.to", to=member_name(reading, expr.to))
    return statement("share.lost" if expr.share is ShareRule.LOST else "share.rescale")


def _member(reading: Reading, member: MemberRead) -> Statement:
    name = member_name(reading, member.code)
    if member.score is None:
        return statement("member.state", member=name, state=reading.part(member.placed))
    if member.bonus:
        return statement("member.bonus", marks=marks(member.score), member=name)
    if member.weight is not None:
        return statement("member.weighted", marks=marks(member.score), member=name, weight=_weight(member))
    if member.full is None:
        return statement("member.plain", marks=marks(member.score), member=name)
    return statement("member.of", full=marks(member.full), marks=marks(member.score), member=name)


def _weight(member: MemberRead) -> Part:
    assert member.weight is not None
    return Figure(member.weight, member.weight_kind)


def _left_out(reading: Reading, placed: Placed, members: tuple[MemberRead, ...]) -> tuple[Statement, ...]:
    gone = tuple(member for member in members if member.excluded and not member.bonus)
    expr = placed.expr
    if not gone or not isinstance(expr, core.Combine) or expr.share is None or len(gone) == len(members):
        return ()
    names = Listed(tuple(member_name(reading, member.code) for member in gone))
    if expr.share is ShareRule.LOST:
        return (statement("left-out.lost", members=names),)
    taker = next((member for member in members if member.code == expr.to and not member.excluded), None)
    if expr.share is ShareRule.TO and taker is not None:
        return (statement("left-out.to", members=names, to=member_name(reading, taker.code)),)
    if expr.op is CombineOp.SUM:
        counted = tuple(member for member in members if not member.bonus)
        full = sum((member.full or Exact(0) for member in counted), Exact(0))
        left = sum((member.full or Exact(0) for member in counted if not member.excluded), Exact(0))
        return (statement("left-out.rescaled", applicable=marks(left), full=marks(full), members=names),)
    return (statement("left-out.weights", members=names),)


def _result(reading: Reading, placed: Placed, members: tuple[MemberRead, ...], result: Exact) -> Statement:
    """Show the sum that gives the result where the parts add, else only the result."""
    terms = [(member.share, member) for member in members if member.score is not None]
    known = [(share, member) for share, member in terms if share is not None]
    if len(known) < len(terms) or not terms:
        return statement("combine.result", marks=marks(result))
    parts: list[Part] = []
    if isinstance(placed.expr, core.Ledger):
        base = reading.exact(placed.parts[0])
        parts += [Figure(base, Number())] if base else []
    for share, member in known:
        assert member.score is not None
        shown: Part = Figure(member.score, Number())
        if share != 1:
            shown = Phrase((shown, " × ", Figure(share, Number())))
        parts += [" + ", shown] if parts else [shown]
    if parts == [Figure(result, Number())]:
        return statement("combine.result", marks=marks(result))
    return statement("combine.sum-of", marks=marks(result), sum=Phrase(tuple(parts)))
