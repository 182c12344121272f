"""The rule of each indicator in words, with its numbers put in: what a reader checks a mark by."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from perfrules.explain.explanation import Change, IndicatorExplanation, Loss
from perfrules.explain.indicator_text import as_written, marks_line
from perfrules.report.figures import figure, signed_figure
from perfrules.report.next_steps import NextMarks, next_marks
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class RuleSection:
    """One indicator."""

    anchor: str
    code: str
    title: str
    marks: str
    status: str
    amount: str
    rule: tuple[str, ...]
    as_written: tuple[str, ...]
    put_in: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    losses: tuple[tuple[str, str], ...]
    effects: tuple[tuple[str, str], ...]
    next_marks: tuple[NextMarks, ...]
    waiting: tuple[tuple[str, str], ...]
    override: str
    evidence: tuple[str, ...]
    notes: tuple[str, ...]
    citations: tuple[str, ...]
    definition: str
    is_parent: bool


def rule_section(
    explained: IndicatorExplanation, changes: tuple[Change, ...], anchor: str, say: Wording
) -> RuleSection:
    """Return one indicator in words, with the *changes* that raise its mark."""
    page, parent = say.page, bool(explained.contribution.children)
    note = explained.override
    override = (
        ""
        if note is None
        else say("override", value=say.number(note.value), computed=say.say(note.computed), by=note.by, why=note.why)
    )
    return RuleSection(
        anchor=anchor,
        code=explained.code,
        title=say.named(explained.code, explained.title),
        marks=marks_line(explained, page),
        status=explained.status,
        amount=explained.amount_text,
        rule=tuple(page.say(said) for said in explained.rule),
        as_written=tuple(as_written(explained.rule_text)),
        put_in=tuple((page.put_name(each), page.put_value(each)) for each in explained.put_in),
        steps=tuple(page.say(step.says) for step in explained.steps),
        losses=tuple(_losses(explained.losses, say, parent=parent)),
        effects=tuple(
            (say.named(each.code, each.title), figure(each.amount)) for each in explained.contribution.effects
        ),
        next_marks=tuple(next_marks(change, say) for change in changes),
        waiting=tuple((page.put_name(each), page.put_value(each)) for each in explained.waiting),
        override=override,
        evidence=explained.evidence,
        notes=explained.notes,
        citations=explained.citations,
        definition=explained.definition or "",
        is_parent=parent,
    )


def _losses(losses: tuple[Loss, ...], say: Wording, *, parent: bool) -> Iterator[tuple[str, str]]:
    """Tell the losses; under a parent only those that no part of it tells itself."""
    for loss in losses:
        if not (parent and loss.cause in ("child", "bonus")):
            yield say.say(loss.says), signed_figure(-loss.amount)
