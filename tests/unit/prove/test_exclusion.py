"""Which indicators can be excluded, and who has to say what becomes of their marks."""

from __future__ import annotations

import pytest

from perfrules import api
from perfrules.diagnostics import Code, Diagnostic, has_errors
from perfrules.text import Span

LEAF = "{ score = rate * full }"
OPTIONAL_LEAF = "{ score = rate * full; applies when open otherwise excluded }"
CERTAIN_LEAF = "{ measure rate; score = rate * full; applies when least > 0 otherwise excluded }"


def ruleset(body: str) -> str:
    return (
        'ruleset t "T" version "1" {\n  total 10 points\n  input rate : % in [0%, 100%]\n  input open : yes/no\n'
        f"  input near : yes/no\n  input least : number in [1, 2]\n{body}\n}}\n"
    )


def excluded(text: str) -> list[Diagnostic]:
    """Return the errors, all of which are about what is excluded."""
    errors = [each for each in api.compile(text).diagnostics if has_errors([each])]
    assert {each.code for each in errors} <= {Code.EXCLUDED_UNANSWERED}
    return errors


def test_the_silence_about_a_share_is_reported() -> None:
    text = ruleset(f"indicator A 4 points {OPTIONAL_LEAF}\nindicator B 6 points {LEAF}")
    found = excluded(text)
    assert [dict(each.args) for each in found] == [{"part": "A", "code": "this-ruleset"}]
    assert found[0].others[0].span == Span("ruleset", text.index("applies"), text.index(" }\nindicator B"))


def test_a_parent_all_of_whose_children_can_be_excluded_can_be_too() -> None:
    found = excluded(
        ruleset(
            f"indicator A {{ excluded share lost\nindicator A1 2 points {OPTIONAL_LEAF}\n"
            f"indicator A2 2 points {OPTIONAL_LEAF} }}\n"
            f"indicator B 6 points {LEAF}"
        )
    )
    assert [dict(each.args) for each in found] == [{"part": "A", "code": "this-ruleset"}]


def test_what_depends_on_something_excluded_can_be_excluded() -> None:
    found = excluded(
        ruleset(
            f"indicator A {{ excluded share lost\nindicator A1 2 points {OPTIONAL_LEAF}\n"
            f"indicator A2 2 points {LEAF} }}\n"
            "indicator B 6 points { score = A1 * 3 }"
        )
    )
    assert [dict(each.args) for each in found] == [{"part": "B", "code": "this-ruleset"}]


BRANCH = "{ applies when open otherwise zero; indicator A1 4 points { measure rate; score = rate * full } }"


@pytest.mark.parametrize("read", ["A1.rate", "A1.measure", "n"])
def test_what_reads_into_a_branch_that_may_not_apply_can_be_excluded(read: str) -> None:
    found = excluded(
        ruleset(
            f"let n = A1.measure\nindicator A {BRANCH}\n"
            f"indicator B 6 points {{ indicator B1 2 points {LEAF}\n"
            f"indicator B2 4 points {{ score = {read} * full }} }}"
        )
    )
    assert [dict(each.args) for each in found] == [{"part": "B2", "code": "B"}]


def test_reading_inside_one_branch_excludes_nothing_alone() -> None:
    branch = BRANCH.replace("} }", "}\nindicator A2 2 points { score = A1.rate * full } }")
    found = excluded(ruleset(f"indicator A {branch}\nindicator B 4 points {LEAF}"))
    assert found == []


def test_asking_whether_it_is_excluded_answers_that() -> None:
    found = excluded(
        ruleset(
            f"indicator A {{ excluded share lost\nindicator A1 2 points {OPTIONAL_LEAF}\n"
            f"indicator A2 2 points {LEAF} }}\n"
            "indicator B 6 points { score = if A1 is excluded then 0 else A1 * 3 }"
        )
    )
    assert found == []


def test_two_that_apply_together_answer_for_each_other() -> None:
    found = excluded(
        ruleset(
            f"indicator A {{ excluded share lost\nindicator A1 1 points {OPTIONAL_LEAF}\n"
            f"indicator A2 1 points {OPTIONAL_LEAF}\nindicator A3 2 points {LEAF} }}\n"
            "indicator B 6 points { score = if A1 is excluded then 0 else A2 * 6 }"
        )
    )
    assert found == []


@pytest.mark.parametrize("asked", ["A1 is excluded", "A2 > 0 or A2 is missing"])
def test_asking_about_one_answers_nothing_about_another(asked: str) -> None:
    found = excluded(
        ruleset(
            f"indicator A {{ excluded share lost\nindicator A1 1 points {OPTIONAL_LEAF}\n"
            f"indicator A2 1 points {OPTIONAL_LEAF.replace('open', 'near')}\nindicator A3 2 points {LEAF} }}\n"
            f"indicator B 6 points {{ score = if {asked} then 0 else A2 * 6 }}"
        )
    )
    assert [dict(each.args) for each in found] == [{"part": "B", "code": "this-ruleset"}]


def test_nobody_takes_the_share_of_an_only_child() -> None:
    assert excluded(ruleset(f"indicator A 10 points {OPTIONAL_LEAF}")) == []


def test_what_always_applies_is_never_excluded() -> None:
    assert excluded(ruleset(f"indicator A 4 points {CERTAIN_LEAF}\nindicator B 6 points {LEAF}")) == []


def test_what_always_applies_inside_what_may_not_leaves_no_share() -> None:
    parts = f"indicator A1 2 points {CERTAIN_LEAF}\nindicator A2 2 points {LEAF}"
    branch = f"indicator A {{ applies when open otherwise zero\n{parts} }}"
    assert excluded(ruleset(f"{branch}\nindicator B 6 points {LEAF}")) == []


def test_reading_what_always_applies_excludes_nothing() -> None:
    other = "indicator B 6 points { score = A.measure * full between 0 and full }"
    assert excluded(ruleset(f"indicator A 4 points {CERTAIN_LEAF}\n{other}")) == []


def test_what_vetoes_ask_is_no_answer_and_no_question() -> None:
    vetoed = '{ score = rate * full; veto when A < 1 "low" -> zero }'
    found = excluded(ruleset(f"indicator A 4 points {CERTAIN_LEAF}\nindicator B 6 points {vetoed}"))
    assert found == []
    found = excluded(ruleset(f"indicator A 4 points {OPTIONAL_LEAF}\nindicator B 6 points {vetoed}"))
    assert [each.args["part"] for each in found] == ["A"]


@pytest.mark.parametrize("to", ["C", "A"])
def test_an_answer_that_is_wrong_is_not_asked_for_again(to: str) -> None:
    parts = f"indicator A1 2 points {OPTIONAL_LEAF}\nindicator A2 2 points {LEAF}"
    text = ruleset(f"indicator A {{ excluded share to {to}\n{parts} }}\nindicator B 6 points {LEAF}")
    codes = [each.code for each in api.compile(text).diagnostics if has_errors([each])]
    assert codes == [Code.UNKNOWN_NAME if to == "C" else Code.WRONG_PLACE]
