"""The SARIF log: what section 3 of the specification asks of the parts that are used."""

from __future__ import annotations

import json

import pytest

from perfrules.diagnostics.render import sarif


@pytest.fixture
def run(wrong_sum, unclosed_at_the_end, nothing_in_the_file, negative_staff, sources):
    log = sarif.render([negative_staff, wrong_sum, unclosed_at_the_end, nothing_in_the_file], sources, "en")
    assert log["version"] == "2.1.0"
    assert json.loads(json.dumps(log)) == log
    [only] = log["runs"]
    return only


def _result(run, code):
    [found] = [result for result in run["results"] if result["ruleId"] == code]
    return found


def test_columns_count_code_points(run):
    assert run["columnKind"] == "unicodeCodePoints"
    location = _result(run, "marks-do-not-add-up")["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "%E7%A4%BA%E4%BE%8B.perfrules"},
        "region": {"startLine": 2, "startColumn": 15, "endLine": 2, "endColumn": 19},
    }


def test_every_result_points_at_its_rule(run):
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [
        "data-outside-range",
        "marks-do-not-add-up",
        "syntax-error",
        "unclosed-block",
    ]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert "(docs/reference/errors/syntax-error.md)" in rules[2]["help"]["markdown"]


def test_labelled_places_are_related_locations(run):
    related = _result(run, "marks-do-not-add-up")["relatedLocations"]
    assert [(place["id"], place["message"]["text"]) for place in related] == [(1, "5 points"), (2, "4 points")]
    assert related[1]["physicalLocation"]["region"]["startLine"] == 5


def test_a_fix_replaces_a_region(run):
    [fix] = _result(run, "marks-do-not-add-up")["fixes"]
    assert fix["description"] == {"text": "state 9 points"}
    [change] = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 15, "endLine": 2, "endColumn": 17},
            "insertedContent": {"text": "9"},
        }
    ]


def test_empty_spans_are_regions_of_no_length(run):
    at_end = _result(run, "unclosed-block")["locations"][0]["physicalLocation"]["region"]
    in_empty = _result(run, "syntax-error")["locations"][0]["physicalLocation"]["region"]
    assert at_end == {"startLine": 8, "startColumn": 1, "endLine": 8, "endColumn": 1}
    assert in_empty == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_a_place_in_data_is_a_logical_location_of_its_file(run):
    assert _result(run, "data-outside-range")["locations"] == [
        {
            "logicalLocations": [
                {"fullyQualifiedName": "sheet `2021`, row 3, column `在编,人数`, value `-1`", "kind": "member"}
            ],
            "physicalLocation": {"artifactLocation": {"uri": "%E6%95%B0%E6%8D%AE.xlsx"}},
        }
    ]


def test_the_log_says_its_language(wrong_sum, sources):
    log = sarif.render([wrong_sum], sources, "zh")
    assert log["runs"][0]["language"] == "zh-CN"
    assert log["runs"][0]["results"][0]["message"]["text"].startswith("“A”写明 50 分")


def test_a_text_that_is_not_at_hand_has_no_region(wrong_sum):
    [result] = sarif.render([wrong_sum], {}, "en")["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "fixes" not in result
