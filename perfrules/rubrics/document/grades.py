"""The grades as a table: which totals each takes."""

from __future__ import annotations

from perfrules.evaluate.numbering import Placed
from perfrules.explain.narrate.bands import Band, bands_of
from perfrules.explain.narrate.narration import edge_part, expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reading import kind_of
from perfrules.ir import expressions as core
from perfrules.lang.kinds import Kind
from perfrules.rubrics.document.page import Look, Section, Table, line
from perfrules.rubrics.document.speaker import Speaker


def grades_section(speaker: Speaker) -> Section:
    table = _grade_table(speaker)
    if table is None:
        return Section(speaker.word("section.grades"), (speaker.listed(speaker.plan.grades),))
    subject = table.parts[0]
    kind = kind_of(speaker.reading, subject)
    rows = tuple(
        (
            line(speaker.tell(expr_part(speaker.reading, band.value)), Look.LEVEL),
            line(_edge(speaker, band, kind), Look.LEVEL),
        )
        for band in bands_of(speaker.reading, table)
    )
    on = speaker.tell(in_words(speaker.reading, subject))
    grid = Table((speaker.word("column.grade"), speaker.word("column.range", of=on)), (20, 40), rows)
    return Section(speaker.word("section.grades"), (speaker.word("grades.on", of=on),), (grid,))


def _grade(speaker: Speaker, band: Band) -> str:
    return speaker.tell(expr_part(speaker.reading, band.value))


def _edge(speaker: Speaker, band: Band, kind: Kind) -> str:
    if band.step is None:
        return speaker.tell(band.edge(speaker.reading, kind))
    return speaker.tell(edge_part(speaker.reading, band.step.takes, kind))


def _grade_table(speaker: Speaker) -> Placed | None:
    reading = speaker.reading
    found = reading.root("grade/reached" if "grade/reached" in reading.index.nodes else "grade")
    while isinstance(found.expr, core.Demote):
        found = found.parts[0]
    return found if isinstance(found.expr, core.Steps) else None
