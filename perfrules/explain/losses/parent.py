"""The losses of a parent: those of its children in its own marks, and what excluded children took along.

What a formula of the children adds besides them is an item of its own. Under a parent that does not add, the loss is
one item, and for each child there is the effect it has alone: what the parent would gain if this child had its full
marks and all else stayed.
"""

from __future__ import annotations

from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import Changed, evaluate_again
from perfrules.explain.explanation import Effect, Loss
from perfrules.explain.folded import Folded, folded
from perfrules.explain.members import MemberRead, adds_up, members_of
from perfrules.explain.narrate.combine import member_name
from perfrules.explain.printing import in_words, one_after_the_other, says_more_than_its_value
from perfrules.explain.reading import Reading
from perfrules.explain.reasons import worked_out
from perfrules.explain.statement import Part, Statement, statement
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp, ShareRule
from perfrules.ir.plan import OutlineItem
from perfrules.lang.exact import Exact


def combined_losses(reading: Reading, heart: Placed, full: Exact, code: str | None) -> tuple[Loss, ...]:
    """Return items that add up to *full* less what the children combined to; none where that is no number."""
    given = reading.exact(heart)
    if given is None:
        return ()
    found = added_by(reading, heart, code)
    if found is None:
        says = statement("loss.combine")
        return (Loss(cause="combine", amount=full - given, says=says, code=code),) if full != given else ()
    members = found.members
    whole = sum((member.weight or Exact(0) for member in members), Exact(0))
    items = [
        loss for member in members for loss in _child(heart, member, full, member_name(reading, member.code), whole)
    ]
    rest = full - given - sum((loss.amount for loss in items), Exact(0))
    if rest:
        items.insert(0, _rest(reading, found, rest, code))
    return tuple(items)


def added_by(reading: Reading, heart: Placed, code: str | None) -> Folded | None:
    """Return the children of *code* (None: the total) as *heart* adds them; None where it does not."""
    if adds_up(heart):
        return Folded(members_of(reading, heart), ())
    return folded(reading, heart, [item.code for item in children_of(reading, code)])


def effects_of(reading: Reading, heart: Placed, node: str, code: str | None) -> tuple[Effect, ...]:
    """Return what each child of *code* alone holds back at *node*, under a parent that does not add."""
    score = reading.number_of(node)
    if score is None or added_by(reading, heart, code) is not None:
        return ()
    found = []
    for item in children_of(reading, code):
        full, own = reading.full(item.code), reading.score(item.code)
        if full is None or own is None or own == full:
            continue
        then = evaluate_again(reading, node, Changed(nodes={item.code: full}))
        if isinstance(then, Exact):
            found.append(Effect(code=item.code, title=item.title, amount=then - score))
    return tuple(found)


def children_of(reading: Reading, code: str | None) -> tuple[OutlineItem, ...]:
    """Return the indicators directly below one (None: those of the ruleset)."""
    return reading.plan.outline if code is None else reading.index.items[code].children


def _rest(reading: Reading, found: Folded, amount: Exact, code: str | None) -> Loss:
    """Return what did not come, or came, from elsewhere than the children."""
    if found.others:
        says = statement(
            "loss.formula", expression=one_after_the_other([_said(reading, each) for each in found.others])
        )
        return Loss(cause="formula", amount=amount, says=says, code=code)
    says = statement("loss.base" if amount > 0 else "loss.base-given")
    return Loss(cause="base", amount=amount, says=says, code=code)


def _said(reading: Reading, placed: Placed) -> Statement:
    if says_more_than_its_value(placed):
        return worked_out(reading, placed)
    return statement("why.formula", expression=in_words(reading, placed), values=reading.part(placed))


def _child(heart: Placed, member: MemberRead, full: Exact, name: Part, whole: Exact) -> tuple[Loss, ...]:
    """Return what a child costs its parent; a bonus, and a child of a sheet without full marks, only adds."""
    if member.bonus:
        amount = -(member.score or Exact(0))
        return _item("bonus", amount, "loss.bonus" if amount < 0 else "loss.child", name, member)
    if member.excluded:
        return _item("excluded", _lost_with(heart, member, full, whole), "loss.excluded", name, member)
    if member.score is None or member.share is None:
        return ()
    own = full if _on_scale(heart) else member.full or Exact(0)
    return _item("child", member.share * (own - member.score), "loss.child", name, member)


def _item(cause: str, amount: Exact, key: str, name: Part, member: MemberRead) -> tuple[Loss, ...]:
    says = statement(key, member=name)
    return (Loss(cause=cause, amount=amount, says=says, code=member.code),) if amount else ()


def _on_scale(heart: Placed) -> bool:
    return isinstance(heart.expr, core.Combine) and heart.expr.op is CombineOp.WEIGHTED_MEAN


def _lost_with(heart: Placed, member: MemberRead, full: Exact, whole: Exact) -> Exact:
    """Return the marks that are lost with an excluded child; 0 where they went to others."""
    expr = heart.expr
    if not isinstance(expr, core.Combine) or expr.share is not ShareRule.LOST:
        return Exact(0)
    if expr.op is CombineOp.SUM:
        return member.full or Exact(0)
    return full * (member.weight or Exact(0)) / whole if whole else Exact(0)
