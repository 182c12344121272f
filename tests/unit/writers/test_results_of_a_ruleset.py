"""Canonical results of a ruleset with grades, a veto, a decision, an alert and an output, in every status."""

from __future__ import annotations

import json

import jsonschema
import pytest

from perfrules.api import loads
from perfrules.writers.canonical import canonical_json, result_schema
from perfrules.writers.csv_table import csv_bytes

RULESET = """
ruleset demo "Demo" version "1" {
  input spent  : 万元 decimals 2 in [0, 1000]
  input budget : 万元 decimals 2 in [0, 1000]
  input fraud  : yes/no
  total 20 points
  round leaves to 2 decimals half up
  indicator A "All" 20 points excluded share rescale {
    indicator A1 "Execution" 10 points {
      measure spent / budget
      applies when budget > 0 万元 otherwise excluded
      score curve of measure { 0% -> 0; 100% -> full }
      veto when fraud "fraud found" -> zero
    }
    indicator A2 "Effect" 10 points {
      score judged { "met" -> [80%, 100%] of full; "not met" -> [0, 80%) of full }
    }
  }
  grades of total {
    优 >= 18
    良 >= 15
    差 otherwise
  }
  decision tighten "Budget is set strictly" when grade in one of (差)
  alert money "Hardly anything spent" {
    red when spent < 5 万元
    otherwise green
  }
  output back : 万元 = budget - spent
}
"""
DATA = {
    "final": {"spent": "90", "budget": 120, "fraud": False, "A2.level": "met", "A2.mark": 9},
    "judging": {"spent": "90", "budget": 120, "fraud": "no"},
    "vetoed": {"spent": "待定", "budget": 120, "fraud": "是"},
    "excluded": {"spent": 1, "budget": 0, "fraud": "no", "A2.level": "met", "A2.mark": 8},
    "refused": {"spent": 1, "fraud": "x"},
    "misjudged": {"spent": 1, "budget": 1, "fraud": "no", "A2.level": "not met", "A2.mark": "8"},
}


@pytest.fixture(scope="module")
def scored():
    rules = loads(RULESET)
    return rules.plan, [rules.score({"entity": name, **cells}) for name, cells in DATA.items()]


@pytest.fixture(scope="module")
def trees(scored):
    tree = json.loads(canonical_json(*scored))
    jsonschema.Draft202012Validator(result_schema()).validate(tree)
    return {each["entity"]: each for each in tree["results"]}


def test_the_statuses(trees):
    assert {name: tree["status"] for name, tree in trees.items()} == {
        "final": "final",
        "judging": "provisional",
        "vetoed": "provisional",
        "excluded": "final",
        "refused": "refused",
        "misjudged": "refused",
    }


def test_a_final_result(trees):
    tree = trees["final"]
    assert (tree["total"], tree["grade"], tree["decisions"]) == ("16.5", "良", {"tighten": False})
    assert (tree["alerts"], tree["outputs"]) == ({"money": "green"}, {"back": "30"})
    assert tree["indicators"]["A.A1"]["measure"] == "0.75"


def test_a_grade_that_is_open_is_the_list_of_what_it_can_be(trees):
    assert trees["judging"]["grade"] == ["良", "差"]
    assert trees["judging"]["decisions"] == {"tighten": None}
    assert trees["judging"]["total"] == {"lo": "7.5", "hi": "17.5", "lo_closed": True, "hi_closed": True}


def test_a_veto_and_a_light_that_is_open(trees):
    assert trees["vetoed"]["vetoes"] == [{"reason": "fraud found", "effect": "zero", "indicator": "A.A1"}]
    assert trees["vetoed"]["indicators"]["A.A1"]["score"] == "0"
    assert trees["vetoed"]["alerts"] == {"money": ["green", "red"]}


def test_what_does_not_apply_left_the_denominator(trees):
    assert trees["excluded"]["left_out"] == ["A.A1"]
    assert trees["excluded"]["indicators"]["A.A1"]["measure"] == {"state": "excluded"}
    assert trees["excluded"]["total"] == "16"


def test_a_mark_outside_limits_in_parts_of_full_refuses_the_entity(trees):
    (problem,) = trees["misjudged"]["problems"]
    assert (problem["code"], problem["args"]["range"]) == ("data-judged-outside-limits", "[0, 8)")


def test_the_table_of_these(scored):
    lines = csv_bytes(*scored).decode("utf-8-sig").splitlines()
    assert lines[:2] == [
        "entity,status,total,total.lo,total.hi,grade,A,A.A1,A.A2,tighten,money,back,vetoes,left_out,problems",
        "final,final,16.5,,,良,16.5,7.5,9,no,green,30,,,",
    ]
