"""What a kept ruleset rests on: files that change, appear or vanish are seen, and nothing else is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfrules import api
from perfrules.cache import compiled as module
from perfrules.cache.folder import kept_in
from perfrules.cache.lookups import Places, Recorder, answers
from perfrules.compose.search import Place

SIMPLE = """ruleset a "A" version "1" {
  use mof.common
  total 5 points
  input x : % in [0%, 100%]
  indicator A1 5 points = mof.common.fair(x)
}
"""
LIBRARY = """library mof.common "C" version "1" {{
  define fair(rate : %) "Fair" {{
    measure rate
    score curve of measure {{ 0% -> 0; {full} -> full }}
  }}
}}
"""


@pytest.fixture
def times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A cache folder of its own; what is compiled leaves its name in this list."""
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "cache"))
    compile_text: Callable[..., module.Made] = module.compiled_text
    names: list[str] = []

    def counted(*given: object) -> module.Made:
        names.append("compiled")
        return compile_text(*given)

    monkeypatch.setattr(module, "compiled_text", counted)
    return names


def library(full: str) -> str:
    return LIBRARY.format(full=full)


def score(path: Path, folder: Path | None = None) -> object:
    rules = api.load(path, paths=() if folder is None else (folder,))
    return rules.score({"x": "45%"}).total


def test_a_library_that_changes_is_compiled_again(times: list[str], tmp_path: Path) -> None:
    rules = tmp_path / "a.perfrules"
    rules.write_text(SIMPLE)
    (tmp_path / "mof.common.perfrules").write_text(library("90%"))
    first = score(rules)
    assert score(rules) == first
    assert len(times) == 1
    (tmp_path / "mof.common.perfrules").write_text(library("80%"))
    assert score(rules) != first
    assert len(times) == 2
    (tmp_path / "mof.common.perfrules").write_text(library("90%"))
    assert score(rules) == first


def test_a_library_that_appears_earlier_on_the_path_is_found(times: list[str], tmp_path: Path) -> None:
    rules, far = tmp_path / "a.perfrules", tmp_path / "far"
    far.mkdir()
    rules.write_text(SIMPLE)
    (far / "mof.common.perfrules").write_text(library("90%"))
    first = score(rules, far)
    assert score(rules, far) == first
    assert len(times) == 1
    (tmp_path / "mof").mkdir()
    (tmp_path / "mof" / "common.perfrules").write_text(library("60%"))
    assert score(rules, far) != first
    assert len(times) == 2


def test_a_library_that_vanishes_is_missed(times: list[str], tmp_path: Path) -> None:
    rules = tmp_path / "a.perfrules"
    rules.write_text(SIMPLE)
    (tmp_path / "mof.common.perfrules").write_text(library("90%"))
    score(rules)
    (tmp_path / "mof.common.perfrules").unlink()
    compiled = api.compile_file(rules)
    assert [each.code.value for each in compiled.diagnostics] == ["library-not-found"]


def test_what_is_told_of_a_library_that_is_not_there_is_not_kept(times: list[str], tmp_path: Path) -> None:
    rules = tmp_path / "a.perfrules"
    rules.write_text(SIMPLE)
    assert api.compile_file(rules).ruleset is None
    assert api.compile_file(rules).ruleset is None
    assert len(times) == 2
    assert list(kept_in(tmp_path / "cache")) == []


def test_a_table_beside_the_ruleset_that_changes_is_read_again(times: list[str]) -> None:
    text = """ruleset a "A" version "1" {
  total 5 points
  input x : % in [0%, 100%]
  indicator A1 5 points {
    measure x
    score curve of measure { 0% -> 0; 90% -> full }
  }
  test "shares" { examples from "cases.csv" }
}
"""
    files = {"cases.csv": b"x,expect A1\n45%,2.5\n"}
    asked: list[str] = []

    def read(name: str) -> bytes | None:
        asked.append(name)
        return files.get(name)

    first = api.compile(text, read_resource=read)
    again = api.compile(text, read_resource=read)
    assert times == ["compiled"], first.diagnostics
    assert asked == ["cases.csv", "cases.csv"]
    assert first.ruleset is not None
    assert again.ruleset is not None
    assert again.ruleset.resources == first.ruleset.resources == {"cases.csv": files["cases.csv"]}
    assert tuple(again.ruleset.tests) == first.ruleset.tests
    files["cases.csv"] = b"x,expect A1\n90%,5\n"
    changed = api.compile(text, read_resource=read)
    assert changed.ruleset is not None
    assert changed.ruleset.tests != first.ruleset.tests


def test_the_same_text_by_another_name_is_another(times: list[str], tmp_path: Path) -> None:
    text = 'ruleset a "A" version "1" {\n  total 5 points\n  indicator A1 5 points { score = 5 points }\n}\n'
    one, other = api.loads(text, name="one"), api.loads(text, name="other")
    assert [each.span.file for each in (one.plan.outline[0], other.plan.outline[0]) if each.span] == ["one", "other"]
    assert len(times) == 2


def test_every_question_is_asked_once_and_its_answer_kept() -> None:
    asked: list[str] = []

    def read(path: str) -> bytes | None:
        asked.append(path)
        return {"here": b"text"}.get(path)

    recorder = Recorder(Places(home=Place(read, "rules/")))
    search = recorder.search()
    assert [search.resource(name) for name in ("here", "there", "here")] == [b"text", None, b"text"]
    assert asked == ["here", "there"]
    known = recorder.lookups
    assert recorder.can_be_asked_again
    assert list((answers(known, recorder.places, {}) or {}).values()) == [b"text"]
    assert answers(known, Places(home=Place({"there": b"new", "here": b"text"}.get)), {}) is None
    assert answers(known, Places(home=Place({}.get)), {}) is None


def test_installed_packages_that_were_looked_at_are_compared(times: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    content = library("90%").encode()
    offers = [Place({"mof.common.perfrules": content}.get, "one/")]
    monkeypatch.setattr(api, "installed_places", lambda: iter(offers))
    api.loads(SIMPLE)
    api.loads(SIMPLE)
    assert len(times) == 1
    offers.insert(0, Place({"mof.common.perfrules": library("70%").encode()}.get, "other/"))
    api.loads(SIMPLE)
    assert len(times) == 2
