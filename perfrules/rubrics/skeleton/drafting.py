"""Each indicator with the rule drafted for it, or the mark left to a person; the names of the data that drafts need."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from perfrules.lang.names import normalise_name
from perfrules.rubrics.skeleton.drafts.draft import Asked, Draft
from perfrules.rubrics.skeleton.drafts.table import draft_of, reason_of
from perfrules.rubrics.skeleton.findings import Finding, drafted, person
from perfrules.rubrics.skeleton.folded import folded, for_matching
from perfrules.rubrics.skeleton.rubric import Item, Rubric, every

_MARKS: Final = re.compile(r"(?:less|plus) \d|-> (?!0$)[\d.]+$")
"""A statement that takes, adds or gives marks: of which full marks, a share does not say."""


@frozen
class Drafted:
    """What became of one indicator: its draft with the names of its data, or (no draft) why there is none."""

    draft: Draft | None
    names: tuple[str, ...] = ()
    reason: str | None = None


def draft_all(rubric: Rubric) -> Mapping[str, Drafted]:
    """Draft a rule for every indicator without parts, by its code; data of the same name are told apart by the code."""
    made = {item.code: _drafted(item) for item in every(rubric.items) if not item.children}
    wanted = Counter(name for each in made.values() for name in each.names)
    taken = {item.code for item in every(rubric.items)} | {name for name, count in wanted.items() if count > 1}
    return {code: _told_apart(code, each, taken) for code, each in made.items()}


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
    sentence = "\n".join(each.text for each in item.standard)
    full = None if item.amount is None or item.amount.is_share else item.amount.value
    asked = Asked(for_matching(sentence), item.title, full)
    draft = draft_of(asked)
    if draft is None:
        return Drafted(None, reason=reason_of(asked) or "no-pattern")
    if item.amount is not None and item.amount.is_share and any(_MARKS.search(line) for line in draft.lines):
        return Drafted(None, reason="marks-of-a-share")
    needs = tuple(evolve(need, title=_as_written(need.title, sentence)) for need in draft.needs)
    return Drafted(evolve(draft, needs=needs), tuple(_name(need.title) for need in needs))


def _as_written(title: str, sentence: str) -> str:
    """Give a title that was folded its capitals back."""
    found = re.search(re.escape(title), " ".join(folded(sentence).split()), re.IGNORECASE)
    return title if found is None else found[0]


def _told_apart(code: str, each: Drafted, taken: Container[str]) -> Drafted:
    names = tuple(f"{name} ({code})" if name in taken else name for name in each.names)
    if len(set(names)) < len(names):
        names = tuple(f"{name} {position}" for position, name in enumerate(names, start=1))
    return evolve(each, names=names)


def _name(title: str) -> str:
    """Make a name of a title: no brackets of names in it, no line ends."""
    return " ".join(normalise_name(title).replace("【", "(").replace("】", ")").split())
