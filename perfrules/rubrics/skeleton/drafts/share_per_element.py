"""“以上5项，每符合一项得20%分值”: k of n elements, each worth the same part of the marks."""

from __future__ import annotations

import re
from typing import Final

from perfrules.lang.exact import Exact, as_text
from perfrules.rubrics.skeleton.drafts.draft import COUNT, Asked, Draft, Need, Pattern, Question, question
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, exact, is_used_up, points, without, without_limit

_NAME: Final = "share-per-element"
_HUNDRED: Final = Exact(100)
_NUMERALS: Final = {numeral: count for count, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_EACH: Final = re.compile(
    rf"(?:以上|上述|前述)?(?:每|各)(?:符合|具备|满足|完成|达到|做到|有)?(?:1|一)?(?:项|个|条|要素)?(?:评价)?(?:要点|要素|内容|要求|条件|标准)?"
    rf"(?:的)?[,]?(?:各)?(?:得|占|计)(?:(?:权重分?|分值|满分|标准分)(?:值)?的?(?P<share>{NUMBER})%|(?P<share2>{NUMBER})%"
    rf"(?:的?(?:权重分?|分值|满分|标准分)(?:值)?)?|(?:权重分?|分值|满分)(?:的)?(?P<denominator>[1一])/(?P<parts>\d+)|"
    rf"(?P<marks>{NUMBER})分)"
)
_EACH_EN: Final = re.compile(
    rf"(?:(?P<share>{NUMBER})%(?: of (?:the )?(?:full )?marks| of the weight)?|(?P<marks>{NUMBER}) "
    rf"(?:points?|marks?)) (?:for|per) each (?:of the )?(?:(?P<count>\d+) )?(?:elements?|items?"
    rf"|conditions?|requirements?)(?: (?:met|present|satisfied|that is met))?"
)
_COUNT: Final = re.compile(
    r"(?:以上|上述|共|共计|包括)?(?P<count>\d{1,2}|[一二两三四五六七八九十])(?:项|个|条)(?:评价)?(?:要素|要点|内容|条件|要求|指标|标准)?[,:]"
)


def _match(asked: Asked) -> Draft | None:
    text, _ = without_limit(asked.text)
    text, each = without(_EACH, text)
    if each is None:
        text, each = without(_EACH_EN, text)
    if each is None:
        return None
    before, after = text.split("\n", 1) if "\n" in text else (text, "")
    listed, count = without(_COUNT, f"{before},")
    number = _number(each, count)
    if not is_used_up(after) or not is_used_up(listed):
        return None
    part = each.groupdict().get
    share = part("share") or part("share2")
    if part("parts"):
        worth, whole = f"full / {each['parts']}", Exact(1, int(each["parts"])) * _HUNDRED
    elif share:
        worth, whole = f"{as_text(exact(share))}% of full", exact(share)
    else:
        worth = points(each["marks"])
        whole = exact(each["marks"]) / asked.full * _HUNDRED if asked.full else _HUNDRED
    lines = ("score tally from 0 {", f"  {{0}}: plus {worth} each", "}")
    questions = tuple(_questions(asked, whole, number))
    return Draft(pattern=_NAME, lines=lines, needs=(Need(_counted(asked), COUNT),), questions=questions)


def _counted(asked: Asked) -> str:
    """Name what is counted, in the language of the sentence."""
    return f"{asked.title}: elements met" if asked.text.isascii() else f"{asked.title}：符合的项数"


def _questions(asked: Asked, share: Exact, number: int | None) -> list[Question]:
    """Ask how many elements there are, or where so many of them do not come to full marks."""
    if number is None:
        return [question("how-many-elements")]
    if share * number == _HUNDRED:
        return []
    return [question("elements-not-full", found=f"{as_text(share * number)}%", number=str(number))]


def _number(each: re.Match[str], count: re.Match[str] | None) -> int | None:
    written = each.groupdict().get("count") or (None if count is None else count["count"])
    if written is None:
        return None
    return int(written) if written.isdigit() else _NUMERALS[written]


PATTERN: Final = Pattern(_NAME, _match)
