"""Linjiang's sheets: the published 196 + 24 stand, and what does not hold in the lists is named beside them."""

from __future__ import annotations

from perfrules.api import load, loads
from tests.golden.figures import RULESETS, rows_of

FOLDER = RULESETS / "linjiang" / "road_passenger"
RULES = FOLDER / "road_passenger.perfrules"
DATA = FOLDER / "data" / "self_score.json"


def test_both_inconsistencies_are_named_with_what_is_too_many_and_what_is_missing() -> None:
    (row,) = rows_of(DATA)
    result = load(RULES).score(row)
    assert result["K"].score == 196
    assert result.total == 196 + 24
    done, full = result.problems
    assert done.args["title"] == "完成数不多于计划数"
    assert "4 个 - 3 个 = 1 个" in str(done.args["found"])
    assert full.args["title"] == "自评满分的条目已全部完成"
    assert "28 个 - 70 个 = -42 个" in str(full.args["found"])


def test_one_word_refuses_the_sheet_until_it_is_corrected() -> None:
    (row,) = rows_of(DATA)
    strict = loads(RULES.read_text(encoding="utf-8").replace("check warning", "check"))
    result = strict.score(row)
    assert (result.status.value, result.total) == ("refused", None)
    assert [problem.code.value for problem in result.problems] == ["data-check-failed", "data-check-failed"]
