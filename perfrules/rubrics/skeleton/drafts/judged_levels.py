"""“达成预期指标100%-80%（含），部分达成80%-60%（含）…”: a person decides within the limits of a level."""

from __future__ import annotations

import re
from typing import Final

from perfrules.lang.exact import Exact, as_text
from perfrules.rubrics.skeleton.drafts.draft import Asked, Draft, Pattern, Question, question
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, exact, is_used_up

_NAME: Final = "judged-levels"
_LEVEL: Final = re.compile(
    rf"(?P<name>[^,;.:\n\d\[(]*[^,;.:\n\d\[(\s得计按])(?:的|者)?\s*[,:]?\s*(?:得|计|按|赋)?(?:分值的?)?\s*"
    rf"(?P<open>[\[(])?(?P<a>{NUMBER})(?P<ua>%|分)?(?:\((?P<a_in>含|不含)\))?\s*(?:-|~|至|到|,|to)\s*"
    rf"(?P<b>{NUMBER})(?P<ub>%|分| ?points?| ?marks?)?(?:\((?P<b_in>含|不含)\))?(?P<close>[\])])?(?:的?(?:分值"
    rf"|权重分?|满分))?(?:合理确定分值|之间)?"
)
_AHEAD: Final = re.compile(r"^[^:\n]*(?:档次?|评定|分为|确定)[^:\n]*[:\n]")
_TAIL: Final = re.compile(r"[,;.]?(?:合理)?(?:确定|评定|打分|赋分)(?:分值|得分)?\.?$")
_RESPECTIVELY: Final = re.compile(
    r"(?:[^,;]*?)分为(?P<names>[^,;:]+?)(?:[一二三四五]|\d)(?:个)?(?:档次?|等级|等次),?(?:分别)?(?:按照?|对应)"
    r"(?:该|本)?(?:指标)?(?:对应)?(?:的)?(?:分值)?(?:区间)?(?P<limits>[^;:]+?)(?:的?区间)?(?:合理)?(?:确定|评定)?(?:分值|得分)?"
)
_FEWEST: Final = 2


def _match(asked: Asked) -> Draft | None:
    text = _one_by_one(_TAIL.sub("", _AHEAD.sub("", asked.text)))
    found = list(_LEVEL.finditer(text))
    if len(found) < _FEWEST or not is_used_up(_LEVEL.sub("", text)):
        return None
    units = {_unit(each) for each in found}
    names = [each["name"].strip(" ,、") for each in found]
    if len(units) > 1 or len(set(names)) < len(names):
        return None
    questions: list[Question] = []
    highest = max(max(exact(each["a"]), exact(each["b"])) for each in found)
    is_share = units == {"%"}
    lines = [
        f'  "{name}" -> {_limits(each, highest == _high(each), is_share, questions)}'
        for name, each in zip(names, found, strict=True)
    ]
    unique = {each.args["edge"]: each for each in questions}
    return Draft(pattern=_NAME, lines=("score judged {", *lines, "}"), needs=(), questions=tuple(unique.values()))


def _one_by_one(text: str) -> str:
    """Put the limits of levels behind their names where a sentence first lists the one, then the other."""
    found = _RESPECTIVELY.fullmatch(text.strip(" ,;."))
    if found is None:
        return text
    names, limits = found["names"].split("、"), found["limits"].split("、")
    return ";".join(map("".join, zip(names, limits, strict=True))) if len(names) == len(limits) else text


def _unit(found: re.Match[str]) -> str:
    return "%" if "%" in (found["ub"] or found["ua"] or "") else "points"


def _high(found: re.Match[str]) -> Exact:
    return max(exact(found["a"]), exact(found["b"]))


def _limits(found: re.Match[str], is_highest: bool, is_share: bool, questions: list[Question]) -> str:
    """Write the limits of a level; the lower end belongs to it, the upper only to the highest, unless that is said."""
    ends = [
        (exact(found["a"]), _said(found["a_in"], found["open"], "[")),
        (exact(found["b"]), _said(found["b_in"], found["close"], "]")),
    ]
    (low, low_in), (high, high_in) = sorted(ends, key=lambda end: end[0])
    sign = "%" if is_share else ""
    if low_in is None and low != 0:
        questions.append(question("edge", edge=f"{as_text(low)}{sign}"))
    opening = "(" if low_in is False else "["
    closing = "]" if (is_highest if high_in is None else high_in) else ")"
    limits = f"{opening}{as_text(low)}{sign}, {as_text(high)}{sign}{closing}"
    return f"{limits} of full" if is_share else limits


def _said(inside: str | None, bracket: str | None, closed: str) -> bool | None:
    if inside is not None:
        return inside == "含"
    return None if bracket is None else bracket == closed


PATTERN: Final = Pattern(_NAME, _match)
