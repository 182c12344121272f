"""“得分 = 完成率 × 分值”, “按比例得分”: marks in proportion to a rate, from 0% to 100%."""

from __future__ import annotations

import re
from typing import Final

from perfrules.rubrics.skeleton.drafts.draft import PERCENT, Asked, Draft, Need, Pattern, Question, question
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, is_full, is_used_up, subject_of, without_limit

_NAME: Final = "rate-times-marks"
_RATE: Final = r"(?P<rate>[^=*,;.\n]{0,40}?(?:率|比例|比重|占比|程度|rate|ratio|share))"
_FULL: Final = (
    rf"(?:本项|该项|指标)?(?:分值|满分|权重分?|标准分值?|权重|总分|(?P<full>{NUMBER})\s*(?:分|points?|marks?)?|"
    rf"full marks|marks|weight)(?:值)?"
)
_IS_RATE: Final = re.compile(r"(?:率|比例|比重|占比|程度|rate|ratio|share|percentage)$", re.IGNORECASE)
_SENTENCES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?:(?:本项|该项|指标)?(?:得分|分值|score|marks?)(?:值)?\s*[=:]\s*)?(?:按|以|根据)?{_RATE}\s*\*\s*{_FULL}(?:计算"
            rf"|计分|得分|计算得分)?[.;]?"
        ),
        rf"(?:本项|该项|指标)?(?:得分|score|marks?)\s*[=:]\s*{_FULL}\s*\*\s*{_RATE}[.;]?",
        r"(?:按照?|根据|依据)(?P<rate>[^,;.\n]{0,40}?率)(?:的)?(?:高低|大小)?(?:按)?(?:比例)?(?:计算)?(?:得分|计分|赋分|给分|计算得分)[.;]?",
        r"(?:按照?)(?:实际)?(?:完成)?(?P<rate>)比例(?:计算)?(?:得分|计分|赋分|给分|计算得分)[.;]?",
        r"(?:score|marks?) (?:is |are )?(?:in proportion|proportional|pro rata) to (?:the )?(?P<rate>[^,;.\n]+)[.;]?",
        rf"(?P<rate>[^=*,;.\n]+?) \* (?:full )?(?:marks|weight|(?P<full>{NUMBER}) (?:points?|marks?))[.;]?",
    )
)


def _match(asked: Asked) -> Draft | None:
    left, is_limited = without_limit(asked.text)
    text = left.replace("\n", "").strip(" ,;.")
    found = next((match for each in _SENTENCES if (match := each.fullmatch(text))), None)
    if found is None or is_used_up(text):
        return None
    figure = found.groupdict().get("full")
    if figure is not None and not is_full(asked, figure):
        return None
    subject = subject_of(found["rate"], asked)
    questions: tuple[Question, ...] = () if is_limited else (question("above-full", subject=subject),)
    if not _IS_RATE.search(subject):
        questions = (question("which-rate"), *questions)
    lines = ("score curve of {0} {", "  0% -> 0", "  100% -> full", "}")
    return Draft(pattern=_NAME, lines=lines, needs=(Need(subject, PERCENT),), questions=questions)


PATTERN: Final = Pattern(_NAME, _match)
