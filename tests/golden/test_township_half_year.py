"""A township's half-year report: the published rates, and two red lights that nobody explained."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.api import Result, load
from tests.golden.figures import RULESETS, rows_of

FOLDER = RULESETS / "township" / "half_year"


def scored(**changed: str) -> Result:
    """What the published report comes to, with some of its cells changed."""
    (row,) = rows_of(FOLDER / "data" / "published.csv")
    return load(FOLDER / "half_year.perfrules").score(row | changed)


def lights(result: Result) -> dict[str, str | None]:
    return {code: result[code].light for code in ("T1", "T2", "T", "Z1", "Z2", "Z", "M1", "M2", "M3", "M")}


def test_both_goals_are_red_at_half_year_and_nothing_else_is() -> None:
    result = scored()
    assert {code for code, light in lights(result).items() if light == "red"} == {"T1", "T2", "T"}
    assert result.decisions == {"补充说明": True, "立即整改": False}
    assert not result.problems


def test_the_same_figures_would_be_less_alarming_in_march() -> None:
    assert [lights(scored(监控月="3"))[code] for code in ("T1", "T2")] == ["yellow", "green"]


def test_a_reason_for_each_red_light_is_enough() -> None:
    assert scored(招商原因="其他").decisions["补充说明"] is True
    assert scored(招商原因="其他", 固投原因="经费保障").decisions["补充说明"] is False


@pytest.mark.parametrize(
    ("column", "tolerated", "too_much", "code"),
    [
        ("漏识户", "0", "1", "Z1"),
        ("逾期率", "0.99%", "1%", "Z2"),
        ("免疫率", "90%", "89.99%", "M1"),
        ("抗体率", "70%", "69.99%", "M2"),
        ("办证率", "65%", "64.99%", "M3"),
    ],
)
def test_limits_turn_red_exactly_where_they_are(column: str, tolerated: str, too_much: str, code: str) -> None:
    assert lights(scored(**{column: tolerated}))[code] == "green"
    assert lights(scored(**{column: too_much}))[code] == "red"


def test_a_rate_that_does_not_follow_from_its_figures_is_told() -> None:
    result = scored(招商印发率="17.7%")
    (problem,) = result.problems
    assert problem.code.value == "data-check-doubtful"
    assert "17.7% - 17.8% = -0.1pp" in str(problem.args["found"])
    assert result.outputs["招商完成率"] == Fraction("0.178")
