"""What is told by its text alone to hold nothing that is to be expanded: the outcome is that of looking through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perfrules import api
from perfrules.compose.work import Work
from perfrules.syntax.ast.tree import Tree
from tests.spec.blocks import blocks_of

PAGES = sorted((Path(__file__).parents[2] / "spec").glob("*.md"))
LIBRARY = """library one "One" {
  param most : points = 8 points
  define part(v : % in [0%, 100%]) "Part" = v * 1/2
}
"""
HEAD = 'ruleset r "R" version "1" {\n  total 10 points\n  input rate : % in [0%, 100%]\n'


def rulesets(page: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    files: dict[str, bytes] = {}
    for block in blocks_of(page):
        if block.kind in ("csv", "file"):
            files[block.name] = block.text.encode()
        elif block.kind == "perfrules":
            whole = any(line.startswith(("ruleset", "规则集")) for line in block.text.splitlines())
            yield block.text if whole else f'ruleset spec "Spec" version "1" {{\n{block.text}}}\n', files


def outcome(text: str, files: dict[str, bytes]) -> object:
    made = api.compile(text, read_resource=files.get)
    plan = None if made.ruleset is None else made.ruleset.plan
    return plan, made.diagnostics, made.slots


def looking_through(_work: Work, _tree: Tree) -> bool:
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_rulesets_of_the_manual_are_the_same_when_all_is_looked_through(page: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PERFRULES_CACHE", "off")
    found = [outcome(text, files) for text, files in rulesets(page)]
    monkeypatch.setattr(Work, "stays", looking_through)
    assert found == [outcome(text, files) for text, files in rulesets(page)]


@pytest.mark.parametrize(
    "score",
    [
        "part(rate) * full",
        "part（rate） * full",
        "one.part(rate) * full",
        "one . part (rate) * full",
        "rate * one.most",
        "rate * one．most",
    ],
)
def test_whatever_is_of_a_library_is_expanded(score: str):
    text = f"{HEAD}  use one\n  indicator A 10 points {{ score = {score} }}\n}}\n"
    made = api.compile(text, read_resource={"one.perfrules": LIBRARY.encode()}.get)
    assert [each for each in made.diagnostics if each.code != "unused-name"] == []
    assert made.ruleset is not None
    assert str(made.ruleset.score({"rate": "50%"}).total) in ("5/2", "4")


def test_what_stays_is_the_very_same_tree():
    from perfrules.compose.compose import compose
    from perfrules.compose.search import Place, Search
    from perfrules.syntax.parse import parse
    from perfrules.text import SourceText

    source = SourceText("r", f"{HEAD}  indicator A 10 points {{ measure rate; score = measure * full }}\n}}\n")
    tree = parse(source).tree
    assert tree is not None
    composed = compose(tree, source, Search(Place(lambda _: None))).tree
    assert composed is not None
    assert all(one is other for one, other in zip(composed.items, tree.items, strict=True))
