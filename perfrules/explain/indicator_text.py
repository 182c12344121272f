"""The page of one indicator."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.explain.explanation import Change, IndicatorExplanation
from perfrules.explain.page import Page
from perfrules.explain.statement import Figure, Part, marks, statement


def indicator_lines(explained: IndicatorExplanation, page: Page) -> Iterator[str]:
    """Write the page line by line."""
    title = f"{explained.code} {explained.title}" if explained.title else explained.code
    yield from page.paragraph(page.titled(title, marks_line(explained, page)))
    yield from page.paragraph(heading_line(explained, page))
    yield from _rule(explained, page)
    yield from page.put_in("put-in", explained.put_in)
    yield from page.steps(explained.steps)
    yield from page.losses(explained.losses, explained.lost)
    yield from _effects(explained, page)
    yield from page.section("changes", (line for change in explained.changes for line in change_lines(change, page)))
    yield from page.put_in("waiting", explained.waiting)
    yield from page.section("definition", () if explained.definition is None else (explained.definition,))
    yield from page.section("citations", explained.citations)
    yield from page.section("evidence", explained.evidence)
    yield from page.section("notes", explained.notes)


def heading_line(explained: IndicatorExplanation, page: Page) -> str:
    """Name the entity and the ruleset."""
    head = explained.heading
    version = page.word("version", version=head.version) if head.version else ""
    return page.word("heading", entity=head.entity, ruleset=head.title or head.ruleset, version=version)


def change_lines(change: Change, page: Page) -> Iterator[str]:
    """Write what a change would take and give, and with which single inputs."""
    itself = len(change.by) == 1 and change.difference is None
    gain: dict[str, Part] = {"gain": marks(change.gain), "score": marks(change.score)}
    if itself:
        key = "change.record" if change.construct == "record" else "change.fact"
        yield page.say(statement(key, now=change.now, on=change.on, to=change.to, **gain))
        return
    assert change.difference is not None
    size = Figure(abs(change.difference.value), change.difference.kind)
    key = f"change.{'beyond-' if change.beyond else ''}{'up' if change.upward else 'down'}"
    if change.difference.value == 0:
        yield page.say(statement(f"{key}-from-there", on=change.on, to=change.to, **gain))
    else:
        yield page.say(statement(key, difference=size, now=change.now, on=change.on, to=change.to, **gain))
    for by in change.by:
        if (by.title or by.name) != change.on:
            yield "  " + page.input_change(by)


def marks_line(explained: IndicatorExplanation, page: Page) -> str:
    """Write the marks and the light; of what has neither, nothing."""
    light = "" if explained.light is None else page.say(explained.light.value)
    if not explained.has_marks:
        return light
    shown = _marks_alone(explained, page)
    return page.word("lit", marks=shown, light=light) if light else shown


def _marks_alone(explained: IndicatorExplanation, page: Page) -> str:
    shown = page.marks_of(explained.score, explained.full, explained.possible)
    if explained.status == "scored" or explained.possible is not None:
        return shown
    return page.word("with-status", marks=shown, status=page.word(f"status-{explained.status}"))


def _rule(explained: IndicatorExplanation, page: Page) -> Iterator[str]:
    yield from page.section("rule", (*as_written(explained.rule_text), *(page.say(said) for said in explained.rule)))


def as_written(rule: str) -> list[str]:
    """Return the author's lines; those after the first keep their indentation relative to one another."""
    lines = [line.rstrip() for line in rule.split("\n") if line.strip()]
    common = min((len(line) - len(line.lstrip()) for line in lines[1:]), default=0)
    return [*lines[:1], *(line[common:] for line in lines[1:])]


def _effects(explained: IndicatorExplanation, page: Page) -> Iterator[str]:
    rows = [
        (page.number(effect.amount), f"{effect.code} {effect.title}" if effect.title else effect.code)
        for effect in explained.contribution.effects
    ]
    yield from page.table("effects", rows)
