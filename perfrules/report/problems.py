"""Problems of an entity's data in words: what is there, what to do, where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from perfrules.diagnostics import Diagnostic, in_order
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import help_message, message, place_in_data
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class Problem:
    """One problem; *place* says where in the data, with no folder."""

    severity: str
    code: str
    says: str
    help: str
    place: str


def problems_in_words(found: Iterable[Diagnostic], language: str) -> tuple[Problem, ...]:
    """Return the problems in order."""
    words = translator(language)
    return tuple(
        Problem(
            severity=words.text(f"render.{each.severity.value}"),
            code=each.code.value,
            says=message(each, words),
            help=help_message(each, words) or "",
            place=_place(each, language),
        )
        for each in in_order(found)
    )


def _place(problem: Diagnostic, language: str) -> str:
    """Name the place in the data; of a file only its name, because a report must not differ by where it lies."""
    where = problem.where
    if where is None:
        return ""
    file = None if where.file is None else where.file.replace("\\", "/").rpartition("/")[2]
    named = place_in_data(evolve(where, file=file, entity=None), translator(language))
    return ", ".join(named) if language == "en" else "，".join(named)


def name_of(entity: str, problems: Iterable[Diagnostic], say: Wording) -> str:
    """Write an entity's name; of one without a name the row of the data that it stands in."""
    if entity.strip():
        return entity
    rows = (each.where.row for each in problems if each.where is not None and each.where.row is not None)
    row = next(rows, None)
    return say("nameless") if row is None else say("nameless-row", row=str(row))
