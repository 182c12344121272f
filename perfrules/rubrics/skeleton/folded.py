"""Text as it is compared: full-width signs and digits folded, blanks taken out of Chinese, never shown to anyone."""

from __future__ import annotations

import re
from typing import Final

from perfrules.lang.names import invisible_characters

_FOLDED: Final = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    ord("。"): ".",
    ord("；"): ";",
    ord("〔"): "(",
    ord("〕"): ")",
    ord("【"): "[",
    ord("】"): "]",
    ord("—"): "-",
    ord("–"): "-",
    ord("－"): "-",
    ord("−"): "-",
    ord("～"): "~",
    ord("∼"): "~",
    ord("≧"): "≥",
    ord("≦"): "≤",
    ord("⩾"): "≥",
    ord("⩽"): "≤",
    ord("×"): "*",
    ord("✕"): "*",
    ord("﹪"): "%",
}
_BESIDE_CHINESE: Final = re.compile(r"(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])")


def folded(text: str) -> str:
    """Fold signs and digits to their plain forms.

    >>> folded("２０分（含）")
    '20分(含)'
    """
    return text.translate(_FOLDED)


def visible(text: str) -> str:
    """Leave out what nobody sees; line ends stay.

    >>> visible("执行\u200b率")
    '执行率'
    """
    unseen = {position for position, _ in invisible_characters(text)}
    return "".join(sign for position, sign in enumerate(text) if position not in unseen or sign.isspace())


def for_matching(text: str) -> str:
    """Fold a sentence for matching: plain signs, two-sign comparisons as one, no blanks beside Chinese, lower case.

    >>> for_matching("执行率 ≥ ９５% 得 ４ 分；")
    '执行率≥95%得4分;'
    """
    plain = folded(text).replace("\r\n", "\n").replace("\r", "\n").lower()
    plain = plain.replace(">=", "≥").replace("<=", "≤").replace("--", "-")
    lines = (_BESIDE_CHINESE.sub("", " ".join(line.split())) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def heading_key(text: str) -> str:
    """Return a heading as it is looked up: folded, without blanks and without what stands in brackets at its end.

    >>> heading_key("分 值（分）"), heading_key("Level 1")
    ('分值', 'level1')
    """
    plain = "".join(folded(text).split()).lower()
    return re.sub(r"[(\[][^()\[\]]*[)\]]$", "", plain).strip(":.")
