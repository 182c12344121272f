"""Forestry's report: sums that do not add up stop it, printed percentages that do not follow are named beside 3.94."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.api import Result, load
from tests.golden.figures import RULESETS, rows_of

FOLDER = RULESETS / "forestry" / "provincial_part"


def scored(**changed: str) -> Result:
    """What the published figures come to, with some of them changed."""
    (row,) = rows_of(FOLDER / "data" / "published.csv")
    return load(FOLDER / "provincial_part.perfrules").score(row | changed)


def told(result: Result) -> list[tuple[str, str]]:
    return [(str(each.args["title"]), str(each.args["found"])) for each in result.problems]


def test_the_truncated_rate_and_the_difference_of_rounded_rates_are_told() -> None:
    result = scored()
    assert result.total == Fraction("3.94")
    (rate, rate_found), (increase, increase_found) = told(result)
    assert rate.startswith("湿地保护率")
    assert "60.47% - 60.48% = -0.01pp" in rate_found
    assert increase.startswith("湿地保护率的升幅")
    assert "0.36 - 0.37 = -0.01" in increase_found


def test_correct_percentages_leave_nothing_to_tell() -> None:
    assert told(scored(湿地印发率="60.48%", 印发升幅="0.37")) == []


@pytest.mark.parametrize(
    ("column", "value", "title", "residual"),
    [
        ("造林完成一", "8421.8", "造林完成三类之和等于合计", "-0.1 亩"),
        ("造林计划二", "19001", "造林计划三类之和等于合计", "1 亩"),
        ("绿化完成三", "3401.4", "绿化完成三类之和等于合计", "-0.1 亩"),
    ],
)
def test_parts_that_do_not_add_up_are_refused_with_the_residual(
    column: str, value: str, title: str, residual: str
) -> None:
    result = scored(**{column: value})
    assert result.status.value == "refused"
    (failed,) = [each for each in result.problems if each.code.value == "data-check-failed"]
    assert failed.args["title"] == title
    assert str(failed.args["found"]).rstrip("',)").endswith(f"= {residual}")
