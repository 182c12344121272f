"""Each indicator with the rule drafted for it, or the mark left to a person; the names of the data that drafts need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from perfrules.lang.names import normalise_name
from perfrules.rubrics.skeleton.drafts.draft import Asked, Draft
from perfrules.rubrics.skeleton.drafts.table import draft_of, reason_of
from perfrules.rubrics.skeleton.findings import Finding, drafted, person
from perfrules.rubrics.skeleton.folded import for_matching
from perfrules.rubrics.skeleton.rubric import Item, Rubric, every


@frozen
class Drafted:
    """What became of one indicator: its draft with the names of its data, or (no draft) why there is none."""

    draft: Draft | None
    names: tuple[str, ...] = ()
    reason: str | None = None


def draft_all(rubric: Rubric) -> Mapping[str, Drafted]:
    """Draft a rule for every indicator without parts, by its code; data of the same name are told apart by the code."""
    made = {item.code: _drafted(item) for item in every(rubric.items) if not item.children}
    wanted = [need.title for each in made.values() if each.draft is not None for need in each.draft.needs]
    twice = {title for title in wanted if wanted.count(title) > 1}
    return {code: _named(code, each, twice) for code, each in made.items()}


def told(rubric: Rubric, drafts: Mapping[str, Drafted]) -> Iterator[Finding]:
    """Tell what was drafted from which cell, and what is left for a person."""
    for item in every(rubric.items):
        each = drafts.get(item.code)
        if each is None:
            continue
        place = item.standard[0].place if item.standard else item.place
        if each.draft is None:
            reason = f"import.reason-{each.reason}"
            yield person("undrafted", place, code=item.code, reason=reason, title=item.title)
            continue
        yield drafted("drafted", place, code=item.code, pattern=f"pattern.{each.draft.pattern}", title=item.title)
        for ask in each.draft.questions:
            yield person(f"ask-{ask.key}", place, code=item.code, title=item.title, **ask.args)
    for item in every(rubric.items):
        if not item.children and item.amount is None:
            yield person("marks-missing", item.place, code=item.code, title=item.title)


def _drafted(item: Item) -> Drafted:
    if not item.standard:
        return Drafted(None, reason="no-sentence")
    text = for_matching("\n".join(sentence.text for sentence in item.standard))
    full = None if item.amount is None or item.amount.is_share else item.amount.value
    asked = Asked(text, item.title, full)
    draft = draft_of(asked)
    return Drafted(None, reason=reason_of(asked) or "no-pattern") if draft is None else Drafted(draft)


def _named(code: str, each: Drafted, twice: Iterable[str]) -> Drafted:
    if each.draft is None:
        return each
    names = (f"{need.title}（{code}）" if need.title in twice else need.title for need in each.draft.needs)
    return Drafted(each.draft, tuple(normalise_name(_without_brackets(name)) for name in names))


def _without_brackets(name: str) -> str:
    return " ".join(name.replace("【", "(").replace("】", ")").split())
