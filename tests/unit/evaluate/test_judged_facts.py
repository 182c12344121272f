"""Rules may read what a person decided; until then the answer is pending."""

from fractions import Fraction

import pytest

from perfrules import loads
from perfrules.evaluate.result import Status
from tests.differential.comparing import difference

RULES = """
ruleset t "T" version "1" {
  input rate : % in [0%, 100%]
  indicator A 5 points { score judged { "good" -> [4, 5]; "bad" -> [0, 4) } }
  indicator B 2 points { score cases { when A.level = "good" -> full; otherwise -> rate * full } }
  indicator C 3 points { score = if A.mark >= 3 points then full else rate * full }
}
"""


@pytest.mark.parametrize(
    ("given", "b", "c"),
    [
        ({"A.level": "good", "A.mark": 4}, 2, 3),
        ({"A.level": "bad", "A.mark": "3"}, 1, 3),
        ({"A.level": "bad", "A.mark": "2.99"}, 1, Fraction(3, 2)),
        ({"A.level": "good"}, 2, None),
        ({}, None, None),
    ],
)
def test_level_and_mark_are_facts(given: dict[str, object], b: int | None, c: Fraction | int | None) -> None:
    ruleset = loads(RULES)
    result = ruleset.score({"rate": "50%", **given})
    assert (result["B"].score, result["C"].score) == (b, c)
    assert result.status is (Status.FINAL if "A.mark" in given else Status.PROVISIONAL)
    assert result.facts is not None
    assert difference(ruleset.plan, result.facts) is None
