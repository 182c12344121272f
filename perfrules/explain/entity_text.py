"""The page of a whole entity."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from perfrules.explain.explanation import BetterGrade, EntityExplanation, Loss, Named
from perfrules.explain.page import Page
from perfrules.explain.statement import Term, statement
from perfrules.lang.exact import Exact


def entity_lines(explained: EntityExplanation, page: Page) -> Iterator[str]:
    """Write the page line by line, without the problems."""
    head = explained.heading
    shown = page.word("refused") if explained.status == "refused" else marks_line(explained, page)
    yield from page.paragraph(page.titled(head.entity, shown))
    version = page.word("version", version=head.version) if head.version else ""
    yield from page.paragraph(page.word("ruleset", ruleset=head.title or head.ruleset, version=version))
    yield from page.steps(explained.steps)
    yield from _grade(explained, page)
    yield from page.section("vetoes", (page.say(veto.says) for veto in explained.vetoes))
    yield from page.section("left-out", (page.say(said) for said in explained.left_out))
    yield from _losses(explained, page)
    yield from page.section("lights", (light_line(named, page) for named in explained.lights))
    yield from page.section("results", (result_line(named, page) for named in explained.results))
    yield from page.put_in("waiting", explained.waiting)
    yield from page.section(
        "overrides",
        (
            page.word(
                "override",
                code=code,
                value=page.number(note.value),
                computed=page.say(note.computed),
                by=note.by,
                why=note.why,
            )
            for code, note in explained.overrides
        ),
    )
    yield from page.section("citations", explained.citations)


def marks_line(explained: EntityExplanation, page: Page) -> str:
    """Write the total and the grade; of a ruleset without marks, only whether its results are provisional."""
    if explained.contribution is None:
        return "" if explained.status == "final" else page.word("without-marks-provisional")
    shown = page.marks_of(explained.total, explained.full, explained.possible)
    if explained.grade is not None:
        grade = page.say(explained.grade.value)
        if explained.grade.possible:
            key = "one-of" if len(explained.grade.possible) > 1 else "only"
            grade = page.word(key, options=" / ".join(explained.grade.possible))
        shown = page.word("graded", marks=shown, grade=grade)
    return shown if explained.status == "final" else page.word("provisional", marks=shown)


def _grade(explained: EntityExplanation, page: Page) -> Iterator[str]:
    if explained.grade is None:
        return
    better = explained.grade.better
    said = [page.say(each) for each in explained.grade.says]
    yield from page.section("grade", [*said, *([] if better is None else [better_line(better, page)])])


def better_line(better: BetterGrade, page: Page) -> str:
    """Say what the nearest better grade takes."""
    key = "grade.better-beyond" if better.beyond else "grade.better"
    return page.say(
        statement(key, difference=better.difference, grade=better.grade, now=better.now, on=better.on, to=better.to)
    )


def _losses(explained: EntityExplanation, page: Page) -> Iterator[str]:
    """Write the losses, the largest first, and apart from them what was added to the full marks."""
    lost = [loss for loss in explained.losses if loss.cause != "bonus"]
    rows = [(page.number(loss.amount), _place(loss), page.say(loss.says)) for loss in lost]
    note = page.word("losses-total", total=page.number(sum((loss.amount for loss in lost), Exact(0))))
    yield from page.table("losses", rows, note if rows else "")
    added = [loss for loss in explained.losses if loss.cause == "bonus"]
    yield from page.table("added", [(page.number(-loss.amount), page.say(loss.says)) for loss in reversed(added)])


def _place(loss: Loss) -> str:
    return "" if loss.code in (None, "total") else str(loss.code)


def light_line(named: Named, page: Page) -> str:
    """Say which light an indicator has, and why."""
    return result_line(evolve(named, title=f"{named.name} {named.title}" if named.title else None), page)


def result_line(named: Named, page: Page) -> str:
    """Say what a decision, alert, output or flag is, why, and its deadline."""
    name = named.title or named.name
    shown = page.word(f"result-{named.sort}", name=name, value=page.say(named.value))
    if named.says is not None:
        shown = page.word(_reason_key(named), result=shown, why=page.say(named.says))
    for key, value in named.facts:
        shown += page.word(f"fact-{key}", value=page.say(value))
    return shown


def _reason_key(named: Named) -> str:
    """Name the sentence that joins a result and its formula, the condition that holds, or the one that does not."""
    if named.sort == "output" and named.value not in (Term("yes"), Term("no")):
        return "namely"
    return "because-not" if named.value == Term("no") else "because"
