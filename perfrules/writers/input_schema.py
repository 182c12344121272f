"""The JSON Schema (2020-12) of one entity's data, as a program hands it over or a form asks for it.

Names, not titles. A number may be a JSON number or a text (`"6387.3 万亩"`, `"95%"`), so what a text holds is left
to the reader: the schema refuses nothing that the reader takes under these names, and catches what is plainly wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from perfrules.ir.facts_check import range_text
from perfrules.ir.inputs import Bounds, InputDeclaration, WrittenAs
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.lang.kinds import Choice, Date, Kind, Level, Percent, PercentagePoints, Points, Text, YesNo
from perfrules.readers.headings import OVERRIDE_PARTS
from perfrules.writers.rubric_codes import codes_of

Schema: TypeAlias = dict[str, Any]

_NUMBER_TEXT: Final = r"^\s*[+\-－＋−]?[0-9０-９.．]"
_DATE_TEXT: Final = r"^\s*[0-9０-９]{4}[-－/／年][0-9０-９]{1,2}[-－/／月][0-9０-９]{1,2}日?\s*$"
_PENDING: Final = ("pending", "待定")
_MISSING: Final = ("", "missing", "缺失")
_YES_NO: Final = r"^\s*([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|是|否)\s*$"


def input_schema(plan: Plan) -> Schema:
    """Return the schema of one entity: its name, the inputs, and what people decide."""
    judged = {name: schema for each in plan.judged for name, schema in _judged(each.code, each.levels).items()}
    overrides = {f"{code}.override.{part}": _override(part) for code in codes_of(plan) for part in OVERRIDE_PARTS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": plan.title or plan.name,
        "type": "object",
        "properties": {
            plan.entity_name: {"type": ["string", "number"], "title": plan.entity_title or plan.entity_name},
            **{each.name: input_property(each) for each in plan.data_inputs},
            **judged,
            **overrides,
        },
        "required": [plan.entity_name, *(each.name for each in plan.data_inputs if not each.optional)],
        "additionalProperties": False,
    }


def input_property(declared: InputDeclaration) -> Schema:
    """Return the schema of one input or field."""
    schema: Schema = {"title": declared.title or declared.name, "anyOf": [*_forms(declared), *_states(declared)]}
    about = _description(declared)
    return {**schema, "description": about} if about else schema


def _forms(declared: InputDeclaration) -> Iterable[Schema]:
    if declared.fields:
        properties = {each.name: input_property(each) for each in declared.fields}
        required = [each.name for each in declared.fields if not each.optional]
        record = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
        return [{"type": "array", "items": record}]
    match declared.kind:
        case YesNo():
            return [{"type": "boolean"}, {"type": "string", "pattern": _YES_NO}]
        case Choice() | Level():
            return [{"enum": list(declared.options)}]
        case Text():
            return [{"type": ["string", "number", "boolean"]}]
        case Date():
            return [{"type": "string", "pattern": _DATE_TEXT}]
        case Percent() | PercentagePoints() if declared.written_as is None:
            return [{"type": "string", "pattern": _NUMBER_TEXT}]
    return [{"type": "number", **_range(declared)}, {"type": "string", "pattern": _NUMBER_TEXT}]


def _states(declared: InputDeclaration) -> Iterable[Schema]:
    """Return the words for a value that waits, and for one that is not there where it may be absent."""
    words = () if isinstance(declared.kind, Text) else (*_PENDING, *(_MISSING if declared.optional else ()))
    return [*([{"enum": list(words)}] if words else []), *([{"type": "null"}] if declared.optional else [])]


def _range(declared: InputDeclaration) -> Schema:
    bounds = declared.bounds
    if bounds is None:
        return {}
    scale = 100 if declared.written_as is WrittenAs.PERCENT else 1
    return {key: _json_number(end * scale) for key, end in _ends(bounds) if decimal_places(end) is not None}


def _ends(bounds: Bounds) -> Iterable[tuple[str, Exact]]:
    yield "minimum" if bounds.low_closed else "exclusiveMinimum", bounds.low
    yield "maximum" if bounds.high_closed else "exclusiveMaximum", bounds.high


def _json_number(x: Exact) -> Any:
    """Return what a JSON parser makes of the number, so that it is written again as the same digits."""
    return json.loads(as_text(x))


def _description(declared: InputDeclaration) -> str:
    bounds = range_text(declared.bounds, declared.kind) if declared.bounds else ""
    return " ".join(part for part in (declared.unit_text, bounds, declared.source or "") if part)


def _judged(code: str, levels: tuple[str, ...]) -> dict[str, Schema]:
    level = {"enum": [*levels, *_PENDING, *_MISSING, None]}
    text = {"type": ["string", "null"]}
    day = input_property(InputDeclaration(name="on", title=None, kind=Date(), optional=True))
    return {
        f"{code}.level": level,
        f"{code}.mark": _marks(),
        f"{code}.by": text,
        f"{code}.on": day,
        f"{code}.reason": text,
    }


def _override(part: str) -> Schema:
    return _marks() if part == "value" else {"type": ["string", "null"]}


def _marks() -> Schema:
    kind: Kind = Points()
    return input_property(InputDeclaration(name="mark", title=None, kind=kind, optional=True))
