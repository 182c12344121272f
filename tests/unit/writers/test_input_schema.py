"""The JSON Schema of an entity's data."""

from __future__ import annotations

import json

import jsonschema
import pytest

from perfrules.readers import read_mapping
from perfrules.writers.input_schema import input_schema
from tests.support.data_plans import GOOD, PLAN

SCHEMA = input_schema(PLAN)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_it_is_a_schema_and_survives_being_written():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"staff": 12, "spent": 0.5},
        {"area": "6387.3 亩", "done": True, "town": "偏远", "closed": "2021年3月4日", "note": None},
        {"done": "是", "by_ratio": 0.5, "rate": "待定"},
        {"projects": [{"amount": 5}, {"amount": "6 万元", "finished": "no"}]},
        {"A.A2.level": "met", "A.A2.mark": 9, "A.A2.by": "Li"},
        {"A.A1.override.value": "3分", "A.A1.override.by": "Li", "A.A1.override.why": "audit"},
    ],
)
def test_what_the_reader_takes_the_schema_takes(more):
    cells = {**GOOD, **more}
    assert read_mapping(PLAN, cells).facts is not None
    VALIDATOR.validate(cells)


@pytest.mark.parametrize(
    "more",
    [
        {"staff": 5001},
        {"staff": "many"},
        {"rate": 0.95},
        {"done": 1},
        {"town": "western"},
        {"closed": "soon"},
        {"unknown": 1},
        {"projects": [{}]},
        {"projects": "none"},
        {"A.A2.level": "good"},
    ],
)
def test_what_is_plainly_wrong_both_refuse(more):
    cells = {**GOOD, **more}
    assert read_mapping(PLAN, cells).facts is None
    assert not VALIDATOR.is_valid(cells)


def test_an_input_that_is_not_optional_is_required():
    assert SCHEMA["required"] == ["department", "staff", "spent", "rate"]
