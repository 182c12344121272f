"""“按X计分，各点之间按比例计算：0%得0分、100%得10分”: straight lines between points that are stated one by one.

Rubric documents of perfrules write curves so, in both languages.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

from perfrules.lang.exact import as_text
from perfrules.rubrics.skeleton.drafts.draft import NUMBER as PLAIN
from perfrules.rubrics.skeleton.drafts.draft import PERCENT, Asked, Draft, Need, Pattern
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, exact, is_full, is_used_up

_NAME: Final = "straight-lines-between-points"
_HEADS: Final = (
    re.compile(r"按(?P<subject>[^:\n]+?)计分,(?:下列)?各点之间按比例计算,两端之外不变:"),
    re.compile(r"marks by (?P<subject>[^:\n]+?), in straight lines between these points and level beyond them:"),
)
_POINT: Final = re.compile(
    rf"(?P<x>-?{NUMBER})(?P<sign>%)?\s*(?:得|gives? )\s*"
    rf"(?:(?P<full>满分|full marks)|(?P<marks>{NUMBER})(?:分| points?))"
)
_JOINED: Final = re.compile(r"、|,|\band\b")
_FEWEST: Final = 2


def _match(asked: Asked) -> Draft | None:
    text = asked.text.strip()
    head = next((found for each in _HEADS if (found := each.match(text))), None)
    if head is None:
        return None
    points = list(_POINT.finditer(text, head.end()))
    rest = _JOINED.sub("", _POINT.sub("", text[head.end() :]))
    places = [exact(each["x"]) for each in points]
    if len(points) < _FEWEST or not is_used_up(rest) or len({each["sign"] for each in points}) > 1:
        return None
    if any(right <= left for left, right in itertools.pairwise(places)):
        return None
    lines = tuple(f"  {as_text(exact(each['x']))}{each['sign'] or ''} -> {_marks(each, asked)}" for each in points)
    unit = PERCENT if points[0]["sign"] else PLAIN
    return Draft(pattern=_NAME, lines=("score curve of {0} {", *lines, "}"), needs=(Need(head["subject"], unit),))


def _marks(point: re.Match[str], asked: Asked) -> str:
    if point["full"] or is_full(asked, point["marks"]):
        return "full"
    return as_text(exact(point["marks"]))


PATTERN: Final = Pattern(_NAME, _match)
