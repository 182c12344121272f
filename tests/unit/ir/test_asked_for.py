"""A text that is worked out when it is first asked for."""

import pickle
import sys

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

import perfrules
from perfrules.ir.asked_for import AskedFor

TEXT = """ruleset r "R" version "1" {
  total 10 points
  input done : count in [0, 10]
  indicator A 10 points { score curve of done { 0 -> 0; 10 -> full } }
}
"""


def test_the_text_is_made_once_and_only_when_asked_for():
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "text"

    later = AskedFor(make)
    assert made == []
    assert (str(later), str(later), repr(later), made) == ("text", "text", "'text'", ["made"])


def test_pickled_it_is_the_text():
    assert pickle.loads(pickle.dumps(AskedFor(lambda: "text"))) == "text"


def test_a_ruleset_that_nobody_asks_for_its_hash_is_not_hashed(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def hashed(*_: object) -> str:
        asked.append("asked")
        return "hash"

    perfrules.loads(TEXT)  # loads what compiles
    monkeypatch.setattr(sys.modules["perfrules.plan.make_plan"], "compiled_hash", hashed)
    monkeypatch.setenv("PERFRULES_CACHE", "off")
    rules = perfrules.loads(TEXT)
    copy = evolve(rules.plan, title="Another title")
    assert str(rules.score({"done": 5}).total)
    assert asked == []
    assert (rules.hash, rules.hash, copy.compiled_hash, asked) == ("hash", "hash", "hash", ["asked"])


def test_the_hash_of_a_plan_cannot_be_set_and_is_compared():
    plan = perfrules.loads(TEXT).plan
    with pytest.raises((FrozenInstanceError, AttributeError)):
        plan.compiled_hash = "another"  # type: ignore[misc]  # that it is refused is what is tested
    assert plan == perfrules.loads(TEXT).plan
    assert plan != evolve(plan, compiled_hash="another")
    assert pickle.loads(pickle.dumps(plan)) == plan
