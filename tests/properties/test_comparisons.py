"""Comparing random rulesets with texts in which numbers were changed: parts add up, everything is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from perfrules import Ruleset, api
from perfrules.compare import Comparison, compare_results, compare_rules, comparison_html, comparison_json, text
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset

ROWS = 6
_NUMBER = re.compile(r"(?<![\w.\]【\"-])\d+(?:\.\d+)?(?![\w.\-])")


def changed_texts(written: WrittenRuleset, random: Random) -> Iterator[str]:
    """Yield texts in which one or two numbers are others."""
    for _ in range(6):
        found = written.text
        for _ in range(random.randint(1, 2)):
            places = [
                match for match in _NUMBER.finditer(found) if '"' not in found[match.start() - 3 : match.end() + 3]
            ]
            if places:
                place = random.choice(places)
                found = found[: place.start()] + str(random.randint(0, 12)) + found[place.end() :]
        yield found


def compiled(written: WrittenRuleset, source: str) -> Ruleset | None:
    return api.compile(source, read_resource=written.files.get).ruleset


def compared(old: Ruleset, new: Ruleset, rows: list[dict[str, object]], as_of: date | None) -> Comparison:
    return compare_results(old, old.score_all(rows, as_of=as_of), new, new.score_all(rows, as_of=as_of))


def check(found: Comparison) -> int:
    """Hold a comparison to what it promises; return how many parts there were."""
    count = 0
    for entity in found.entities:
        movement = entity.movement
        if movement is None:
            continue
        assert sum(part.moved for part in movement.parts) == (movement.moved or 0)
        assert all(part.items for part in movement.parts), "something that no item explains"
        last = movement.parts[-1].grade if movement.parts else movement.old.grade
        assert last == movement.new.grade
        count += len(movement.parts)
    for language in ("en", "zh"):
        assert text(found, language)
        assert comparison_html(found, language)
    assert comparison_json(found)
    return count


@pytest.mark.parametrize("seed", range(6))
def test_numbers_that_changed(seed: int) -> None:
    random, parts = Random(f"comparison {seed}"), 0
    for _ in range(3):
        written, old, _ = valid_ruleset(random)
        rows = [{old.plan.entity_name: f"e{number}", **written.row(random)} for number in range(ROWS)]
        as_of = random.choice(AS_OF)
        for new in (compiled(written, source) for source in changed_texts(written, random)):
            if new is not None:
                parts += check(compared(old, new, rows, as_of))
    assert parts


@pytest.mark.parametrize("seed", range(6))
def test_data_that_changed(seed: int) -> None:
    random = Random(f"data {seed}")
    written, rules, _ = valid_ruleset(random)
    names = [f"e{number}" for number in range(ROWS)]
    before, after = ([{rules.plan.entity_name: name, **written.row(random)} for name in names] for _ in range(2))
    as_of = random.choice(AS_OF)
    found = compare_results(rules, rules.score_all(before, as_of=as_of), rules, rules.score_all(after, as_of=as_of))
    assert found.changes == ()
    check(found)


@pytest.mark.parametrize("seed", range(20))
def test_statements_in_another_order_are_no_change(seed: int) -> None:
    random = Random(f"order {seed}")
    written, old, _ = valid_ruleset(random)
    new = compiled(written, written.shuffled(random))
    assert new is not None
    found = compare_rules(old, new)
    assert not found.differs, text(found)
