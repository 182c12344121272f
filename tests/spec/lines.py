"""Lines of a `scores` block: what is given, what is expected, and whether a result agrees.

    staff = 51, quota = 50 => A1 = 3, total = 3   # 51 / 50 is 2pp over: 5 − 2 × 1 = 3

The forms are listed in README.md beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from perfrules.diagnostics import Severity
from perfrules.evaluate.result import Result, Status
from perfrules.lang.exact import parse_exact
from perfrules.lang.states import State

_INTERVAL = re.compile(r"([\[(])(.*),(.*)([\])])")


@frozen(kw_only=True)
class Line:
    """One case: the data as a person writes them, the day to evaluate as of, and what is expected.

    *entity* is named in a `cohort` block, whose lines are scored together.
    """

    text: str
    entity: str
    given: dict[str, Any]
    as_of: date | None
    expected: tuple[str, ...]


def lines_of(block: str, *, named: bool = False) -> Iterator[Line]:
    """Go through the cases of a block; blank lines and comments are left out. Of a cohort each is *named*."""
    for text in block.split("\n"):
        case = _cut(text, "#")[0].strip()
        if not case:
            continue
        entity, colon, rest = case.partition(":") if named else ("", "", case)
        if named and not colon:
            raise ValueError(f"a member of a cohort has the form `name: given => expected`: {text}")
        before, arrow, after = rest.partition("=>")
        if not arrow:
            raise ValueError(f"a case has the form `given => expected`: {text}")
        parts = [part.strip() for part in _cut(before, ",") if part.strip()]
        days = [date.fromisoformat(part.removeprefix("as of ")) for part in parts if part.startswith("as of ")]
        given = dict(_given(part) for part in parts if not part.startswith("as of "))
        expected = tuple(part.strip() for part in _cut(after, ",") if part.strip())
        yield Line(text=case, entity=entity.strip(), given=given, as_of=days[0] if days else None, expected=expected)


def disagreements(result: Result, line: Line) -> list[str]:
    """List the expectations of *line* that *result* does not meet, each with what was found."""
    wrong: list[str] = []
    refused = line.expected[0].startswith("refused")
    if not refused and result.status is Status.REFUSED:
        return [f"refused: {', '.join(_codes(result))}"]
    for expected in line.expected:
        found, wanted = _compared(result, expected)
        if found != wanted:
            wrong.append(f"{expected}: found {found}, expected {wanted}")
    return wrong


def _compared(result: Result, text: str) -> tuple[object, object]:
    words = text.split()
    match words:
        case ["refused", *codes]:
            return (result.status.value, _codes(result)), ("refused", sorted(codes))
        case ["found", *_]:
            return text.removeprefix("found ").strip('"') in set(_checks(result)), True
        case ["noted", code]:
            return code in {problem.code.value for problem in result.problems}, True
        case ["decision" | "flag" as kind, name]:
            return _answer(result, kind, name), True
        case ["not", "decision" | "flag" as kind, name]:
            return _answer(result, kind, name), False
        case ["veto", *_]:
            return text.removeprefix("veto ").strip('"') in {veto.reason for veto in result.vetoes}, True
        case [code, "left", "out"]:
            return code in result.left_out or result[code].code in result.left_out, True
        case [code, "is", status]:
            return result[code].status.value, status
        case [name, "in", *rest]:
            return _enclosed(result, name, " ".join(rest))
    name, _, value = (part.strip() for part in text.partition("="))
    return _observed(result, name), _value(value)


def _codes(result: Result) -> list[str]:
    return sorted({each.code.value for each in result.problems if each.severity is Severity.ERROR})


def _checks(result: Result) -> Iterator[str]:
    """Yield what the checks of the data found: the title of each, then both sides and the residual."""
    for each in result.problems:
        found = each.args.get("found")
        if isinstance(found, tuple):
            yield f"{each.args['title']}: {'; '.join(found)}"


def _answer(result: Result, kind: str, name: str) -> bool | None:
    return (result.decisions if kind == "decision" else result.flags)[name]


def _observed(result: Result, name: str) -> object:
    match name.split():
        case ["status"]:
            return result.status.value
        case ["total"]:
            return result.total
        case ["total", "unrounded"]:
            return result.total_unrounded
        case ["grade"]:
            return result.grade
        case ["alert", alert]:
            return result.alerts[alert]
        case ["output", output]:
            return _plain(result.outputs[output])
        case ["light", code]:
            return result[code].light or "open"
        case [code]:
            shorter, _, attribute = code.rpartition(".")
            if attribute == "measure":
                return _plain(result[shorter].measure)
            return result[code].score
    raise ValueError(f"not a form of expectation: {name}")


def _plain(value: object) -> object:
    match value:
        case State():
            return value.value
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
    return value


def _enclosed(result: Result, name: str, wanted: str) -> tuple[object, object]:
    if name == "grade":
        grades = frozenset(part.strip() for part in wanted.strip("()").split(","))
        return result.enclosures["grade"].texts, grades
    numbers = result.enclosures[_node(result, name)].numbers
    found = _INTERVAL.fullmatch(wanted)
    if numbers is None or found is None:
        return numbers, wanted
    ends = (found[1] == "[", _value(found[2].strip()), _value(found[3].strip()), found[4] == "]")
    return (numbers.lo_closed, numbers.lo, numbers.hi, numbers.hi_closed), ends


def _node(result: Result, name: str) -> str:
    if name == "total":
        return "rounded total" if "rounded total" in result.enclosures else "total"
    return f"output.{name}" if name in result.outputs else result[name].code


def _given(part: str) -> tuple[str, Any]:
    name, equals, value = part.partition("=")
    if not equals:
        raise ValueError(f"data have the form `name = value`: {part}")
    return name.strip(), _cell(value.strip())


def _cell(text: str) -> Any:
    if text == "missing":
        return None
    if text.startswith("["):
        return [
            dict(_given(each) for each in _cut(record.strip()[1:-1], ",") if each.strip())
            for record in _cut(text[1:-1], ",")
            if record.strip()
        ]
    return text[1:-1] if text.startswith('"') else text


def _value(text: str) -> object:
    if text.endswith(("%", "pp")):
        number = parse_exact(text.removesuffix("%").removesuffix("pp"))
        return text if number is None else number / 100
    above, stroke, below = text.partition("/")
    numerator, denominator = parse_exact(above.strip()), parse_exact(below.strip()) if stroke else None
    if numerator is not None and denominator:
        return numerator / denominator
    return text if numerator is None or stroke else numerator


def _cut(text: str, separator: str) -> list[str]:
    """Cut *text* at each *separator* outside quotes and brackets; at `#` only once."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == '"'
        depth += not quoted and character in "[("
        depth -= not quoted and character in "])"
        cuts = character == separator and not quoted and (depth == 0 or separator == "#")
        if cuts:
            parts.append("")
        else:
            parts[-1] += character
    return parts
