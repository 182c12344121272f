"""“≥95%得满分，每低1个百分点扣0.5分”: full marks at a reference, then so much off for every step away from it.

What a part of a step costs is left open unless the sentence says it, and so is % where percentage points may be meant:
`perfrules check` asks for both.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from perfrules.lang.exact import as_text
from perfrules.rubrics.skeleton.drafts.draft import PERCENT, Asked, Draft, Need, Pattern, Question, question
from perfrules.rubrics.skeleton.drafts.fragments import (
    NUMBER,
    exact,
    is_full,
    is_used_up,
    points,
    subject_of,
    without,
    without_cap,
    without_floor,
)

_NAME: Final = "full-at-reference-then-deduct"
_FULL: Final = (
    rf"(?:的|者)?\s*[,:]?(?:即)?(?:得|计|为|gets?|earns?|:)?\s*(?:(?:该项|本项)?满分|全分|full marks|"
    rf"(?P<full>{NUMBER})(?:分| points?| marks?))"
)
_AT: Final = re.compile(
    rf"(?P<subject>[^,;.\n]*?)\s*(?:"
    rf"(?P<least>达到|大于(?:或)?等于|大于或等于|不低于|≥|at least|of at least|is at least)?\s*(?P<low>{NUMBER})%"
    rf"(?:\(含\)|及)?(?P<up>以上|及以上|\(含\)以上| or more| or above)?|"
    rf"(?P<most>小于(?:或)?等于|不高于|不超过|≤|at most|of at most|is at most)\s*(?P<high>{NUMBER})%|"
    rf"(?P<high_down>{NUMBER})%(?:\(含\)|及)?(?:以下|以内|及以下)"
    rf"){_FULL}[,;.]?"
)
_FROM: Final = re.compile(
    rf"(?P<subject>[^,;.\n]*?)\s*(?P<way>低于|未达到?|未达|不足|小于|<|below|under|高于|超过|大于|>|above|over)\s*"
    rf"(?P<reference>{NUMBER})%(?:的|者)?[,:]?(?=每|扣|\s*(?:less|minus|deduct|lose))"
)
_STANDARD: Final = re.compile(rf"以(?P<reference>{NUMBER})%为标准[,;.]")
_STEP: Final = re.compile(
    rf"(?:其?(?:未达到|低于|超过|超出|高于|不足)(?:目标值?|标准|的)?(?:部分)?的?[,:]?)?每(?P<way>低于?|降低|下降|减少|少|降|差|超过|超出|超|高于?"
    rf"|高出|增加|提高|上升|多)?(?:于)?(?:目标值?|标准值?)?"
    rf"(?P<step>{NUMBER}|一)?(?P<unit>个百分点|个点|%)[,:]?(?:的)?(?:按比例)?扣(?:减|除)?(?P<marks>{NUMBER})分"
)
_STEP_EN: Final = re.compile(
    rf"(?:less |minus |deduct |lose )?(?P<marks>{NUMBER}) (?:points?|marks?)(?: off| less| deducted)? "
    rf"(?:for|per) (?:each|every)?\s*(?P<step>{NUMBER})?\s*(?P<unit>percentage points?|pp|%)(?: "
    rf"(?P<way>below|under|short|above|over)(?: (?:it|that|this|the target))?)?"
)
_PARTS: Final = (
    (
        "started",
        (
            r"不足(?:1|一)?(?:个百分点|个点|%)的?,?按(?:1|一)?(?:个百分点|个点|%)(?:计算?|扣)|"
            r"any part counts as a whole step"
        ),
    ),
    ("whole", r"不足(?:1|一)?(?:个百分点|个点|%)的?,?(?:不扣分?|不计|舍去)|parts do not count"),
    ("exact", r"(?:不足部分)?按比例(?:扣分|扣减|计算)|in proportion"),
)
_DOWN: Final = frozenset({"低于", "未达到", "未达", "不足", "小于", "<", "below", "under", "short"}) | frozenset(
    {"低", "降低", "下降", "减少", "少", "降", "差"}
)
_UP: Final = frozenset(
    {"高于", "超过", "大于", ">", "above", "over", "超出", "超", "高", "高出", "增加", "提高", "上升", "多"}
)


def _match(asked: Asked) -> Draft | None:
    text, parts = _parts(asked.text)
    text, has_floor = without_floor(text)
    text, cap = without_cap(text)
    text, reference = _reference(text, asked)
    text, step = without(_STEP, text)
    if step is None:
        text, step = without(_STEP_EN, text)
    if reference is None or step is None or not is_used_up(text):
        return None
    subject, figure, side = reference
    way = _side(step["way"])
    if way is not None and way != side:
        return None
    draft = _draft(subject, f"{figure}%", side, step, parts, cap)
    return draft if has_floor or cap else evolve(draft, questions=(*draft.questions, question("floor")))


def _parts(text: str) -> tuple[str, str]:
    """Take out what a part of a step is worth."""
    for rule, pattern in _PARTS:
        left, found = without(re.compile(pattern), text)
        if found is not None:
            return left, rule
    return text, ""


def _reference(text: str, asked: Asked) -> tuple[str, tuple[str, str, str] | None]:
    """Take out what earns full marks: what is spoken of, from which figure on, and on which side marks are lost."""
    left, found = without(_AT, text)
    if found is not None:
        if found["full"] is not None and not is_full(asked, found["full"]):
            return text, None
        subject = subject_of(found["subject"], asked)
        if found["low"] is not None:
            if not (found["least"] or found["up"]) and exact(found["low"]) != 100:
                return text, None
            return _without_again(left, found["low"]), (subject, found["low"], "below")
        high = found["high"] or found["high_down"]
        return _without_again(left, high), (subject, high, "above")
    left, found = without(_FROM, text)
    side = None if found is None else _side(found["way"])
    if found is None or side is None:
        return text, None
    return left, (subject_of(found["subject"], asked), found["reference"], side)


def _without_again(text: str, figure: str) -> str:
    """Take out the reference where a sentence names it again, before the step or at its beginning."""
    left, again = without(_FROM, text)
    text = left if again is not None and again["reference"] == figure else text
    left, standard = without(_STANDARD, text)
    return left if standard is not None and standard["reference"] == figure else text


def _side(way: str | None) -> str | None:
    """Return on which side of the reference a word speaks of; None where it says nothing."""
    plain = (way or "").removesuffix("于")
    if way in _DOWN or plain in _DOWN:
        return "below"
    return "above" if way in _UP or plain in _UP else None


def _draft(subject: str, reference: str, side: str, step: re.Match[str], parts: str, cap: str | None) -> Draft:
    size = "1" if step["step"] in (None, "一") else as_text(exact(step["step"]))
    unit = "%" if step["unit"] == "%" else "pp"
    said = " ".join(part for part in ("per", parts, f"{size}{unit}") if part)
    capped = f", at most {points(cap)}" if cap else ""
    line = f"  {{0}} {side} {reference}: less {points(step['marks'])} {said}{capped}"
    questions: list[Question] = [] if parts else [question("part-of-step", step=f"{size}{unit}")]
    if unit == "%":
        questions.append(question("percent-or-points", step=f"{size}%"))
    return Draft(
        pattern=_NAME,
        lines=("score tally from full {", line, "}"),
        needs=(Need(subject, PERCENT),),
        questions=tuple(questions),
    )


PATTERN: Final = Pattern(_NAME, _match)
