"""An explanation as data: what was put in, each step, where marks were lost, and what would raise them.

Everything is exact numbers, the author's own words and sentences named by key; `text` and `canonical` write it out.
"""

from __future__ import annotations

from attrs import field, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.explain.statement import Figure, Part, Statement
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval


@frozen(kw_only=True)
class PutIn:
    """One thing that was put in: an input, a parameter, a judged mark or another indicator.

    *sort* is `input`, `parameter`, `indicator`, `alert` or `judged`; *name* is the author's name or code of it.
    """

    sort: str
    name: str
    title: str | None
    value: Part
    source: str | None = None


@frozen(kw_only=True)
class Step:
    """One step of the calculation in words; *before* and *after* where something was rounded, held or replaced."""

    construct: str
    says: Statement
    before: Part | None = None
    after: Part | None = None


@frozen(kw_only=True)
class Loss:
    """Some marks that were not reached, or (negative) were added: the losses of an indicator add up to full − score.

    *cause* is the construct that took them; *code* the indicator it stands in, or the child whose loss it is.
    """

    cause: str
    amount: Exact
    says: Statement
    code: str | None = None


@frozen(kw_only=True)
class Effect:
    """What a child alone holds back under a parent that does not add: such effects do not add up to anything."""

    code: str
    title: str | None
    amount: Exact


@frozen(kw_only=True)
class InputChange:
    """The change of one input that does it, everything else as it is."""

    name: str
    title: str | None
    now: Part
    to: Part
    difference: Figure | None


@frozen(kw_only=True)
class Change:
    """One change that raises the mark; each was evaluated before it was written down.

    *on* is what the rule looks at; going up (*upward*) or down, it has to reach *to*, or (*beyond*) pass it.
    *score* is the mark it then is, *gain* how much more that is. *by* lists the single inputs that bring it about, each
    alone.
    """

    construct: str
    on: Part
    now: Part
    to: Part
    beyond: bool
    upward: bool
    difference: Figure | None
    gain: Exact
    score: Exact
    by: tuple[InputChange, ...] = ()


@frozen(kw_only=True)
class OverrideNote:
    """A person's replacement of a computed mark."""

    value: Exact
    computed: Part
    by: str
    why: str


@frozen(kw_only=True)
class Contribution:
    """An indicator in the tree: what it earned and lost; *share* is how many marks of its parent one of its marks is.

    *share* is None under a parent that does not add, and for what was left out.
    """

    code: str
    title: str | None
    status: str
    score: Exact | None
    full: Exact | None
    share: Exact | None
    losses: tuple[Loss, ...]
    effects: tuple[Effect, ...] = ()
    children: tuple[Contribution, ...] = ()


@frozen(kw_only=True)
class Heading:
    """What is explained: the entity, and the ruleset with its version."""

    entity: str
    ruleset: str
    title: str | None
    version: str | None
    hash: str


class _Written:
    """What every explanation can do: be written out. The writers read explanations, so they are loaded when asked."""

    __slots__ = ()

    def text(self, language: str = "en", width: int = 100) -> str:
        """Write the explanation as plain text, in English (`en`) or Chinese (`zh`)."""
        from perfrules.explain.text import text

        return text(_explained(self), language, width)

    def to_dict(self) -> dict[str, object]:
        """Return the explanation as JSON can hold it: keys and exact numbers as text."""
        from perfrules.explain.canonical import to_dict

        return to_dict(_explained(self))

    def __str__(self) -> str:
        return self.text()


@frozen(kw_only=True, str=False)
class IndicatorExplanation(_Written):
    """Why an indicator has the marks it has, and the light; *has_marks* is false where there can be none."""

    heading: Heading
    code: str
    title: str | None
    amount_text: str
    rule_text: str
    method: str
    status: str
    score: Exact | None
    full: Exact | None
    possible: Interval | None
    rule: tuple[Statement, ...]
    put_in: tuple[PutIn, ...]
    steps: tuple[Step, ...]
    contribution: Contribution
    changes: tuple[Change, ...]
    waiting: tuple[PutIn, ...]
    override: OverrideNote | None
    evidence: tuple[str, ...]
    notes: tuple[str, ...]
    citations: tuple[str, ...]
    definition: str | None = None
    has_marks: bool = True
    light: Named | None = None

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Where marks were lost; they add up to full − score."""
        return self.contribution.losses

    @property
    def lost(self) -> Exact | None:
        """Full marks less the score; without full marks, what was taken off zero."""
        return None if self.score is None else (self.full or Exact(0)) - self.score


@frozen(kw_only=True)
class Veto:
    """A veto that holds, or that is still open, with its condition."""

    says: Statement
    reason: str
    effect: str
    code: str | None
    open: bool


@frozen(kw_only=True)
class Named:
    """A decision, alert, output or flag, or an indicator's light (*name* is its code), with what says why it is so."""

    sort: str
    name: str
    title: str | None
    value: Part
    says: Statement | None
    facts: tuple[tuple[str, Part], ...] = ()


@frozen(kw_only=True)
class BetterGrade:
    """The nearest better grade: what *on* (the total, at its stage) has to reach, or (*beyond*) to pass."""

    grade: str
    on: Part
    now: Part
    to: Part
    beyond: bool
    difference: Figure


@frozen(kw_only=True)
class GradeExplanation:
    """The grade, why it is that, and how far the nearest better one is; None where there is none or it is open."""

    value: Part
    possible: tuple[str, ...]
    says: tuple[Statement, ...]
    better: BetterGrade | None


@frozen(kw_only=True, str=False)
class EntityExplanation(_Written):
    """Why an entity has the total and the grade it has."""

    heading: Heading
    status: str
    total: Exact | None
    full: Exact | None
    possible: Interval | None
    steps: tuple[Step, ...] = ()
    contribution: Contribution | None = None
    losses: tuple[Loss, ...] = ()
    grade: GradeExplanation | None = None
    vetoes: tuple[Veto, ...] = ()
    left_out: tuple[Statement, ...] = ()
    lights: tuple[Named, ...] = ()
    results: tuple[Named, ...] = ()
    waiting: tuple[PutIn, ...] = ()
    overrides: tuple[tuple[str, OverrideNote], ...] = ()
    problems: tuple[Diagnostic, ...] = field(default=(), repr=False)
    citations: tuple[str, ...] = ()


Explanation = IndicatorExplanation | EntityExplanation


def _explained(written: _Written) -> Explanation:
    assert isinstance(written, IndicatorExplanation | EntityExplanation)
    return written
