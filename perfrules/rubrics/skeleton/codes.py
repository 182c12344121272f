"""Codes for items: those of the sheet where each has one and none twice, else letters and numbers by position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.rubrics.skeleton.outline import Branch

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def codes_of(top: Sequence[Branch]) -> dict[int, str]:
    """Return the code of each branch by its identity.

    Codes made by position have as many digits in all of a family (A1 … A9, A01 … A12), so that none can be another's.
    """
    written = [branch.code for branch in _every(top)]
    if all(code is not None for code in written) and len({(code or "").casefold() for code in written}) == len(written):
        return {id(branch): branch.code or "" for branch in _every(top)}
    return dict(_by_position(top, ""))


def were_written(top: Sequence[Branch]) -> bool:
    """Tell whether any item of the sheet has an index that is a code."""
    return any(branch.code is not None for branch in _every(top))


def _by_position(branches: Sequence[Branch], above: str) -> Iterator[tuple[int, str]]:
    for position, branch in enumerate(branches):
        code = _letter(position, len(branches)) if not above else above + _number(position + 1, len(branches))
        yield id(branch), code
        yield from _by_position(branch.children, code)


def _letter(position: int, count: int) -> str:
    return _LETTERS[position] if count <= len(_LETTERS) else f"X{_number(position + 1, count)}"


def _number(number: int, count: int) -> str:
    return str(number).zfill(len(str(count)))


def _every(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _every(branch.children)
