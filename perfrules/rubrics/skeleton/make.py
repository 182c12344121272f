"""A workbook as the skeleton of a ruleset: a sheet chosen, its rubric read, rules drafted, the text written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import field, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.rubrics.skeleton.drafting import draft_all, told
from perfrules.rubrics.skeleton.findings import Finding, Part, read
from perfrules.rubrics.skeleton.grid import Place, Sheet
from perfrules.rubrics.skeleton.headings import Layout, layout_of
from perfrules.rubrics.skeleton.read import read_rubric
from perfrules.rubrics.skeleton.rubric import Item, Rubric
from perfrules.rubrics.skeleton.sheets import sheets_of
from perfrules.rubrics.skeleton.sums import wrong_sums
from perfrules.rubrics.skeleton.write import skeleton_text


@frozen
class Skeleton:
    """The text of a ruleset, what there is to tell of how it came about, and the rubric as it was read."""

    text: str
    findings: tuple[Finding, ...]
    rubric: Rubric = field(repr=False)

    @property
    def title(self) -> str | None:
        """The title above the table."""
        return self.rubric.title

    @property
    def items(self) -> tuple[Item, ...]:
        """The highest indicators, each with its parts."""
        return self.rubric.items

    def of(self, part: Part) -> tuple[Finding, ...]:
        """Return the findings of one part of the report."""
        return tuple(finding for finding in self.findings if finding.part is part)


@frozen
class NoRubric:
    """Why there is no skeleton: a key of the catalogue (`import.KEY`), the sheets there are."""

    key: str
    sheets: tuple[str, ...]


def skeleton_of(
    content: bytes, file: str, language: Literal["en", "zh"], sheet: str | None = None
) -> Skeleton | NoRubric | Diagnostic:
    """Read the workbook *content*, called *file* in problems; preferring sheets that are shown."""
    sheets = sheets_of(content, file)
    if isinstance(sheets, Diagnostic):
        return sheets
    names = tuple(each.name for each in sheets)
    if sheet is not None and sheet not in names:
        return NoRubric("no-such-sheet", names)
    found = [
        (each, layout) for each in sheets if sheet in (None, each.name) and (layout := layout_of(each)) is not None
    ]
    if not found:
        return NoRubric("no-headings", names)
    return _skeleton(sorted(found, key=lambda each: each[0].is_hidden), names, language)


def _skeleton(
    found: Sequence[tuple[Sheet, Layout]], names: tuple[str, ...], language: Literal["en", "zh"]
) -> Skeleton | NoRubric:
    tables = ((position, read_rubric(each, layout)) for position, (each, layout) in enumerate(found))
    first = next(((position, table) for position, table in tables if table.rubric.items), None)
    if first is None:
        return NoRubric("no-rows", names)
    position, rubric = first
    drafts = draft_all(rubric.rubric)
    others = tuple(
        read("sheet-not-read", Place(other.name, at.first, at.levels[0]), sheet=other.name)
        for other, at in (*found[:position], *found[position + 1 :])
    )
    findings = (*rubric.found, *others, *wrong_sums(rubric.rubric), *told(rubric.rubric, drafts))
    return Skeleton(skeleton_text(rubric.rubric, drafts, language), findings, rubric.rubric)
