"""Every ruleset of the repository, read back: equal in all that is in it, with the same problems, tests and results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from perfrules import api
from perfrules.cache import compiled as module
from perfrules.cache import kept
from perfrules.cache.folder import kept_in
from perfrules.cache.later import LaterTuple
from tests.spec.blocks import blocks_of
from tests.support.kept import all_of

ROOT = Path(__file__).parents[3]
RULESETS = sorted((ROOT / "rulesets").rglob("*.perfrules"))
FOLDERS = [ROOT / "rulesets"]
SPEC = sorted((ROOT / "tests" / "spec").glob("*.md"))
PLUGGED = """ruleset a "A" version "1" {
  use plugin hyperbola
  total 5 points
  input x : % in [0%, 100%]
  indicator A1 5 points { measure x  score hyperbola(x) }
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own."""
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def never(*_: object) -> None:
    raise AssertionError("something was compiled again")


@pytest.mark.parametrize("part", [1, 3, 256])
@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.name)
def test_a_ruleset_that_is_read_back_is_the_one_that_was_compiled(
    path: Path, part: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if part != kept.PART and path.stat().st_size > 20_000:
        pytest.skip("small ones show as much")
    monkeypatch.setattr(kept.sections_of, "__kwdefaults__", {"part": part})
    first = api.compile_file(path, paths=FOLDERS)
    assert len(list(kept_in(folder))) == 1
    monkeypatch.setattr(module, "compiled_text", never)
    again = api.compile_file(path, paths=FOLDERS)
    assert all_of(again) == all_of(first)
    if first.ruleset is not None and again.ruleset is not None:
        assert again.ruleset.plan == first.ruleset.plan
        assert first.ruleset.plan == again.ruleset.plan
        assert hash(again.ruleset.plan) == hash(first.ruleset.plan)
        assert again.ruleset == first.ruleset
        assert isinstance(again.ruleset.plan.nodes, LaterTuple)


@pytest.mark.parametrize("page", SPEC, ids=lambda page: page.stem)
def test_every_ruleset_of_the_manual_is_read_back_whole(page: Path, folder: Path) -> None:
    texts = [block.text for block in blocks_of(page) if block.kind == "perfrules"]
    before = 0
    for text in texts:
        first = api.compile(text)
        again = api.compile(text)
        assert all_of(again) == all_of(first)
        before += first.ruleset is not None and not first.ruleset.plan.plugins
    assert before <= len({each.path for each in kept_in(folder)}) + len(texts) - len(set(texts))


def test_the_same_ruleset_is_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    path = ROOT / "rulesets" / "mof" / "self_evaluation" / "self_evaluation.perfrules"
    script = f"import perfrules; perfrules.load({str(path)!r})"
    contents = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environ = {"PYTHONHASHSEED": seed, "PERFRULES_CACHE": str(folder), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", script], check=True, env=environ)
        contents.add(tuple((each.path.name, each.path.read_bytes()) for each in kept_in(folder)))
    assert len(contents) == 1
    assert all(len(each) == 1 for each in contents)


def test_what_is_read_back_needs_neither_grammar_nor_model(folder: Path) -> None:
    path = ROOT / "rulesets" / "linjiang" / "road_passenger" / "road_passenger.perfrules"
    api.load(path)
    script = f"""
import sys
import perfrules
rules = perfrules.load({str(path)!r})
assert len(rules.plan.nodes) == len([node.id for node in rules.plan.nodes])
compiling = ("lark", "networkx", "perfrules.syntax.parse", "perfrules.model", "perfrules.plan", "perfrules.prove")
assert not [name for name in compiling if name in sys.modules]
"""
    environ = {"PERFRULES_CACHE": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script], check=True, env=environ)


def test_what_asks_for_a_plugin_is_not_kept(folder: Path) -> None:
    assert api.compile(PLUGGED).ruleset is None
    assert list(kept_in(folder)) == []


def test_a_ruleset_is_restored_from_its_pickle_without_compiling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = api.load(ROOT / "rulesets" / "mof" / "self_evaluation" / "self_evaluation.perfrules")
    make, parts = rules.__reduce__()
    compiled = make(*parts)
    monkeypatch.setattr(module, "compiled_text", never)
    assert make(*parts) == compiled == rules
    assert make(*parts).resources == MappingProxyType(dict(rules.resources))
