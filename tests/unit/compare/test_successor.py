"""A Pinghu scheme and a made successor over 59 synthetic departments, against edited texts, compiled and scored."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate

import pytest

from perfrules import Results, load
from perfrules.compare import Comparison, compare_results, comparison_csv, comparison_html, comparison_json, text
from tests.unit.compare import successor
from tests.unit.compare.successor import EDITS, SCHEME, cohort, scheme, score, with_edits


@pytest.fixture(scope="module")
def ends() -> tuple[Results, Results]:
    return score(scheme()), score(successor.successor())


@pytest.fixture(scope="module")
def found(ends: tuple[Results, Results]) -> Comparison:
    return compare_results(scheme(), ends[0], successor.successor(), ends[1])


@pytest.fixture(scope="module")
def path(ends: tuple[Results, Results]) -> list[Results]:
    """The results after each edit, the scheme's own first."""
    steps = accumulate(EDITS, lambda keys, key: keys | {key}, initial=frozenset[str]())
    return [ends[0], *(score(with_edits(keys)) for keys in steps if keys)]


def grade_movers(ends: tuple[Results, Results]) -> Iterator[str]:
    old, new = ends
    return (each.entity for each in old if each.grade != new[each.entity].grade)


def test_the_scheme_is_the_published_file() -> None:
    assert scheme().hash == load(SCHEME).hash


def test_every_edit_is_one_item_in_the_order_of_the_edits(found: Comparison) -> None:
    assert [item.name or item.sort.value for item in found.order] == list(EDITS)


def test_parts_are_what_each_edit_moves_and_add_up(
    found: Comparison, ends: tuple[Results, Results], path: list[Results]
) -> None:
    assert len(found.entities) == len(cohort()) == 59
    for entity in found.entities:
        movement, name = entity.movement, entity.entity
        assert movement is not None
        totals = [results[name].total for results in path]
        expected = {
            key: after - before
            for key, before, after in zip(EDITS, totals, totals[1:], strict=False)
            if before is not None and after is not None
        }
        parts = {item.name or item.sort.value: part.moved for part in movement.parts for item in part.items}
        assert {key: parts.get(key, Fraction(0)) for key in EDITS} == expected
        assert sum(part.moved for part in movement.parts) == movement.moved
        assert (movement.old.total, movement.new.total) == (ends[0][name].total, ends[1][name].total)


def test_marks_of_indicators_are_those_of_the_results(found: Comparison, ends: tuple[Results, Results]) -> None:
    for entity in found.entities:
        assert entity.movement is not None
        for stage, results in ((entity.movement.old, ends[0]), (entity.movement.new, ends[1])):
            scores = {code: each.score for code, each in results[entity.entity].indicators.items()}
            assert stage.marks == {code: score for code, score in scores.items() if score is not None}


def test_everyone_whose_grade_moves_is_named_with_the_rule_that_moved_it(
    found: Comparison, ends: tuple[Results, Results], path: list[Results]
) -> None:
    movers = set(grade_movers(ends))
    assert len(movers) >= 10
    assert {each.entity for each in found.entities if each.grade_moved} == movers
    for name in movers:
        movement = found[name].movement
        assert movement is not None
        grades = [results[name].grade for results in path]
        stepped = [key for key, before, after in zip(EDITS, grades, grades[1:], strict=False) if before != after]
        told = [part for part in movement.parts if part.grade_before != part.grade]
        assert [item.name or item.sort.value for part in told for item in part.items] == stepped


def test_a_change_decides_a_grade_alone_if_the_text_without_it_gives_another(
    found: Comparison, ends: tuple[Results, Results]
) -> None:
    without = {key: score(with_edits(frozenset(EDITS) - {key})) for key in EDITS}
    for name in grade_movers(ends):
        movement = found[name].movement
        assert movement is not None
        put_back = {each.item.name or each.item.sort.value: each for each in movement.without}
        for key, results in without.items():
            expected = results[name]
            if key in put_back:
                assert (put_back[key].total, put_back[key].grade) == (expected.total, expected.grade)
            else:  # the data of this entity are read alike
                assert (expected.total, expected.grade) == (movement.new.total, movement.new.grade)
        decisive = {key for key, results in without.items() if results[name].grade != movement.new.grade}
        assert {item.name or item.sort.value for item in movement.decisive} == decisive


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_and_page_name_every_mover_and_the_rules(
    found: Comparison, ends: tuple[Results, Results], language: str
) -> None:
    written, page = text(found, language), comparison_html(found, language)
    old, new = ends
    for name in grade_movers(ends):
        said = f"{old[name].grade} → {new[name].grade}"
        assert any(name in line and said in line for line in written.split("\n"))
        assert name in page
        assert said in page
    for title in (
        "B22 预算执行率",
        "C14 重点工作完成（X）",
        "C15 网上办理率（虚构）",
        "万元 → 元",
        "[80, 90) → [81, 90)",
    ):
        assert title in written
        assert title in page
    assert "{" not in written
    assert "<script" not in page
    assert "http" not in page


def test_columns_of_the_table_add_up(found: Comparison) -> None:
    heading, *rows = comparison_csv(found, "en").decode("utf-8-sig").splitlines()
    assert len(rows) == 59
    first = heading.split(",").index("decides alone") + 1
    for row in rows:
        cells = row.split(",")
        assert sum(Fraction(cell) for cell in cells[first:]) == Fraction(cells[4])


def test_same_comparison_same_bytes(found: Comparison) -> None:
    program = (
        "from tests.unit.compare.successor import *; from perfrules.compare import *; import sys;"
        "c = compare_results(scheme(), score(scheme()), successor(), score(successor()));"
        "sys.stdout.buffer.write((comparison_json(c) + comparison_html(c, 'zh')).encode())"
    )
    env = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Shanghai", "PYTHONPATH": str(SCHEME.parents[3])}
    again = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, check=True, cwd=SCHEME.parents[3]
    )
    assert again.stdout.decode() == comparison_json(found) + comparison_html(found, "zh")
