"""The document of a ruleset: what stands at its head, the sections in their order, what identifies it at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from perfrules.ir.plan import Plan
from perfrules.rubrics.document.data import data_sections
from perfrules.rubrics.document.indicators import indicator_section
from perfrules.rubrics.document.page import Document, Section
from perfrules.rubrics.document.results import results_sections
from perfrules.rubrics.document.speaker import Speaker, speaker_of

_SHOWN: Final = 12
"""Characters of the digest at the foot of every page."""
_INTERVAL: Final = re.compile(r"[\[(][^\[\]()]*\d[^\[\]()]*, [^\[\]()]*\)|\([^\[\]()]*\d[^\[\]()]*, [^\[\]()]*\]")
"""An interval of which an end does not belong to it."""


def rubric_document(plan: Plan, language: str) -> Document:
    """Say in one language all that *plan* says: the published rubric and the computed one are the same."""
    speaker = speaker_of(plan, language)
    indicators = [indicator_section(speaker)] if plan.outline else []
    sections = [*indicators, *results_sections(speaker), *data_sections(speaker), *_citations(speaker)]
    return Document(
        language=language,
        title=plan.title or plan.name,
        subtitle=speaker.word("subtitle"),
        facts=tuple(_facts(speaker)),
        sections=tuple(_counted(speaker, number, each) for number, each in enumerate(sections, start=1)),
        foot=(*_signs(speaker, sections), *_foot(speaker)),
        running=speaker.word(
            "running",
            digest=plan.compiled_hash[:_SHOWN],
            title=plan.title or plan.name,
            version=plan.version or speaker.word("no-version"),
        ),
    )


def _counted(speaker: Speaker, number: int, section: Section) -> Section:
    """Number a heading: 一、 or 1."""
    has = speaker.word(f"numeral.{number}")
    count = str(number) if has.startswith("numeral.") else has
    return evolve(section, heading=speaker.word("section.counted", heading=section.heading, number=count))


def _facts(speaker: Speaker) -> Iterator[tuple[str, str]]:
    plan = speaker.plan
    if plan.authority:
        yield speaker.word("fact.authority"), speaker.listed(plan.authority)
    if plan.version:
        yield speaker.word("fact.version"), plan.version
    if plan.effective:
        start, end = plan.effective
        yield speaker.word("fact.effective"), speaker.word("fact.period", end=end.isoformat(), start=start.isoformat())
    yield speaker.word("fact.entity"), plan.entity_title or plan.entity_name


def _citations(speaker: Speaker) -> Iterator[Section]:
    if speaker.plan.citations:
        yield Section(speaker.word("section.citations"), speaker.plan.citations, numbered=True)


def _signs(speaker: Speaker, sections: Sequence[Section]) -> Iterator[str]:
    """Say how intervals are written, where there are any."""
    cells = (cell for each in sections for table in each.tables for row in table.rows for cell in row)
    if any(_INTERVAL.search(text) for cell in cells for text in cell.lines):
        yield speaker.word("foot.intervals")


def _foot(speaker: Speaker) -> Iterator[str]:
    """Say by what the document and its ruleset are known."""
    plan = speaker.plan
    yield speaker.word("foot.made", name=plan.name)
    yield speaker.word("foot.hash", digest=plan.compiled_hash)
    yield speaker.word("foot.source", digest=plan.source_hash)
    yield speaker.word("foot.language", version=plan.language_version)
    for each in plan.sources:
        name = f"{each.name} {each.version}" if each.version else each.name
        yield speaker.word("foot.file", digest=each.digest, kind=speaker.word(f"file.{each.kind}"), name=name)
    for plugin in plan.plugins:
        yield speaker.word("foot.plugin", digest=plugin.digest, name=plugin.name, version=plugin.version)
    if plan.calendar is not None:
        yield speaker.word("foot.calendar")
