"""Marks as rubrics write them: `20`, `4分`, `（20分）` after a title, `30%`, with digits of either width."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from perfrules.lang.exact import Exact, as_text, from_decimal_text
from perfrules.rubrics.skeleton.folded import folded

_NUMBER: Final = r"(?P<number>\d+(?:\.\d+)?)"
_UNIT: Final = r"(?P<unit>分|%|points?|marks?|pts?)"
_BONUS: Final = r"(?P<bonus>\+|加分? ?|bonus ?)?"
_CELL: Final = re.compile(rf"{_BONUS}{_NUMBER} ?{_UNIT}?", re.IGNORECASE)
_IN_BRACKETS: Final = tuple(
    re.compile(rf"\s*[(\[]{label} ?{_BONUS}{_NUMBER} ?{unit}[)\]]\s*$", re.IGNORECASE)
    for label, unit in ((r"(?:满分|分值|权重|共|weight|marks|points)[::]?", f"{_UNIT}?"), ("", _UNIT))
)
_AT_THE_END: Final = re.compile(rf"(?:[\s,:,]+|(?<=[^\d.\s])){_NUMBER} ?(?P<unit>分)\s*$")


@frozen
class Amount:
    """Marks, or (*is_share*) a percentage; *is_bonus*: on top of the full marks."""

    value: Exact
    is_share: bool = False
    is_bonus: bool = False

    @property
    def text(self) -> str:
        """The figure as a ruleset writes it, without its unit."""
        return f"{as_text(self.value)}%" if self.is_share else as_text(self.value)


def amount_in_cell(text: str) -> Amount | None:
    """Read a cell that holds marks and nothing else.

    >>> amount_in_cell("４分").text, amount_in_cell("30%").text, amount_in_cell("（20分）").text, amount_in_cell("-")
    ('4', '30%', '20', None)
    """
    plain = folded(text).strip()
    if plain.startswith(("(", "[")) and plain.endswith((")", "]")):
        plain = plain[1:-1].strip()
    found = _CELL.fullmatch(plain)
    return None if found is None else _amount(found)


def amount_in_title(text: str) -> tuple[str, Amount | None]:
    """Part a title from the marks that stand after it, in brackets or with 分.

    >>> title, marks = amount_in_title("决策（２０分）")
    >>> title, marks.text
    ('决策', '20')
    >>> amount_in_title("平湖市（2021年）")
    ('平湖市（2021年）', None)
    """
    plain = folded(text)
    for pattern in (*_IN_BRACKETS, _AT_THE_END):
        found = pattern.search(plain)
        if found is not None and found.start() > 0:
            return text[: found.start()].rstrip(), _amount(found)
    return text, None


def _amount(found: re.Match[str]) -> Amount | None:
    value = from_decimal_text(found["number"])
    bonus = found.groupdict().get("bonus") is not None
    return None if value is None else Amount(value, is_share=found["unit"] == "%", is_bonus=bonus)
