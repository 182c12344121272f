"""Parts that sentences of rubrics share: figures, full marks, the end of deductions, caps; and what is left over.

A pattern accepts a sentence only if it accounts for all of it, so that nothing said is dropped.
"""

from __future__ import annotations

import re
from typing import Final

from perfrules.lang.exact import Exact, as_text, from_decimal_text
from perfrules.rubrics.skeleton.drafts.draft import Asked

NUMBER: Final = r"\d+(?:\.\d+)?"
CN_COUNT: Final = "一二三四五六七八九十"
_SEPARATORS: Final = " ,;.:\n、()"
_FLOOR: Final = re.compile(
    r"(?:,|;|\.|^|\n)?(?:直至|直到)?(?:本项|该项)?(?:分值)?扣完(?:本项|该项)?(?:分值|得分|分|权重分)?(?:为止)?|扣至0分(?:为止)?|最低(?:得|为)?0分|"
    r"不(?:计|得|出现)负分|不倒扣(?:分)?|until no marks are left|until (?:zero|0|exhausted)|"
    r"(?:but )?(?:not|never) below (?:zero|0)(?: points| marks)?|(?:down )?to a minimum of (?:zero|0)"
    r"(?: points| marks)?"
)
_NOT_ABOVE_FULL: Final = re.compile(
    r"(?:最高)?(?:得分)?不(?:得)?超过(?:本项|该项)?(?:满分|分值|标准分|权重分?)(?:值)?|"
    r"(?:超过|大于|高于)100%的?,?(?:均)?按100%(?:计算?|计分)|"
    r"(?:以)?(?:满分|分值|100%)(?:为限|封顶)|封顶|capped at (?:full marks|100%)|"
    r"(?:but )?(?:at most|not above) (?:full marks|100%)"
)
_CAP: Final = re.compile(
    rf"(?:累计|合计)?(?:最多|最高|至多|不超过)(?:可)?(?:扣|加|得)?(?:分)?(?:不超过)?(?P<cap>{NUMBER})分(?:为止)?|"
    rf"(?:up to|at most|to a maximum of)(?: a total of)? (?P<cap_en>{NUMBER})(?: points?| marks?)?"
)


def exact(text: str) -> Exact:
    """Return the number a figure is.

    >>> exact("0.5")
    Fraction(1, 2)
    """
    value = from_decimal_text(text)
    assert value is not None
    return value


def points(text: str) -> str:
    """Write marks as a ruleset does.

    >>> points("1"), points("0.50")
    ('1 point', '0.5 points')
    """
    value = exact(text)
    return f"{as_text(value)} point{'' if value == 1 else 's'}"


def is_full(asked: Asked, text: str) -> bool:
    """Tell whether a figure is the indicator's full marks."""
    return asked.full is not None and exact(text) == asked.full


def without(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """Take the first match of *pattern* out of *text*."""
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]}\n{text[found.end() :]}", found)


def without_floor(text: str) -> tuple[str, bool]:
    """Take out what says that deductions end at zero.

    >>> without_floor("每发现一处扣1分,扣完为止.")
    ('每发现一处扣1分\\n.', True)
    """
    left, found = without(_FLOOR, text)
    return left, found is not None


def without_limit(text: str) -> tuple[str, bool]:
    """Take out what says that marks end at full marks."""
    left, found = without(_NOT_ABOVE_FULL, text)
    return left, found is not None


def without_cap(text: str) -> tuple[str, str | None]:
    """Take out a cap on what is taken off or added, and return its figure.

    >>> without_cap("每起扣2分,最多扣6分")
    ('每起扣2分,\\n', '6')
    """
    left, found = without(_CAP, text)
    return left, None if found is None else found["cap"] or found["cap_en"]


def is_used_up(text: str) -> bool:
    """Tell whether nothing but punctuation is left of a sentence."""
    return not text.strip(_SEPARATORS)


def subject_of(text: str | None, asked: Asked) -> str:
    """Return what a sentence speaks of: its own words, else the title of the indicator."""
    plain = (text or "").strip(_SEPARATORS)
    plain = re.sub(r"^(?:若|如|当|对于|凡|如果|if |when |the )\s*(?=\S)", "", plain)
    plain = re.sub(r"^按(.+?)(?:分段|分档)(?:计分|计算|赋分)$", r"\1", plain)
    plain = re.sub(r"^(?:得分|评分标准|计分办法|指标值|比率|该比率|该指标|实际值|完成值)[:=]?$", "", plain)
    return re.sub(r"(?<=.)[的者时]$", "", plain.strip(_SEPARATORS)) or asked.title
