"""The children of a parent as they were combined: marks, weight, and how many marks of the parent each own mark is."""

from __future__ import annotations

from attrs import field, frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.reading import Reading
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp, Member, ShareRule
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Number
from perfrules.lang.states import State


@frozen(eq=False)
class MemberRead:
    """One child with its values; *share* is None under a parent that does not add, or for a child without marks."""

    code: str
    placed: Placed
    score: Exact | None
    weight: Exact | None
    full: Exact | None
    bonus: bool
    excluded: bool
    share: Exact | None
    weight_kind: Kind = field(factory=Number)


def members_of(reading: Reading, placed: Placed) -> tuple[MemberRead, ...]:
    """Read the children that *placed* (a combination, or a sheet that adds and subtracts) is made of."""
    match placed.expr:
        case core.Combine() as expr:
            return _shared(expr, _read(reading, expr, placed))
        case core.Ledger():
            return tuple(_added(reading, part) for part in placed.parts[1:] if _code(part) is not None)
    return ()


def is_combination(placed: Placed) -> bool:
    """Tell whether an expression combines children by one of the methods, or adds them to a base."""
    match placed.expr:
        case core.Combine():
            return True
        case core.Ledger() as expr:
            return expr.origin.construct == "combine"
    return False


def adds_up(placed: Placed) -> bool:
    """Tell whether the losses of the children, scaled, add up to that of the parent."""
    if isinstance(placed.expr, core.Combine):
        return placed.expr.op in (CombineOp.SUM, CombineOp.WEIGHTED_MEAN)
    return is_combination(placed)


def _read(reading: Reading, expr: core.Combine, placed: Placed) -> tuple[MemberRead, ...]:
    parts = iter(placed.parts)
    members = []
    for member in expr.members:
        value = next(parts)
        weight = None if member.weight is None else next(parts)
        full = None if member.full is None else next(parts)
        members.append(_member(reading, member, value, weight, full))
    return tuple(members)


def _member(reading: Reading, member: Member, value: Placed, weight: Placed | None, full: Placed | None) -> MemberRead:
    return MemberRead(
        code=member.code,
        placed=value,
        score=reading.exact(value),
        weight=None if weight is None else reading.exact(weight),
        full=None if full is None else reading.exact(full),
        bonus=member.bonus,
        excluded=reading.value(value) is State.EXCLUDED,
        share=None,
        weight_kind=Number() if weight is None else weight.expr.kind,
    )


def _shared(expr: core.Combine, members: tuple[MemberRead, ...]) -> tuple[MemberRead, ...]:
    shares = _shares(expr, tuple(member for member in members if not member.bonus))
    return tuple(
        MemberRead(
            member.code,
            member.placed,
            member.score,
            member.weight,
            member.full,
            member.bonus,
            member.excluded,
            Exact(1) if member.bonus else shares.get(member.code),
            member.weight_kind,
        )
        for member in members
    )


def _shares(expr: core.Combine, members: tuple[MemberRead, ...]) -> dict[str, Exact]:
    """Return for each child that counts how many marks of the parent one of its marks is."""
    left = tuple(member for member in members if not member.excluded)
    gone = tuple(member for member in members if member.excluded)
    taker = next((member for member in left if member.code == expr.to), None)
    rule = ShareRule.RESCALE if expr.share is ShareRule.TO and taker is None else expr.share
    if expr.op is CombineOp.WEIGHTED_MEAN:
        return _weighted(rule, taker, left, gone)
    if expr.op is not CombineOp.SUM:
        return {}
    shares = {member.code: Exact(1) for member in left}
    if not gone:
        return shares
    lost, kept = _full(gone), _full(left)
    if rule is ShareRule.RESCALE and kept:
        return dict.fromkeys(shares, (kept + lost) / kept)
    if rule is ShareRule.TO and taker is not None and taker.full:
        shares[taker.code] = (taker.full + lost) / taker.full
    return shares


def _weighted(
    rule: ShareRule | None, taker: MemberRead | None, left: tuple[MemberRead, ...], gone: tuple[MemberRead, ...]
) -> dict[str, Exact]:
    weights = {member.code: member.weight or Exact(0) for member in left}
    freed = sum((member.weight or Exact(0) for member in gone), Exact(0))
    if rule is ShareRule.TO and taker is not None:
        weights[taker.code] += freed
    whole = sum(weights.values(), Exact(0)) + (freed if rule is ShareRule.LOST else Exact(0))
    return {code: weight / whole for code, weight in weights.items()} if whole else {}


def _full(members: tuple[MemberRead, ...]) -> Exact:
    return sum((member.full or Exact(0) for member in members), Exact(0))


def _added(reading: Reading, part: Placed) -> MemberRead:
    """Read a child of a sheet that adds and subtracts: no full marks, and what does not apply adds nothing."""
    inner = part.parts[0] if isinstance(part.expr, core.Recover) else part
    score = reading.exact(inner)
    excluded = reading.value(inner) is State.EXCLUDED
    return MemberRead(_code(part) or "", inner, score, None, None, True, excluded, Exact(1))


def _code(part: Placed) -> str | None:
    inner = part.parts[0] if isinstance(part.expr, core.Recover) else part
    return inner.expr.id if isinstance(inner.expr, core.NodeRef) else None
