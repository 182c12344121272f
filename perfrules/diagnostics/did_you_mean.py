"""Which known names an unknown one may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_AT_MOST: Final = 3


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of *known* within one edit per three characters of *name*, the nearest first.

    An edit puts in, takes out or replaces a character, or swaps two neighbours; case does not count. Ties are in
    the order of the names.

    >>> nearest("staf", ["staff", "quota", "stuff"]), nearest("预算执行", ["预算执行率", "决算"])
    (('staff',), ('预算执行率',))
    """
    limit = max(1, len(name) // 3)
    # Lengths first: a name of another length is at least that far away, and rulesets have thousands of names.
    near = (other for other in set(known) if abs(len(other) - len(name)) <= limit)
    ranked = sorted((edits(name.casefold(), other.casefold()), other) for other in near)
    return tuple(other for distance, other in ranked if distance <= limit and distance < len(name))[:_AT_MOST]


def edits(one: str, other: str) -> int:
    """Count the edits between two names (optimal string alignment).

    >>> edits("quota", "qouta"), edits("A1", "A12"), edits("", "abc")
    (1, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
