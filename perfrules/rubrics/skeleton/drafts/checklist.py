"""“①有管理制度得1分；②制度合规得1分”: marks for each thing that is there, one after the other."""

from __future__ import annotations

import re
from typing import Final

from perfrules.lang.exact import Exact, as_text
from perfrules.rubrics.skeleton.drafts.draft import YES_NO, Asked, Draft, Need, Pattern, Question, question
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, exact, is_used_up, points

_NAME: Final = "marks-per-element"
_INDEX: Final = r"(?:[\u2460-\u2473]|\(?\d{1,2}[.)、]|[一二三四五六七八九十]+[、.])?"
_ITEM: Final = re.compile(
    rf"{_INDEX}\s*(?P<what>[^,;\n\u2460-\u2473]*?[^,;.:\n\d\u2460-\u2473])(?:的|者)?\s*[,:]?\s*(?:\("
    rf"(?P<marks2>{NUMBER})分\)|(?:得|计|加|占)(?P<marks>{NUMBER})分|(?:earns|gets|gives|:) ?"
    rf"(?P<marks3>{NUMBER}) (?:points?|marks?))"
)
_FEWEST: Final = 2
_NOT_PLAIN: Final = re.compile(r"每|扣|%|比例|≥|≤|>|<|以上|以下|否则|不得分|若|优|良|合格|较好|一般|级|达到")


def _match(asked: Asked) -> Draft | None:
    found = list(_ITEM.finditer(asked.text))
    if len(found) < _FEWEST or any(_NOT_PLAIN.search(each["what"]) for each in found):
        return None
    rest = _ITEM.sub("", asked.text)
    if not is_used_up(rest):
        return None
    marks = [each["marks"] or each["marks2"] or each["marks3"] for each in found]
    if any(exact(each) == 0 for each in marks):
        return None
    total = sum((exact(each) for each in marks), Exact(0))
    lines = tuple(f"  {{{position}}}: plus {points(each)}" for position, each in enumerate(marks))
    questions: tuple[Question, ...] = ()
    if asked.full is not None and total != asked.full:
        addends = " + ".join(as_text(exact(each)) for each in marks)
        questions = (question("elements-sum", addends=addends, found=as_text(total), full=as_text(asked.full)),)
    needs = tuple(Need(each["what"].strip(" ,:"), YES_NO) for each in found)
    return Draft(pattern=_NAME, lines=("score tally from 0 {", *lines, "}"), needs=needs, questions=questions)


PATTERN: Final = Pattern(_NAME, _match)
