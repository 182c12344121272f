"""Names have one normal form; traps for the eye are found; suggestions are near and in a fixed order."""

import pytest

from perfrules.lang.names import invisible_characters, is_name, normalise_name, skeleton, suggest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1", True),
        ("预算执行率", True),
        ("Ａ１", True),
        ("case_target", True),
        ("é", True),
        ("1.1", False),
        ("1A", False),
        ("A-1", False),
        ("（一）", False),
        ("_x", False),
        ("", False),
        ("a b", False),
        ("A\u200d1", False),
        ("A\u034f1", False),
        ("ㅤ", False),
    ],
)
def test_what_is_a_name(text: str, expected: bool) -> None:
    assert is_name(text) is expected


def test_full_width_and_decomposed_forms_are_one_name() -> None:
    assert normalise_name("ｔｏｔａｌ＿１") == "total_1"
    assert normalise_name("e\u0301") == "\u00e9"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("А1", "A1"),
        ("Ε", "E"),
        ("рау", "pay"),
        ("Ａ", "A"),
        ("⼈", "人"),
        ("⻢", "马"),
        ("エ作", "工作"),
        ("A\u200b", "A"),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert one != other
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("A1", "AI"), ("未", "末"), ("己", "已"), ("O", "0"), ("B1", "B2")])
def test_words_that_readers_tell_apart_keep_their_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_what_cannot_be_seen_is_listed_with_its_place() -> None:
    assert invisible_characters("a\u202eb\ufe0f\u00ad") == [(1, "\u202e"), (3, "\ufe0f"), (4, "\u00ad")]
    assert invisible_characters("预算\t执行\n") == []


@pytest.mark.parametrize(
    ("name", "candidates", "expected"),
    [
        ("buget", ("budget", "spent"), ["budget"]),
        ("spnet", ("spent", "spend"), ["spent"]),
        ("执行律", ("执行率", "完成率"), ["执行率"]),
        ("预算", ("预标", "结算", "人员"), ["结算", "预标"]),
        ("x", ("y", "z"), []),
        ("BUDGET", ("budget",), ["budget"]),
        ("A1", ("B7", "A2", "A1", "A3", "A4", "A5"), ["A2", "A3", "A4"]),
        ("Вudget", ("budget", "bucket"), ["budget", "bucket"]),
        ("budget", (), []),
    ],
)
def test_did_you_mean(name: str, candidates: tuple[str, ...], expected: list[str]) -> None:
    assert suggest(name, candidates) == expected
    assert suggest(name, reversed(candidates)) == expected
