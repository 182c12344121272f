"""The methods give the figures worked out by hand, keep to their ranges, and the reader reads what it should."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from perfrules_example_plugin.gini import METHOD as GINI
from perfrules_example_plugin.keyvalue import READER

import perfrules
from perfrules.plugins import Interval
from perfrules.plugins.testing import check_range

RULES = """
ruleset demo "Demo" version "1" {
  use plugin efficacy version "1.2"
  use plugin gini
  total 20 points
  input rate  : % decimals 1 in [0%, 100%]
  input north : 万元 decimals 2 in [0, 1000]
  input south : 元 decimals 2 in [0, 10_000_000]
  indicator A 10 points { score = efficacy(rate, 50%, satisfactory: 90%) }
  indicator B 10 points { measure gini(north, south); score = (1 - measure) * full }
}
"""


@pytest.fixture(scope="module")
def rules() -> perfrules.Ruleset:
    return perfrules.loads(RULES, plugins=["efficacy", "gini"])


# 10 × (0.6 + 0.4 × (rate − 50%) ÷ 40%), from 6 to 10
@pytest.mark.parametrize(("rate", "score"), [("70%", 8), ("90%", 10), ("100%", 10), ("50%", 6), ("0%", 6)])
def test_the_efficacy_coefficient_is_that_of_the_textbook(rules: perfrules.Ruleset, rate: str, score: int) -> None:
    assert rules.score({"rate": rate, "north": 1, "south": 10_000})["A"].score == score


def test_the_gini_coefficient_of_one_and_three_is_a_quarter(rules: perfrules.Ruleset) -> None:
    result = rules.score({"rate": "70%", "north": 1, "south": 30_000})
    assert result["B"].measure == Fraction(1, 4)  # |1 − 3| ÷ (2 × 4)
    assert result["B"].score == Fraction(15, 2)


def test_the_gini_coefficient_keeps_to_its_range() -> None:
    for count in (1, 2, 5):
        check_range(GINI, within=(Interval(Fraction(0), Fraction(1000)),) * count)


def test_both_languages_tell_the_calculation(rules: perfrules.Ruleset) -> None:
    result = rules.score({"rate": "70%", "north": 1, "south": 30_000})
    assert "efficacy coefficient, 70% earns 8 points" in result.explain("A").text("en")
    assert "功效系数法：实际值70%" in result.explain("A").text("zh")
    assert "1万元、30000元的基尼系数为25%" in result.explain("B").text("zh")


def test_a_file_of_blocks_is_read(tmp_path: Path) -> None:
    file = tmp_path / "data.kv"
    file.write_text("# two of them\nentity: North\nrate： 70%\n\n\nentity: South\nrate: 90%\n", "utf-8")
    assert list(READER.read(file)) == [{"entity": "North", "rate": "70%"}, {"entity": "South", "rate": "90%"}]


def test_a_line_without_a_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "data.kv"
    file.write_text("North\n", "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        list(READER.read(file))
