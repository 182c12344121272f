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
    rf"(?:在|介于)?(?P<low>{_FIGURE}){_LOW_IN}\s*(?:以上)?\s*(?:-|~|至|到|to|–|[和与](?=[^,;.]*之间))\s*(?P<high>{_FIGURE}){_HIGH_IN}(?:之间|以内"
    rf"|以下|区间)?"
)
_INTERVAL: Final = rf"(?P<open>[\[(])\s*(?P<from>{_FIGURE})\s*,\s*(?P<to>{_FIGURE})\s*(?P<close>[\])])"
_CHAIN: Final = (
    rf"(?P<above>{_FIGURE})\s*(?P<above_sign>[≤<])\s*(?P<chained>[^\d,;.≤<≥>]{{0,20}}?)\s*"
    rf"(?P<below_sign>[≤<])\s*(?P<below>{_FIGURE})"
)
_LEAST: Final = (
    rf"(?:≥|达到|大于(?:或)?等于|不低于|at least|达)\s*(?P<least>{_FIGURE})(?:\(含\)|及)?(?:以上|或以上)?|"
    rf"(?P<least2>{_FIGURE})(?:(?P<least_in>\(含\)|及|\(含\)及|含)以上|\s*or (?:more|above)|"
    rf"以上)(?P<least_in2>\(含\))?|(?<![\d.])(?P<hundred>100%)(?!\s*[-~至到])"
)
_MORE: Final = rf"(?:>|大于|超过|高于|more than|above|over)\s*(?P<more>{_FIGURE})"
_LESS: Final = (
    rf"(?:<|小于|低于|不足|未达到?|less than|below|under)\s*(?P<less>{_FIGURE})|(?P<less2>{_FIGURE})以下(?!\()"
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
_BAND: Final = re.compile(rf"(?:{_INTERVAL}|{_CHAIN}|{_RANGE}|{_MOST}|{_LEAST}|{_MORE}|{_LESS}|{_REST}){_MARKS}")
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
    is_bare_hundred: bool = False


def _match(asked: Asked) -> Draft | None:
    found = list(_BAND.finditer(asked.text))
    if len(found) < _FEWEST:
        return None
    subject = asked.text[: found[0].start()].strip(" ,;:.\n")
    between = "".join(asked.text[a.end() : b.start()] for a, b in itertools.pairwise(found))
    after = asked.text[found[-1].end() :]
    others = (between + after).replace(subject, "") if subject else between + after
    chained = {each["chained"] for each in found if each["chained"]} - {subject}
    if not is_used_up(others) or re.search(r"[,;.\n]", subject) or len(chained) > (0 if subject else 1):
        return None
    bands = [band for each in found if (band := _band(each, asked)) is not None]
    if len(bands) < len(found) or len({"%" in (band.low or band.high or "%") for band in bands}) > 1:
        return None
    return _draft(bands, subject_of(subject or "".join(chained), asked))


def _band(found: re.Match[str], asked: Asked) -> _Band | None:
    part, value = found.groupdict().get, _value(found, asked)
    if part("open"):
        return _Band(part("from"), part("to"), found["open"] == "[", found["close"] == "]", value)
    if part("above"):
        return _Band(found["above"], found["below"], found["above_sign"] == "≤", found["below_sign"] == "≤", value)
    if part("low"):
        return _range(found, value)
    if part("rest"):
        return _Band(None, None, None, None, value, is_rest=True)
    if part("hundred"):
        return _Band(found["hundred"], None, True, None, value, is_bare_hundred=True)
    least, most, less = (part(name) or part(f"{name}2") for name in ("least", "most", "less"))
    if least:
        return _Band(least, None, True if part("least") or part("least_in") or part("least_in2") else None, None, value)
    if part("more"):
        return _Band(found["more"], None, False, None, value)
    if most:
        return _Band(None, most, None, True, value)
    return None if less is None else _Band(None, less, None, False if part("less") else None, value)


def _range(found: re.Match[str], value: str) -> _Band:
    """Read `80%-90%`, with what is said of its ends; the lower end may stand last, and only the last have a sign."""
    low, high = found["low"], found["high"]
    if "%" in high and "%" not in low:
        low += "%"
    ends = [(low, _is_in(found["low_in"] or found["low_in2"])), (high, _is_in(found["high_in"]))]
    (low, low_in), (high, high_in) = sorted(ends, key=lambda end: exact(end[0].rstrip("%")))
    return _Band(low, high, low_in, high_in, value)


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
    if any(band.is_bare_hundred for band in bands):
        questions.append(question("above-full", subject=subject))
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
        _ask(band.low, band, bands, questions)
    if band.high is not None and high_in is None:
        others = [other for other in bands if other is not band and other.low == band.high]
        high_in = not any(other.low_in is not False for other in others)
        _ask(band.high, band, bands, questions)
    return _Band(band.low, band.high, low_in, high_in, band.value, band.is_rest)


def _ask(edge: str, band: _Band, bands: list[_Band], questions: list[Question]) -> None:
    """Ask to whom an edge belongs, where two steps meet there or one goes on from it, and none says so."""
    others = [other for other in bands if other is not band]
    is_said = any(
        (o.low == edge and o.low_in is not None) or (o.high == edge and o.high_in is not None) for o in others
    )
    is_shared = any(edge in (other.low, other.high) for other in others)
    if not is_said and (is_shared or band.low is None or band.high is None):
        questions.append(question("edge", edge=edge))


def _edge(band: _Band) -> str:
    if band.is_rest:
        return "otherwise"
    if band.low is not None and band.high is not None:
        return f"{'[' if band.low_in else '('}{band.low}, {band.high}{']' if band.high_in else ')'}"
    if band.low is not None:
        return f"{'>=' if band.low_in else '>'} {band.low}"
    return f"{'<=' if band.high_in else '<'} {band.high}"


PATTERN: Final = Pattern(_NAME, _match)
