"""All patterns, in the order in which they are tried, and sentences that are known to have more than one reading."""

from __future__ import annotations

import re
from typing import Final

from perfrules.rubrics.skeleton.drafts import (
    all_or_nothing,
    bands,
    checklist,
    events,
    judged_levels,
    rate_times_marks,
    share_per_element,
    stated_points,
    step_deduction,
    target_else_proportion,
)
from perfrules.rubrics.skeleton.drafts.draft import Asked, Draft, Pattern

PATTERNS: Final[tuple[Pattern, ...]] = (
    stated_points.PATTERN,
    rate_times_marks.PATTERN,
    target_else_proportion.PATTERN,
    step_deduction.PATTERN,
    bands.PATTERN,
    judged_levels.PATTERN,
    share_per_element.PATTERN,
    events.PATTERN,
    all_or_nothing.PATTERN,
    checklist.PATTERN,
)

_AMBIGUOUS: Final = (
    (
        "lower-is-better",
        re.compile(
            r"(?:≤|不超过|不高于|低于|小于等于|控制在)[^,;.]*得满分[,;.].*(?:超过|超出|高于|未达)?.*按比例(?:扣|得)"
        ),
    ),
    ("judged-freely", re.compile(r"酌情|视情|综合评定|由专家|专家评分|评价组|根据实际情况|discretion|as appropriate")),
)
"""Sentences of which is known that people read them in more than one way; nothing is drafted from them."""


def draft_of(asked: Asked) -> Draft | None:
    """Return the draft of the first pattern that accounts for the whole sentence."""
    if reason_of(asked) is not None:
        return None
    return next((draft for pattern in PATTERNS if (draft := pattern.match(asked)) is not None), None)


def reason_of(asked: Asked) -> str | None:
    """Name why a sentence has more than one reading; None where nothing of that is known."""
    return next((name for name, pattern in _AMBIGUOUS if pattern.search(asked.text)), None)
