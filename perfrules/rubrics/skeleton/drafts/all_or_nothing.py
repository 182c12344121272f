"""“按时公开的得满分，否则不得分”: all the marks or none, for one thing that is so or is not."""

from __future__ import annotations

import re
from typing import Final

from perfrules.rubrics.skeleton.drafts.draft import YES_NO, Asked, Draft, Need, Pattern
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, is_full, subject_of

_NAME: Final = "all-or-nothing"
_SHORT: Final = 2
"""Words as short as 有 or 是 say nothing without the title."""
_NOTHING: Final = r"(?:不得分|得0分|计0分|0分|不计分|no (?:marks|points)|0 (?:points|marks))"
_SENTENCES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?P<what>[^,;\n]*(?:[,][^,;\n]*?)?)(?:的|者)?,?\s*(?:得|计)(?:满分|全分|(?P<full>{NUMBER})分)[,;.]\s*"
            rf"(?:否则|反之|若否|其余|未[^,;.]{{0,20}}?|不[^,;.]{{0,20}}?|没有[^,;.]{{0,20}}?|无[^,;.]{{0,20}}?)(?:的"
            rf"|者)?,?{_NOTHING}\.?"
        ),
        (
            rf"(?P<what>[^,;\n]+?)(?:的|者)?,?\s*(?:得|计)(?:满分|全分|(?P<full>{NUMBER})分)[,;.](?:发现)?有?(?:1|一)(?:项|处"
            rf"|次|个)(?:以上)?(?:不符合|不合格|未完成|违规)(?:要求)?(?:的)?,?(?:即)?{_NOTHING}\.?"
        ),
        (
            rf"(?:full marks|(?P<full>{NUMBER}) (?:points?|marks?)) (?:if|when|where) "
            rf"(?P<what>[^,;\n]+?)[,;.]?\s*(?:otherwise|else|and|or) {_NOTHING}(?: otherwise)?\.?"
        ),
        (
            rf"(?P<what>[^,;\n:]+?)\s*[,:]\s*yes\s*[:=]?\s*(?:full marks|(?P<full>{NUMBER}) (?:points?"
            rf"|marks?))[,;]\s*no\s*[:=]?\s*{_NOTHING}\.?"
        ),
    )
)
_NOT_PLAIN: Final = re.compile(rf"{NUMBER}%|每|比例|{NUMBER}分")


def _match(asked: Asked) -> Draft | None:
    text = asked.text.replace("\n", "").strip(" ,;.")
    found = next((match for each in _SENTENCES if (match := each.fullmatch(text))), None)
    if found is None or _NOT_PLAIN.search(found["what"]):
        return None
    if found["full"] is not None and not is_full(asked, found["full"]):
        return None
    lines = ("score cases {", "  when {0} -> full", "  otherwise -> 0", "}")
    what = subject_of(found["what"], asked)
    title = f"{asked.title}：{what}" if len(what) <= _SHORT else what
    return Draft(pattern=_NAME, lines=lines, needs=(Need(title, YES_NO),))


PATTERN: Final = Pattern(_NAME, _match)
