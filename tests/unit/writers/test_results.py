"""Results as canonical JSON and as a table."""

from __future__ import annotations

import json

import jsonschema
import pytest
from attrs import evolve

from perfrules.evaluate.assemble import refused_result
from perfrules.evaluate.evaluate import evaluate
from perfrules.readers import read_mapping
from perfrules.writers.atomic import write_atomically
from perfrules.writers.canonical import canonical_json, canonical_text, result_schema
from perfrules.writers.csv_table import csv_bytes
from tests.support.data_plans import GOOD, PLAN

MARKED = {**GOOD, "A2.level": "met", "A2.mark": "9"}
OVERRIDDEN = {**MARKED, "A1.override.value": "2", "A1.override.by": "Li", "A1.override.why": "=audit"}


def result(cells, entity="Parks"):
    row = read_mapping(PLAN, {**cells, "department": entity})
    return refused_result(PLAN, entity, row.problems) if row.facts is None else evaluate(PLAN, row.facts)


@pytest.fixture
def results():
    return [result(MARKED), result(GOOD, "Roads"), result(OVERRIDDEN, "Woods"), result({**GOOD, "staff": "x"}, "Bad")]


def test_the_canonical_form_follows_the_published_schema(results):
    schema = result_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    found = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(canonical_json(PLAN, results)))
    assert list(found) == []


def test_the_schema_refuses_a_number_that_is_no_text(results):
    tree = json.loads(canonical_json(PLAN, results))
    tree["results"][0]["total"] = 9.008
    assert not jsonschema.Draft202012Validator(result_schema()).is_valid(tree)


def test_every_number_is_a_text(results):
    seen = []
    json.loads(canonical_json(PLAN, results), parse_float=seen.append, parse_int=seen.append)
    assert seen == []


def test_the_form_of_one_final_result(results):
    tree = json.loads(canonical_json(PLAN, results[:1]))
    assert tree["ruleset"] == {"name": "town.department", "version": "2021", "hash": "sha256:bb"}
    (only,) = tree["results"]
    assert (only["entity"], only["status"], only["total"], only["problems"]) == ("Parks", "final", "9.008", [])
    assert only["indicators"]["A.A2"] == {
        "status": "scored",
        "score": "9",
        "full": "10",
        "measure": None,
        "computed": "9",
        "unrounded": "9",
        "unvetoed": "9",
        "light": None,
        "override": None,
    }


def test_what_waits_for_a_person_is_an_interval(results):
    tree = json.loads(canonical_json(PLAN, results))["results"][1]
    assert tree["status"] == "provisional"
    assert tree["total"] == {"lo": "0.008", "hi": "10.008", "lo_closed": True, "hi_closed": True}
    assert tree["indicators"]["A.A2"]["status"] == "pending"
    assert tree["indicators"]["A.A2"]["score"] == {"lo": "0", "hi": "10", "lo_closed": True, "hi_closed": True}


def test_an_override_is_shown_with_who_and_why(results):
    tree = json.loads(canonical_json(PLAN, results))["results"][2]
    assert tree["indicators"]["A.A1"]["override"] == {"value": "2", "by": "Li", "why": "=audit"}
    assert tree["indicators"]["A.A1"]["computed"] == "0.008"


def test_a_refused_entity_has_its_problems_and_no_values(results):
    tree = json.loads(canonical_json(PLAN, results))["results"][3]
    assert (tree["status"], tree["total"], tree["indicators"]) == ("refused", None, {})
    assert tree["problems"] == [
        {
            "code": "data-not-a-number",
            "severity": "error",
            "args": {"name": "staff", "value": "x"},
            "where": {"column": "staff", "value": "x", "entity": "Bad"},
        }
    ]


def test_neither_row_nor_file_of_the_data_shows(results):
    moved = [evolve(each, where=evolve(each.where, file="/home/me/b.csv", row=7)) for each in results[3].problems]
    assert canonical_json(PLAN, [refused_result(PLAN, "Bad", moved)]) == canonical_json(PLAN, results[3:])


def test_canonical_text_sorts_keys_and_ends_in_a_line_feed():
    assert canonical_text({"乙": "1", "a": {"c": None, "b": False}}) == '{"a":{"b":false,"c":null},"乙":"1"}\n'


def test_the_table_has_an_entity_a_row(results):
    content = csv_bytes(PLAN, results)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "entity,status,total,total.lo,total.hi,A,A.A1,A.A2,vetoes,left_out,problems",
        "Parks,final,9.008,,,9.008,0.008,9,,,",
        "Roads,provisional,,0.008,10.008,,0.008,,,,",
        "Woods,final,11,,,11,2,9,,,",
        "Bad,refused,,,,,,,,,data-not-a-number",
    ]


def test_a_number_without_an_end_is_numerator_and_denominator():
    lines = csv_bytes(PLAN, [result({**MARKED, "staff": "7"})]).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("entity,status,total.numerator,total.denominator,")
    assert lines[1].startswith("Parks,final,13507,1500,")


def test_no_text_becomes_a_formula():
    assert "\n'=1+1,final" in csv_bytes(PLAN, [result(MARKED, "=1+1")]).decode("utf-8-sig")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"half")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["out.json"]
