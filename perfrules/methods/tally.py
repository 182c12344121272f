"""`score tally from … { LINES }`: a ledger of additions and deductions.

Start from the base; each line by itself, capped by its own `at most`; add; `zero` wins over everything; then floor and
cap once. The order of lines never matters. Without limits a tally is held between 0 and the full marks; where there are
no full marks (a sheet that starts from a number), nothing holds it.
"""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, LedgerLine, Origin
from perfrules.lang.kinds import Points
from perfrules.methods.lowers import Lowers, Marked
from perfrules.methods.parts import placed, zero
from perfrules.methods.tally_line import amounts
from perfrules.methods.tally_zero import zero_conditions
from perfrules.syntax.ast.scoring import Between, Effect, Tally, TallyLine, Unbounded


def expand(score: Tally, lowering: Lowers, marked: Marked) -> Expr:
    """Return the ledger; a nested tally is a line of its own."""
    floor, ceiling = _limits(score, lowering, marked)
    return core.Ledger(
        placed(lowering.marks(score.base), Origin("tally", "base", score.base.span)),
        tuple(entry for line in score.lines for entry in _entries(line, lowering, marked)),
        tuple(condition for line in score.lines for condition in _zeroed(line, lowering)),
        floor,
        ceiling,
        kind=Points(),
        origin=Origin("tally", "score", score.span, score.title.value if score.title else None),
    )


def _entries(line: TallyLine | Tally, lowering: Lowers, marked: Marked) -> tuple[LedgerLine, ...]:
    title = line.title.value if line.title else None
    if isinstance(line, Tally):
        return (LedgerLine(1, expand(line, lowering, marked), Origin("tally line", "nested", line.span, title)),)
    if line.effect is Effect.ZERO:
        return ()
    found = amounts(line, lowering)
    sign = -1 if line.effect is Effect.LESS else 1
    return tuple(
        LedgerLine(
            sign, each.value, Origin("tally line", line.effect.value, each.span if len(found) > 1 else line.span, title)
        )
        for each in found
    )


def _zeroed(line: TallyLine | Tally, lowering: Lowers) -> tuple[Expr, ...]:
    if isinstance(line, Tally) or line.effect is not Effect.ZERO:
        return ()
    return zero_conditions(line, lowering)


def _limits(score: Tally, lowering: Lowers, marked: Marked) -> tuple[Expr | None, Expr | None]:
    match score.limits:
        case Unbounded():
            return None, None
        case Between(low=low, high=high):
            floor = placed(lowering.marks(low), Origin("limits", "floor", low.span))
            return floor, placed(lowering.marks(high), Origin("limits", "ceiling", high.span))
        case None:
            if marked.full is None:
                return None, None
            return placed(zero(), Origin("limits", "floor")), placed(marked.full, Origin("limits", "ceiling"))
