"""The text of a skeleton: outline, marks and titles as read, sentences as notes, drafts marked for review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from attrs import frozen

from perfrules.diagnostics import has_errors
from perfrules.diagnostics.catalogue import translator
from perfrules.lang.exact import as_text
from perfrules.rubrics.skeleton.amounts import Amount
from perfrules.rubrics.skeleton.drafting import Drafted
from perfrules.rubrics.skeleton.drafts.draft import Question
from perfrules.rubrics.skeleton.findings import worded
from perfrules.rubrics.skeleton.rubric import Item, Rubric, every
from perfrules.rubrics.skeleton.sums import are_shares, total_of
from perfrules.syntax.formatter import format_text
from perfrules.syntax.printing.voice import bracketed_if_needed
from perfrules.text import source_from_text

_NAME: Final = "imported.rubric"
_STEP: Final = "  "
_PLACE: Final = re.compile(r"\{(\d+)\}")


@frozen
class _Writer:
    """A rubric with its drafts, to be written in one language."""

    rubric: Rubric
    drafts: Mapping[str, Drafted]
    language: str

    def word(self, key: str, **args: str) -> str:
        """Return a word of the skeleton."""
        return translator(self.language, "rubrics").text(f"skeleton.{key}", args)


def skeleton_text(rubric: Rubric, drafts: Mapping[str, Drafted], language: Literal["en", "zh"]) -> str:
    """Write the ruleset, laid out by the formatter, with keywords of *language*."""
    writer = _Writer(rubric, drafts, language)
    text = "\n".join((*_head(writer), *_inputs(writer), *_items(writer, rubric.items, 1), "}", ""))
    source, _ = source_from_text(text, "skeleton")
    formatted = format_text(source, language)
    assert not has_errors(formatted.diagnostics), formatted.diagnostics
    return formatted.text


def _head(writer: _Writer) -> Iterator[str]:
    rubric = writer.rubric
    yield f"# {writer.word('comment')}"
    title = _quoted(rubric.title or writer.word("title"))
    yield f"ruleset {_NAME} {title} version {_quoted(writer.word('version'))} {{"
    yield f"{_STEP}entity {bracketed_if_needed(writer.word('entity'))} {_quoted(writer.word('entity-title'))}"
    yield from (f"{_STEP}note {_quoted(line)}" for note in rubric.notes for line in note.lines)
    yield from _total(writer)
    yield ""


def _total(writer: _Writer) -> Iterator[str]:
    """Write the total of points; of shares the scale they are marks on."""
    rubric = writer.rubric
    if _are_weights(rubric.items):
        yield f"{_STEP}scale 0 to 100"
        if not are_shares(rubric.items):
            yield f"{_STEP}weights relative"
        return
    total = total_of(rubric)
    if total is not None:
        yield f"{_STEP}total {as_text(total)} {_points(Amount(total))}"


def _inputs(writer: _Writer) -> Iterator[str]:
    for item in every(writer.rubric.items):
        each = writer.drafts.get(item.code)
        if each is None or each.draft is None:
            continue
        for name, need in zip(each.names, each.draft.needs, strict=True):
            yield f"{_STEP}input {bracketed_if_needed(name)} {_quoted(need.title)} : {need.unit}"
    yield ""


def _items(writer: _Writer, items: Sequence[Item], depth: int) -> Iterator[str]:
    indent = _STEP * depth
    for item in items:
        amount = _amount(item, items)
        head = f"indicator {bracketed_if_needed(item.code)} {_quoted(item.title)}"
        yield f"{indent}{head}{f' {amount}' if amount else ''} {{"
        if item.children and _are_weights(item.children) and not are_shares(item.children):
            yield f"{indent}{_STEP}weights relative"
        yield from _items(writer, item.children, depth + 1)
        yield from (f"{indent}{_STEP}{line}" for line in _clauses(writer, item))
        yield f"{indent}}}"


def _amount(item: Item, siblings: Sequence[Item]) -> str:
    amount = item.amount
    if amount is None:
        return ""
    if _are_weights(siblings) and not amount.is_bonus:
        return f"weight {amount.text if are_shares(siblings) else as_text(amount.value)}"
    return f"{'bonus ' if amount.is_bonus else ''}{as_text(amount.value)} {_points(amount)}"


def _clauses(writer: _Writer, item: Item) -> Iterator[str]:
    each = writer.drafts.get(item.code)
    if each is not None and each.draft is not None:
        yield from _lines(each)
    elif each is not None:
        yield f"score judged {{ {_quoted(writer.word('level'))} -> [0%, 100%] of full }}"
    for sources in item.sources:
        yield from (f"evidence {_quoted(line)}" for line in sources.lines)
    for sentence in (*item.standard, *item.meaning, *item.remarks):
        yield from (f"note {_quoted(line)}" for line in sentence.lines)
    if each is not None:
        yield f"note {_quoted(_review(writer, item, each))}"


def _lines(each: Drafted) -> Iterator[str]:
    """Return the statements of a draft with the names of its data in their places."""
    assert each.draft is not None
    for line in each.draft.lines:
        yield _PLACE.sub(lambda found: bracketed_if_needed(each.names[int(found[1])]), line)


def _review(writer: _Writer, item: Item, each: Drafted) -> str:
    """Say in the ruleset itself what a person has to look at."""
    place = item.standard[0].place if item.standard else item.place
    if each.draft is None:
        return writer.word("undecided", cell=str(place))
    said = writer.word("review", cell=str(place), pattern=worded(f"pattern.{each.draft.pattern}", writer.language))
    asks = [_asked(writer, item, ask) for ask in each.draft.questions]
    return writer.word("review-asks", asks=writer.word("between-asks").join(asks), said=said) if asks else said


def _asked(writer: _Writer, item: Item, ask: Question) -> str:
    args = {name: worded(value, writer.language) for name, value in ask.args.items()}
    words = translator(writer.language, "rubrics")
    return words.text(f"import.ask-{ask.key}", {**args, "code": item.code, "title": item.title})


def _are_weights(items: Sequence[Item]) -> bool:
    return any(item.amount is not None and item.amount.is_share for item in items)


def _points(amount: Amount) -> str:
    return "point" if amount.value == 1 else "points"


def _quoted(text: str) -> str:
    """Write a text as a string of the language, on one line."""
    return '"' + " ".join(text.split()).replace('"', '""') + '"'
