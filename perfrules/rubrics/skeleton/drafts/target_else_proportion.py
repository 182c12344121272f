"""“达到90%得满分，未达到的按比例得分”: full marks from a target on, in proportion below it."""

from __future__ import annotations

import re
from typing import Final

from perfrules.rubrics.skeleton.drafts.draft import PERCENT, Asked, Draft, Need, Pattern, question
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, is_full, is_used_up, subject_of, without_limit

_NAME: Final = "full-at-target-else-in-proportion"
_FULL: Final = rf"(?:的|者)?,?(?:得|计)(?:该项|本项)?(?:满分|全分|(?P<full>{NUMBER})分)"
_SENTENCES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?P<subject>[^,;.\n]*?)(?:达到|大于(?:或)?等于|不低于|≥)?(?P<target>{NUMBER})%(?:\(含\)|及)?"
            rf"(?:以上)?{_FULL}[,;.](?:未达到?(?:的|目标的|标准的)?|低于的?|不足的?|否则|其余)?(?:{NUMBER}%的?)?,?按(?:照)?(?:实际)?"
            rf"(?:完成)?(?:情况)?比例(?:计算)?(?:得分|计分|赋分|给分|计算得分|扣分|折算)"
        ),
        (
            rf"full marks (?:at|from) (?P<target>{NUMBER})%(?: on| or more)?[,;]? (?:otherwise |below (?:that"
            rf"|it) )?(?:in proportion|pro rata)(?: below)?(?P<subject>)(?P<full>)"
        ),
    )
)
_LINEAR: Final = re.compile(
    rf"(?P<subject>[^,;.\n]*?)(?:低于|不足|小于|<)(?P<low>{NUMBER})%(?:的|者)?,?(?:不得分|得0分|0分)[,;.]"
    rf"(?P<low2>{NUMBER})%(?:\(含\))?[-~至](?P<high>{NUMBER})%(?:之间|区间)?(?:的)?,?按比例(?:计算)?(?:得分|计分"
    rf"|赋分)[,;.](?:≥|达到|高于|超过|大于)?(?P<high2>{NUMBER})%(?:\(含\)|及)?(?:以上)?(?:的)?,?得满分"
)


def _match(asked: Asked) -> Draft | None:
    left, _ = without_limit(asked.text)
    text = left.replace("\n", "").strip(" ,;.")
    found = next((match for each in _SENTENCES if (match := each.fullmatch(text))), None)
    if found is not None:
        if found["full"] and not is_full(asked, found["full"]):
            return None
        return _draft(asked, found["subject"], "0%", f"{found['target']}%")
    linear = _LINEAR.fullmatch(text)
    if linear is None or linear["low"] != linear["low2"] or linear["high"] != linear["high2"]:
        return None
    return _draft(asked, linear["subject"], f"{linear['low']}%", f"{linear['high']}%")


def _draft(asked: Asked, subject: str | None, low: str, high: str) -> Draft | None:
    name = subject_of(subject, asked)
    if is_used_up(name):
        return None
    lines = ("score curve of {0} {", f"  {low} -> 0", f"  {high} -> full", "}")
    ask = (
        question("proportion-of-target", target=high) if low == "0%" else question("linear-between", high=high, low=low)
    )
    return Draft(pattern=_NAME, lines=lines, needs=(Need(name, PERCENT),), questions=(ask,))


PATTERN: Final = Pattern(_NAME, _match)
