"""How marks become a result: parts put together, the total, vetoes, grades, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.explain.blank import total_in_words
from perfrules.explain.outline import every_item
from perfrules.explain.words import number
from perfrules.ir.plan import MarksStyle
from perfrules.lang.exact import Exact
from perfrules.rubrics.document.consequences import consequences
from perfrules.rubrics.document.grades import grades_section
from perfrules.rubrics.document.indicators import shared_rounding
from perfrules.rubrics.document.page import Section
from perfrules.rubrics.document.speaker import Speaker
from perfrules.rubrics.document.standards import is_plain_sum, rule_lines, veto_line, vetoes_of


def results_sections(speaker: Speaker) -> Iterator[Section]:
    """Make the sections after the table of indicators, those that have something to say."""
    yield Section(speaker.word("section.combining"), tuple(_combining(speaker)), numbered=True)
    vetoes = tuple(veto_line(speaker, veto) for veto in vetoes_of(speaker, None))
    if vetoes:
        yield Section(speaker.word("section.vetoes"), vetoes, numbered=True)
    if "grade" in speaker.reading.index.nodes:
        yield grades_section(speaker)
    found = tuple(consequences(speaker))
    if found:
        yield Section(speaker.word("section.consequences"), found, numbered=True)


def _combining(speaker: Speaker) -> Iterator[str]:
    yield from _total(speaker)
    for item in every_item(speaker.plan.outline):
        if item.children and not is_plain_sum(speaker, item):
            yield speaker.word(
                "combining.of", name=speaker.name(item), rule=_joined(speaker, list(rule_lines(speaker, item)))
            )
        for note in item.notes if item.children else ():
            yield speaker.word("combining.note", name=speaker.name(item), note=note)
    for rounding in sorted(shared_rounding(speaker)):
        yield speaker.word("combining.rounding", rule=rounding)
    if any(item.style is MarksStyle.BONUS for item in every_item(speaker.plan.outline)):
        yield speaker.word("combining.bonus")
    yield speaker.word("combining.data")
    if any(item.missing_policy for item in every_item(speaker.plan.outline)):
        yield speaker.word("combining.missing")
    if speaker.plan.judged:
        yield speaker.word("combining.judged")


def _total(speaker: Speaker) -> Iterator[str]:
    if speaker.reading.index.nodes.get("total") is None:
        return
    full = getattr(speaker.plan.total_full, "value", None)
    rule = _joined(speaker, [speaker.tell(said) for said in total_in_words(speaker.reading)])
    if isinstance(full, Exact):
        yield speaker.word("combining.total-of", full=number(full, speaker.language), rule=rule)
    else:
        yield speaker.word("combining.total", rule=rule)


def _joined(speaker: Speaker, sentences: list[str]) -> str:
    return ("" if speaker.language == "zh" else " ").join(sentences)
