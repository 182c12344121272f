"""The indices before titles: `A1` and `1.1.2` are codes, `（一）` and `3、` only count."""

from __future__ import annotations

import re
from typing import Final

from perfrules.rubrics.skeleton.folded import folded

_SIGN: Final = r"[\s、.::)\-_]"
_COUNTED: Final = "[岁年月日天周季级个名人次件项家户所元万亿分时以倍]"
"""After a figure these make it part of the name: `3-6岁儿童`, `1.5倍`."""
_CODE: Final = re.compile(
    rf"(?P<code>[A-Za-z]{{1,2}}\d+(?:[.\-]\d+)*|\d+(?:[.\-]\d+)+|[A-Za-z](?={_SIGN}))(?:{_SIGN}*\s+"
    rf"|{_SIGN}+|(?=[^\x00-\x7f])(?!{_COUNTED}))"
)
_COUNT: Final = re.compile(
    r"\s*(?:[(\[](?:[一二三四五六七八九十]+|\d{1,2})[)\]]\s*[、.]?|(?:[一二三四五六七八九十]+|\d{1,2})\s*[、.)]|"
    r"[\u2460-\u2473])\s*"
)


def index_of(text: str) -> tuple[str | None, str]:
    """Part a title from its index: the code (None for an index that only counts, or none), then the title.

    >>> index_of("A11 公用经费控制率"), index_of("（一）预算编制"), index_of("1.1 Plan"), index_of("3年规划")
    (('A11', '公用经费控制率'), (None, '预算编制'), ('1.1', 'Plan'), (None, '3年规划'))
    """
    plain = folded(text)
    code = _CODE.match(plain)
    if code is not None and code.end() < len(plain):
        return code["code"], text[code.end() :].strip()
    count = _COUNT.match(plain)
    if count is not None and count.end() < len(plain):
        return None, text[count.end() :].strip()
    return None, text.strip()
