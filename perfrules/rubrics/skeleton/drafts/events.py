"""“每发现一处违规扣1分，扣完为止”: so much off (or on top) for every event, of one kind or several."""

from __future__ import annotations

import re
from typing import Final

from perfrules.rubrics.skeleton.drafts.draft import COUNT, Asked, Draft, Need, Pattern, question
from perfrules.rubrics.skeleton.drafts.fragments import (
    NUMBER,
    is_used_up,
    points,
    subject_of,
    without,
    without_cap,
    without_floor,
)

_NAME: Final = "deduct-per-occurrence"
_COUNTED: Final = "批次|人次|处|次|起|件|项|例|个(?!百分点)|人|条|份|笔|宗|户|家|篇|天|个?工作日|日|个?月|类|批"
_SEEN: Final = (
    "发现|发生|出现|存在|查出|有|缺少|缺|少|漏报|漏|未完成|逾期|延迟|延误|迟报|超期|超过|被通报|通报|不符合|不合格|未"
)
_EVENT: Final = re.compile(
    rf"(?P<before>[^,;.\n每]*?)[,:]?(?:每(?P<seen>{_SEEN})?|(?P<seen2>{_SEEN}))"
    rf"(?P<what>[^,;.\n每扣加\d]{{0,24}}?)(?:1|一)(?:个)?(?:{_COUNTED})(?P<after>[^,;.\n扣加]{{0,24}}?)(?:的"
    rf"|者)?[,:]?\s*(?P<sign>扣减|扣除|扣|加)(?P<marks>{NUMBER})分"
)
_EVENT_SHORT: Final = re.compile(
    rf"(?P<before>[^,;.\n每]*?)[,:]?每(?P<seen>{_SEEN})?(?P<what>[^,;.\n每扣加\d一]{{0,12}}?)(?:{_COUNTED})"
    rf"(?P<after>[^,;.\n扣加]{{0,24}}?)(?:的|者)?[,:]?\s*(?P<sign>扣减|扣除|扣|加)(?P<marks>{NUMBER})分"
)
_EVENT_EN: Final = re.compile(
    rf"(?P<sign>deduct |less |minus |plus |add )?(?P<marks>{NUMBER}) (?:points?|marks?)(?P<off> off"
    rf"| deducted| less| added)? (?:for|per) (?:each|every)?\s*(?P<what>[^,;.\n%]+)"
)
_FULL_FIRST: Final = re.compile(
    r"^(?:无(?P<none>[^,;.\n]{1,24})|(?:没有|未发生|未出现|未发现)(?P<none2>[^,;.\n]{1,24})|"
    r"(?P<all>[^,;.\n]{0,30}?))(?:的)?[,]?(?:得|计)(?:满分|全分)[,;.]"
)
_ASKED_FOR: Final = re.compile(r"(?:不少于|不低于|至少|达到|≥)\s*(?:\d|[一二三四五六七八九十两])")
_DAYS: Final = re.compile("天|日")


def _match(asked: Asked) -> Draft | None:
    text, has_floor = without_floor(asked.text)
    text, cap = without_cap(text)
    text, first = without(_FULL_FIRST, text)
    found: list[re.Match[str]] = []
    for pattern in (_EVENT, _EVENT_SHORT, _EVENT_EN):
        while True:
            text, event = without(pattern, text)
            if event is None:
                break
            found.append(event)
    if not found or not is_used_up(text) or any(_is_rate(event) or _is_short_of(event) for event in found):
        return None
    adds = {_adds(event) for event in found}
    if len(adds) > 1 or (cap and len(found) > 1):
        return None
    return _draft(asked, found, cap, is_added=adds.pop(), has_floor=has_floor, has_first=first is not None)


def _draft(
    asked: Asked, found: list[re.Match[str]], cap: str | None, *, is_added: bool, has_floor: bool, has_first: bool
) -> Draft:
    word = "plus" if is_added else "less"
    capped = f", at most {points(cap)}" if cap else ""
    needs = tuple(Need(_name(event, asked), COUNT) for event in found)
    lines = tuple(f"  {{{n}}}: {word} {points(event['marks'])} each{capped}" for n, event in enumerate(found))
    questions = () if is_added or has_floor else (question("floor"),)
    days = any(_DAYS.search(event[0]) for event in found)
    questions = (*questions, question("part-of-day")) if days else questions
    base = "0" if is_added else "full"
    return Draft(pattern=_NAME, lines=(f"score tally from {base} {{", *lines, "}"), needs=needs, questions=questions)


def _name(event: re.Match[str], asked: Asked) -> str:
    """Return what is counted, in the words of the sentence."""
    part = event.groupdict().get
    before = subject_of(part("before"), asked) if (part("before") or "").strip(" ,;.:") else ""
    seen = part("seen") or part("seen2") or ""
    words = f"{seen}{part('what') or ''}{part('after') or ''}".strip()
    said = f"{before}{words}" if before else words
    return said if len(said) > len(seen) and said != asked.title else f"{asked.title}{seen}" if seen else asked.title


def _adds(event: re.Match[str]) -> bool:
    sign = f"{event.groupdict().get('sign') or ''}{event.groupdict().get('off') or ''}".strip()
    return sign in ("加", "plus", "add", "added")


def _is_rate(event: re.Match[str]) -> bool:
    """Tell whether what looks like an event is a distance between rates, which another pattern reads."""
    return "百分点" in event[0] or "%" in event[0] or "percentage" in event[0]


def _is_short_of(event: re.Match[str]) -> bool:
    """Tell whether what is counted is how much is lacking of a number the sentence asks for: `不少于6次，每少一次`."""
    return _ASKED_FOR.search(event.groupdict().get("before") or "") is not None


PATTERN: Final = Pattern(_NAME, _match)
