"""The score tree as the rows of a table: the same figures as its drawing, and a bar for each."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.report.figures import coordinate, figure
from perfrules.report.tree import Branch
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class MarksRow:
    """An indicator in the table of marks; the bar's three parts, reached, open and lost, are of 100."""

    anchor: str
    name: str
    depth: int
    status: str
    status_text: str
    marks: str
    full: str
    lost: str
    light: str
    reached: str
    open: str
    lost_x: str
    lost_width: str
    has_bar: bool


def marks_row(branch: Branch, anchors: Mapping[str, str], say: Wording) -> MarksRow:
    """Return the row of one indicator, or of the total."""
    reached, still_open, lost = (part * 100 for part in branch.marks.parts())
    is_total = branch.depth == 0
    return MarksRow(
        anchor=anchors.get(branch.code, ""),
        name=say("total") if is_total else say.named(branch.code, branch.title),
        depth=branch.depth,
        status=branch.status,
        status_text="" if is_total or branch.status == "scored" else say.status(branch.status),
        marks=branch.marks.text,
        full=figure(branch.marks.full),
        lost=branch.marks.lost_text,
        light="" if branch.light is None else say.say(branch.light),
        reached=coordinate(reached),
        open=coordinate(still_open),
        lost_x=coordinate(reached + still_open),
        lost_width=coordinate(lost),
        has_bar=bool(reached or still_open or lost),
    )
