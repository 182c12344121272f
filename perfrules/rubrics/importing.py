"""A rubric in Excel as the skeleton of a ruleset."""

from __future__ import annotations

from typing import Literal

from perfrules.rubrics.skeleton import Skeleton, skeleton_of
from perfrules.rubrics.skeleton.make import NoRubric


class RubricUnreadable(ValueError):  # noqa: N818 - named by what happened
    """A workbook that cannot be read, or holds no rubric; its text says why, in English."""


def import_rubric(
    content: bytes, *, file: str = "rubric.xlsx", sheet: str | None = None, language: Literal["en", "zh"] = "en"
) -> Skeleton:
    """Make the skeleton of a ruleset of the rubric in the workbook *content* (.xlsx or .xls).

    Outline, marks and titles are those of the file; sentences are kept as notes, and where one is of a known pattern a
    rule is drafted from it and marked for review. *language* is that of keywords and remarks. RubricUnreadable where
    there is no rubric. Needs `perfrules[excel]`.
    """
    from perfrules.diagnostics import Diagnostic
    from perfrules.diagnostics.catalogue import translator
    from perfrules.diagnostics.wording import message

    found = skeleton_of(content, file, language, sheet)
    if isinstance(found, Diagnostic):
        raise RubricUnreadable(message(found, translator("en")))
    if isinstance(found, NoRubric):
        args = {"sheet": sheet or "", "sheets": ", ".join(found.sheets)}
        raise RubricUnreadable(translator("en", "rubrics").text(f"import.{found.key}", args))
    return found
