"""“≥95%得4分；90%（含）-95%得3分；低于80%不得分”: a table of steps, with its edges closed or open as they are written.

Where a sentence does not say to which step an edge belongs, the reading taken is asked about. Holes are left as they
are: `perfrules check` prints them.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

from attrs import frozen

from perfrules.lang.exact import as_text
from perfrules.rubrics.skeleton.drafts.draft import NUMBER as PLAIN
from perfrules.rubrics.skeleton.drafts.draft import PERCENT, Asked, Draft, Need, Pattern, Question, question
from perfrules.rubrics.skeleton.drafts.fragments import NUMBER, exact, is_full, is_used_up, subject_of

_NAME: Final = "bands"
_FIGURE: Final = rf"{NUMBER}%?"
_LOW_IN: Final = r"(?:\((?P<low_in>不?含|不包含|包含)(?:本数)?\)|(?P<low_in2>及|含))?"
_HIGH_IN: Final = r"(?:\((?P<high_in>不?含|不包含|包含)(?:本数)?\))?"
_RANGE: Final = (
    rf"(?P<low>{_FIGURE}){_LOW_IN}\s*(?:以上)?\s*(?:-|~|至|到|to|–)\s*(?P<high>{_FIGURE}){_HIGH_IN}(?:之间|以内"
    rf"|以下|区间)?"
)
_INTERVAL: Final = rf"(?P<open>[\[(])\s*(?P<from>{_FIGURE})\s*,\s*(?P<to>{_FIGURE})\s*(?P<close>[\])])"
_LEAST: Final = (
    rf"(?:≥|达到|大于(?:或)?等于|不低于|at least|达)\s*(?P<least>{_FIGURE})(?:\(含\)|及)?(?:以上|或以上)?|"
    rf"(?P<least2>{_FIGURE})(?:(?P<least_in>\(含\)|及|\(含\)及|含)以上|\s*or (?:more|above)|"
    rf"(?P<least_bare>以上))(?P<least_in2>\(含\))?|(?<![\d.])(?P<hundred>100%)(?!\s*[-~至到])"
)
_MORE: Final = rf"(?:>|大于|超过|高于|more than|above|over)\s*(?P<more>{_FIGURE})"
_LESS: Final = (
    rf"(?:<|小于|低于|不足|未达到?|less than|below|under)\s*(?P<less>{_FIGURE})|(?P<less_bare>{_FIGURE})以下(?!\()"
)
_MOST: Final = (
    rf"(?:≤|小于(?:或)?等于|不超过|不高于|at most)\s*(?P<most>{_FIGURE})|(?P<most2>{_FIGURE})(?:(?:\(含\)|及|含)以下"
    rf"|以下\(含\)|\s*or less)"
)
_REST: Final = r"(?P<rest>其余|其他|其它|否则|otherwise|everything else|all else)"
_MARKS: Final = (
    rf"(?:的|者|时)?\s*[,:]?\s*(?:(?:得|计|为|gets?|earns?|gives?|->|→)\s*)?"
    rf"(?:(?P<all>满分|全分|full marks)|(?P<none>不得分|0分|no (?:marks|points))|(?:分值|满分|权重分?|标准分)(?:值)?的?"
    rf"(?P<share>{NUMBER})%|"
    rf"(?P<share2>{NUMBER})%(?:的?(?:分值|权重分?|满分|标准分)(?:值)?|\s*of (?:full marks|the marks))|"
    rf"(?P<marks>{NUMBER})\s*(?:分|points?|marks?))"
)
_BAND: Final = re.compile(rf"(?:{_INTERVAL}|{_RANGE}|{_MOST}|{_LEAST}|{_MORE}|{_LESS}|{_REST}){_MARKS}")
_FEWEST: Final = 2
_EXCLUDED: Final = ("不含", "不包含", "exclusive")


@frozen
class _Band:
    """A step: its ends (None: unbounded), whether each belongs to it (None: not said), what it earns."""

    low: str | None
    high: str | None
    low_in: bool | None
    high_in: bool | None
    value: str
    is_rest: bool = False


def _match(asked: Asked) -> Draft | None:
    found = list(_BAND.finditer(asked.text))
    if len(found) < _FEWEST:
        return None
    before = asked.text[: found[0].start()]
    between = "".join(asked.text[a.end() : b.start()] for a, b in itertools.pairwise(found))
    after = asked.text[found[-1].end() :]
    if not is_used_up(between + after) or re.search(r"[,;.\n]", before.strip(" ,;:.\n")):
        return None
    bands = [band for each in found if (band := _band(each, asked)) is not None]
    if len(bands) < len(found) or len({"%" in (band.low or band.high or "%") for band in bands}) > 1:
        return None
    return _draft(bands, subject_of(before, asked))


def _band(found: re.Match[str], asked: Asked) -> _Band | None:
    value = _value(found, asked)
    part = found.groupdict().get
    if part("open"):
        return _Band(part("from"), part("to"), found["open"] == "[", found["close"] == "]", value)
    if part("low"):
        low, high = found["low"], found["high"]
        low_in = _is_in(part("low_in") or part("low_in2"))
        high_in = _is_in(part("high_in"))
        if "%" in high and "%" not in low:
            low += "%"
        if exact(low.rstrip("%")) > exact(high.rstrip("%")):
            low, high, low_in, high_in = high, low, high_in, low_in
        return _Band(low, high, low_in, high_in, value)
    if part("rest"):
        return _Band(None, None, None, None, value, is_rest=True)
    least = part("least") or part("least2") or part("hundred")
    if least:
        return _Band(least, None, None if part("least_bare") and not part("least_in2") else True, None, value)
    if part("more"):
        return _Band(found["more"], None, False, None, value)
    most = part("most") or part("most2")
    if most:
        return _Band(None, most, None, True, value)
    less = part("less") or part("less_bare")
    return None if less is None else _Band(None, less, None, None if part("less_bare") else False, value)


def _is_in(said: str | None) -> bool | None:
    return None if said is None else said not in _EXCLUDED


def _value(found: re.Match[str], asked: Asked) -> str:
    share = found["share"] or found["share2"]
    if share:
        return f"{as_text(exact(share))}% of full"
    if found["all"] or (found["marks"] and is_full(asked, found["marks"])):
        return "full"
    return "0" if found["none"] else as_text(exact(found["marks"]))


def _draft(bands: list[_Band], subject: str) -> Draft:
    questions: list[Question] = []
    settled = [_settled(band, bands, questions) for band in bands]
    lines = tuple(f"  {_edge(band)} -> {band.value}" for band in settled)
    unit = PERCENT if any("%" in (band.low or band.high or "") for band in bands) else PLAIN
    unique = {each.args.get("edge", ""): each for each in questions}
    return Draft(
        pattern=_NAME,
        lines=("score bands of {0} {", *lines, "}"),
        needs=(Need(subject, unit),),
        questions=tuple(unique.values()),
    )


def _settled(band: _Band, bands: list[_Band], questions: list[Question]) -> _Band:
    """Give edges that the sentence leaves open to the step above them, unless another step says otherwise."""
    low_in, high_in = band.low_in, band.high_in
    if band.low is not None and low_in is None:
        low_in = not any(other.high == band.low and other.high_in for other in bands if other is not band)
        if not _decided(band.low, bands, band):
            questions.append(question("edge", edge=band.low))
    if band.high is not None and high_in is None:
        others = [other for other in bands if other is not band and other.low == band.high]
        high_in = not any(other.low_in is not False for other in others)
        if not _decided(band.high, bands, band):
            questions.append(question("edge", edge=band.high))
    return _Band(band.low, band.high, low_in, high_in, band.value, band.is_rest)


def _decided(edge: str, bands: list[_Band], band: _Band) -> bool:
    """Tell whether another step says to whom an edge belongs."""
    others = [other for other in bands if other is not band]
    return any((o.low == edge and o.low_in is not None) or (o.high == edge and o.high_in is not None) for o in others)


def _edge(band: _Band) -> str:
    if band.is_rest:
        return "otherwise"
    if band.low is not None and band.high is not None:
        return f"{'[' if band.low_in else '('}{band.low}, {band.high}{']' if band.high_in else ')'}"
    if band.low is not None:
        return f"{'>=' if band.low_in else '>'} {band.low}"
    return f"{'<=' if band.high_in else '<'} {band.high}"


PATTERN: Final = Pattern(_NAME, _match)
