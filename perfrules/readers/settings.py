"""Values the caller sets for every entity, in the place of any column of the data that means the same."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from perfrules.readers.headings import Headings, Target
from perfrules.readers.raw import Raw, RawRow, heading_text


def with_settings(raw: Raw, settings: Mapping[str, str], known: Headings) -> Raw:
    """Give each row the *settings* (heading to text), in place of its own cells for the same targets."""
    if not settings:
        return raw
    given = {heading_text(name): value for name, value in settings.items()}
    meant = {target for heading in given for target in known.find(heading)}
    return evolve(raw, rows=tuple(_row(row, given, meant, known) for row in raw.rows))


def _row(row: RawRow, given: Mapping[str, str], meant: set[Target], known: Headings) -> RawRow:
    kept = [number for number, heading in enumerate(row.headings) if not meant & set(known.find(heading))]
    return evolve(
        row,
        headings=(*(row.headings[number] for number in kept), *given),
        cells=(*(row.cells[number] for number in kept), *given.values()),
        columns=(*(row.columns[number] for number in kept), *[None] * len(given)) if row.columns else (),
    )
