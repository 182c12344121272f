"""Comparing random rulesets with texts that were changed at random: parts add up, everything is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from random import Random

import pytest

from perfrules import Ruleset, api
from perfrules.compare import Comparison, compare_results, compare_rules, comparison_html, comparison_json, text
from perfrules.readers.mapping import read_mappings
from perfrules.readers.raw import ReadOptions
from tests.strategies.ruleset_draw import Block
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset

ROWS = 6
_NUMBER = re.compile(r"(?<![\w.\]【\"-])\d+(?:\.\d+)?(?![\w.\-])")


def changed_texts(written: WrittenRuleset, random: Random) -> Iterator[str]:
    """Yield texts in which numbers are others, indicators are gone, renamed, moved or doubled, or units are others."""
    for _ in range(8):
        root = deepcopy(written.root)
        for _ in range(random.randint(1, 2)):
            random.choice(CHANGES)(random.choice(list(blocks(root))), root, random)
        yield root.text() + "\n"


def blocks(block: Block) -> Iterator[Block]:
    yield block
    for child in block.children:
        yield from blocks(child)


def other_numbers(block: Block, _root: Block, random: Random) -> None:
    def number(found: re.Match[str]) -> str:
        return str(random.randint(0, 12)) if random.random() < 0.3 else found.group()

    block.lines[:] = [_NUMBER.sub(number, line) for line in block.lines]
    block.header = _NUMBER.sub(number, block.header)


def without_a_child(block: Block, _root: Block, random: Random) -> None:
    if block.children:
        block.children.pop(random.randrange(len(block.children)))


def another_code(block: Block, _root: Block, _random: Random) -> None:
    block.header = re.sub(r"^indicator (\w+)", r"indicator \1z", block.header)


def another_parent(block: Block, root: Block, random: Random) -> None:
    if block.children:
        child = block.children.pop(random.randrange(len(block.children)))
        random.choice(list(blocks(root))).children.append(child)


def one_more(block: Block, _root: Block, random: Random) -> None:
    if block.children:
        child = deepcopy(random.choice(block.children))
        child.header = re.sub(r"^indicator (\w+)", r"indicator \1q", child.header)
        block.children.append(child)


def other_units(_block: Block, root: Block, random: Random) -> None:
    root.lines[:] = [line.replace("万元", "千元") if random.random() < 0.5 else line for line in root.lines]


CHANGES = (other_numbers, other_numbers, without_a_child, another_code, another_parent, one_more, other_units)


def compiled(written: WrittenRuleset, source: str) -> Ruleset | None:
    return api.compile(source, read_resource=written.files.get).ruleset


def compared(old: Ruleset, new: Ruleset, rows: list[dict[str, object]], as_of: date | None) -> Comparison:
    options = ReadOptions(as_of=as_of, ignore_unknown=True)
    before, after = (rules.score_rows(read_mappings(rules.plan, rows, options).rows) for rules in (old, new))
    return compare_results(old, before, new, after)


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


def test_rules_that_changed() -> None:
    parts = 0
    for number in range(8):
        random = Random(f"comparison {number}")
        written, old, _ = valid_ruleset(random)
        rows = [{old.plan.entity_name: f"e{place}", **written.row(random)} for place in range(ROWS)]
        as_of = random.choice(AS_OF)
        for new in (compiled(written, source) for source in changed_texts(written, random)):
            if new is not None:
                parts += check(compared(old, new, rows, as_of))
    assert parts > 10


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
