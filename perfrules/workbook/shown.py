"""Exact values and states as cells hold them."""

from __future__ import annotations

from datetime import date

from perfrules.evaluate.trace import Value
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.workbook import literals
from perfrules.workbook.lines import Cell
from perfrules.workbook.wording import Wording


def as_given(value: Value | None, words: Wording) -> Cell:
    """Return a datum as a person would enter it: nothing where it is missing, yes and no in words."""
    if value is State.MISSING:
        return None
    if isinstance(value, bool):
        return words.yes if value else words.no
    return as_shown(value, words)


def as_shown(value: Value | None, words: Wording) -> Cell:
    """Return a value as a formula shows it."""
    match value:
        case State():
            return words.state(value)
        case bool() | str() | None:
            return value
        case date():
            return literals.serial(value)
        case Exact():
            return literals.cell_number(value)
        case _:
            return ""
