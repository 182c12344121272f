"""Core expressions that give marks and put them together: what an explanation needs stays whole."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from perfrules.ir.origin import Core, Origin

if TYPE_CHECKING:
    from perfrules.ir.expressions import Expr


LADDERS: Final = ("ladder down", "ladder up")
"""The roles of the steps that are rungs of a ladder."""


class PartsRule(StrEnum):
    EXACT = "exact"
    WHOLE = "whole"
    STARTED = "started"


@frozen
class Parts(Core):
    """How many steps a distance holds: distance ÷ step exactly, its floor (whole) or its ceiling (started)."""

    rule: PartsRule
    distance: Expr
    step: Expr


@frozen
class Between:
    """The values from low to high; None is unbounded on that side; each end closed or open. Ends are expressions."""

    low: Expr | None
    high: Expr | None
    low_closed: bool
    high_closed: bool


@frozen
class Among:
    """The listed values (`one of (3, 4)`, `= 优`, `= 0`)."""

    options: tuple[Expr, ...]


@frozen
class Step:
    """One step of a step table: which subjects it takes, and what they earn (evaluated only if chosen)."""

    takes: Between | Among
    value: Expr
    origin: Origin = field(eq=False, repr=False)

    def is_on_ladder_of(self, other: Step) -> bool:
        """Tell whether both are rungs of one ladder, of which the first that holds is meant to count."""
        return self.origin.role == other.origin.role in LADDERS


@frozen
class Steps(Core):
    """A step table: the value of the first step that takes the subject, else *otherwise*.

    Without *otherwise* the checker has proved that the steps cover the subject's declared range. Ends are evaluated in
    order as far as needed.
    """

    subject: Expr
    steps: tuple[Step, ...]
    otherwise: Expr | None


@frozen
class Lines(Core):
    """Piecewise linear through points of strictly increasing x, flat outside the ends. All points are evaluated."""

    subject: Expr
    points: tuple[tuple[Expr, Expr], ...]


@frozen
class LedgerLine:
    """One line of a ledger: *amount* (at least 0 where the author wrote a plain amount; already capped) is added or
    taken off.
    """

    sign: int
    amount: Expr
    origin: Origin = field(eq=False, repr=False)


@frozen
class Ledger(Core):
    """Base plus and minus lines; then held between floor and ceiling (None: not held on that side).

    If any *zeroed* condition is true, the sum is 0 whatever the lines say (the lines are still evaluated for their
    steps, and then the limits apply); an undecided *zeroed* condition, none being true, makes the whole that state.
    Its steps: the held value, then (extra) the sum before the limits.
    """

    base: Expr
    lines: tuple[LedgerLine, ...]
    zeroed: tuple[Expr, ...]
    floor: Expr | None
    ceiling: Expr | None


@frozen
class Clamp(Core):
    """The operand held between floor and ceiling (None: not held on that side)."""

    operand: Expr
    floor: Expr | None
    ceiling: Expr | None


@frozen
class JudgedLevel:
    """A level's name and where its mark may lie."""

    name: str
    low: Expr
    high: Expr
    low_closed: bool
    high_closed: bool


@frozen
class Judged(Core):
    """The mark a person gave to the indicator *code* (facts `code.level`, `code.mark`); PENDING until it is there.

    A level whose limits are one point needs no mark. Marks outside the level's limits were refused when the data was
    read; with a level but no mark the value is pending between that level's limits, with neither between the hull of
    all.
    """

    code: str
    levels: tuple[JudgedLevel, ...]


@frozen
class Overridable(Core):
    """The operand, unless the data carry an override for the indicator *code*: then the override's value."""

    code: str
    operand: Expr


class CombineOp(StrEnum):
    SUM = "sum"
    WEIGHTED_MEAN = "weighted mean"
    GEOMETRIC_MEAN = "geometric mean"
    HARMONIC_MEAN = "harmonic mean"
    BEST = "best"
    WORST = "worst"
    FIRST_AVAILABLE = "first available"
    MEDIAN = "median"


class ShareRule(StrEnum):
    RESCALE = "rescale"
    LOST = "lost"
    TO = "to"


@frozen
class Member:
    """One child: its final marks, its weight (None where there are none), its full marks (None: none stated), bonus
    or not.
    """

    code: str
    value: Expr
    weight: Expr | None
    full: Expr | None
    bonus: bool = False


@frozen
class Combine(Core):
    """Combine children. Excluded members are left out first; if all that are no bonus are excluded, so is the result.

    An excluded bonus counts 0 and redistributes nothing; bonuses are added after the others were combined. *share*
    (None only where no member can be excluded): RESCALE: for SUM, earned × full ÷ applicable full, where full is the
    sum of all members' full marks and applicable full that of the members not excluded; for means with weights, the
    weights of the members left are taken relative to their own sum. LOST: an excluded member counts 0 and keeps its
    weight or full. TO: the marks of member *to* are multiplied by (its full + the excluded full) ÷ its full (for SUM)
    or its weight grows by the excluded weights (for weighted means); if *to* itself is excluded, as RESCALE. BEST,
    WORST, MEDIAN, FIRST_AVAILABLE simply look at the members left (FIRST_AVAILABLE: the first in order that is neither
    excluded nor missing; if none, the join). Weighted means divide by the sum of the weights. Means: GEOMETRIC is the
    weighted one where weights are, exp(Σ w ln x ÷ Σ w) correctly rounded like all irrational results; HARMONIC is
    exact; a zero member makes both 0. Its steps: the value, then (extra) the earned sum (SUM: Σ marks of the members
    left; weighted: Σ weight × marks), then (extra) the applicable full (SUM: Σ full; weighted: Σ weights of the
    members left); both extras are None for the other methods.
    """

    op: CombineOp
    members: tuple[Member, ...]
    share: ShareRule | None
    to: str | None = None


@frozen
class GradeVeto:
    """While *condition* holds: the grade is *grade*, or (at_most) no better than it."""

    condition: Expr
    grade: str
    at_most: bool
    origin: Origin = field(eq=False, repr=False)


@frozen
class Demote(Core):
    """The grade after vetoes. *order* lists the grades best first; of all vetoes that hold the severest outcome wins.

    A plain veto's outcome is its grade; an at_most veto's outcome is the worse of its grade and the computed one. An
    undecided condition makes the result that state, unless the grade is already the worst and stays so either way.
    """

    grade: Expr
    order: tuple[str, ...]
    vetoes: tuple[GradeVeto, ...]


@frozen
class WorstLight(Core):
    """The most severe of the operands' lights (red, yellow, blue, green); states left out; EXCLUDED if none is left."""

    operands: tuple[Expr, ...]
