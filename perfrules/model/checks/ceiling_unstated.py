"""ceiling-unstated: where there are bonuses, the total says whether it may pass its full marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.plan import MarksStyle
from perfrules.lang.exact import Exact, as_text
from perfrules.methods.parts import constant
from perfrules.model.block import Block, Settings
from perfrules.model.worth import Worth


def ceiling_unstated(root: Block, worths: Mapping[str, Worth], settings: Settings) -> Iterable[Diagnostic]:
    """Report bonuses under a total that neither lets them pass nor holds them."""
    total = settings.total
    bonuses = list(_outermost_bonuses(root, worths))
    if not bonuses or settings.has_base or (total and (total.ceiling or total.between)):
        return
    full = _value(worths[""])
    highest = full + sum((_value(bonus) for bonus in bonuses), Exact(0))
    yield Diagnostic(
        Code.CEILING_UNSTATED,
        at=total.span if total else root.span,
        args={"full": as_text(full), "highest": as_text(highest)},
        others=[Labelled(bonus.block.amount.span, "stated-here") for bonus in bonuses if bonus.block.amount],
    )


def _outermost_bonuses(root: Block, worths: Mapping[str, Worth]) -> Iterable[Worth]:
    """Yield the bonuses that are not part of another one."""
    waiting = list(reversed(root.marked))
    while waiting:
        block = waiting.pop()
        if worths[block.path].style is MarksStyle.BONUS:
            yield worths[block.path]
        else:
            waiting.extend(reversed(block.marked))


def _value(worth: Worth) -> Exact:
    value = None if worth.full is None else constant(worth.full)
    return Exact(0) if value is None else value
