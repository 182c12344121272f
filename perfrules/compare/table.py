"""The movement as CSV: a row for each entity, a column for each changed item; the columns of a row add up."""

from __future__ import annotations

import csv
import io

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.items import Item
from perfrules.compare.movement import Part
from perfrules.compare.naming import part_title, title_of
from perfrules.compare.outcome import Outcome
from perfrules.compare.said import tell, words_of
from perfrules.lang.exact import as_text


def comparison_csv(comparison: Comparison, language: str) -> bytes:
    """Write the table in UTF-8 with the mark that spreadsheets look for."""
    words = words_of(language)
    columns = _columns(comparison)
    headings = [
        words.text("page.entity"),
        "status",
        *(f"{words.text('page.total')} ({words.text(f'page.{each}')})" for each in ("old", "new")),
        words.text("page.moved"),
        *(f"{words.text('page.grade')} ({words.text(f'page.{each}')})" for each in ("old", "new")),
        words.text("page.alone"),
        *(" + ".join(tell(each, language) for each in part_title(comparison, part)) for part in columns.values()),
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_plain(each) for each in headings])
    for entity in comparison.entities:
        writer.writerow([_plain(each) for each in _row(comparison, entity, tuple(columns), language)])
    return text.getvalue().encode("utf-8-sig")


def _columns(comparison: Comparison) -> dict[tuple[Item, ...], Part]:
    """Return the items that moved something, in the order in which they are applied."""
    found = {
        part.items: part for each in comparison.entities if each.movement is not None for part in each.movement.parts
    }
    places = {item: place for place, item in enumerate(comparison.order)}
    ordered = sorted(found, key=lambda items: [places.get(item, len(places)) for item in items])
    return {items: found[items] for items in ordered}


def _row(
    comparison: Comparison, entity: EntityCompared, columns: tuple[tuple[Item, ...], ...], language: str
) -> list[str]:
    movement = entity.movement
    moved = None if movement is None else movement.moved
    parts = {} if movement is None else {part.items: as_text(part.moved) for part in movement.parts}
    decisive = () if movement is None else movement.decisive
    return [
        entity.entity,
        entity.sort,
        _total(entity.old),
        _total(entity.new),
        "" if moved is None else as_text(moved),
        *("/".join(each.grades) if each else "" for each in (entity.old, entity.new)),
        " / ".join(tell(title_of(comparison, item), language) for item in decisive),
        *(parts.get(items, "0") if movement is not None else "" for items in columns),
    ]


def _total(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    if outcome.total is not None:
        return as_text(outcome.total)
    ends = outcome.possible
    if ends is None or ends.lo is None or ends.hi is None:
        return ""
    return f"{as_text(ends.lo)}…{as_text(ends.hi)}"


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    is_number = text.lstrip("-").replace(".", "").replace("/", "").isdigit()
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not is_number else text
