"""The JSON renderer: everything a program needs, beside the words."""

from __future__ import annotations

import json as standard_json

from perfrules.diagnostics.render import json


def test_a_problem_of_the_text(wrong_sum, sources):
    file = "示例.perfrules"
    start = sources[file].text.index("50 分")
    rendered = json.render([wrong_sum], sources, "en")
    [found] = rendered["diagnostics"]
    at = {"file": file, "start": start, "end": start + 4, "line": 2, "column": 15, "end_line": 2, "end_column": 19}
    edit_at = at | {"end": start + 2, "end_column": 17}
    assert found.pop("others")[0]["label"] == "5 points"
    assert found == {
        "code": "marks-do-not-add-up",
        "severity": "error",
        "message": "`A` states 50 points, but its parts come to 9",
        "help": "5 + 4 = 9",
        "args": {"code": "A", "found": 9, "stated": 50, "sum": "5 + 4"},
        "at": at,
        "where": None,
        "fix": {"title": "state 9 points", "edits": [{"at": edit_at, "new_text": "9"}]},
    }


def test_a_problem_of_data(negative_staff):
    [found] = json.render([negative_staff], {}, "zh")["diagnostics"]
    assert found["where"] == {
        "file": "数据.xlsx",
        "sheet": "2021",
        "row": 3,
        "column": "在编,人数",
        "value": "-1",
        "entity": None,
    }
    assert (found["at"], found["help"]) == (None, None)


def test_the_order_given_does_not_show_and_json_can_write_it(wrong_sum, nothing_in_the_file, sources):
    one = json.render([wrong_sum, nothing_in_the_file], sources, "zh")
    other = json.render([nothing_in_the_file, wrong_sum], sources, "zh")
    assert standard_json.dumps(one) == standard_json.dumps(other)
