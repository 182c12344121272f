"""Where libraries are found: what is nearest, which version, and that nobody's code is run to look."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from perfrules import api, files
from perfrules.compose.search import Home, Place, Search, candidates, search_in
from perfrules.diagnostics.codes import Code

LIBRARY = 'library {name} "L" version "{version}" {{ define half(v : %) "Half" = v / {by} }}\n'
RULES = """ruleset r "R" version "1" {
  use common%s
  input v : %% in [0%%, 100%%]
  indicator A 12 points { score = half(v) * full }
}
"""


def library(place: Path, *, version: str = "1", by: int = 2, name: str = "common") -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(LIBRARY.format(name=name, version=version, by=by), "utf-8")


def rules(folder: Path, asked: str = "") -> Path:
    place = folder / "r.perfrules"
    place.write_text(RULES % asked, "utf-8")
    return place


def score(ruleset: api.Ruleset) -> object:
    return ruleset.score({"v": "100%"}).total


def test_the_file_beside_the_ruleset_comes_before_those_on_the_path(tmp_path: Path) -> None:
    library(tmp_path / "here" / "common.perfrules", by=2)
    library(tmp_path / "there" / "common.perfrules", by=3)
    library(tmp_path / "last" / "common.perfrules", by=4)
    paths = [tmp_path / "there", tmp_path / "last"]
    assert score(api.load(rules(tmp_path / "here"), paths=paths)) == 6
    (tmp_path / "here" / "common.perfrules").unlink()
    assert score(api.load(rules(tmp_path / "here"), paths=paths)) == 4
    assert score(api.load(rules(tmp_path / "here"), paths=reversed(paths))) == 3


def test_a_version_that_is_asked_for_may_stand_in_the_name_of_the_file(tmp_path: Path) -> None:
    library(tmp_path / "common.perfrules", version="2021", by=2)
    library(tmp_path / "common@2020.perfrules", version="2020", by=3)
    assert score(api.load(rules(tmp_path))) == 6
    assert score(api.load(rules(tmp_path, ' version "2021"'))) == 6
    assert score(api.load(rules(tmp_path, ' version "2020"'))) == 4
    found = api.compile_file(rules(tmp_path, ' version "2019"'))
    assert [each.code for each in found.diagnostics] == [Code.VERSION_CONFLICT]


def test_a_dotted_name_is_a_path_a_file_or_a_folder_with_a_file_of_its_name() -> None:
    assert list(candidates("mof.common", "2")) == [
        "mof/common@2.perfrules",
        "mof/common.perfrules",
        "mof.common@2.perfrules",
        "mof.common.perfrules",
        "mof/common/common@2.perfrules",
        "mof/common/common.perfrules",
    ]


def test_a_library_is_found_beside_the_library_that_asks() -> None:
    there = {"a/b.perfrules": b"1", "a/a/c.perfrules": b"2", "a/c.perfrules": b"3"}
    search = Search(Place({}.get), [Place(there.get)])
    found = search.find("a.b", None, search.home)
    assert found is not None
    assert found.path == "a/b.perfrules"
    nearer = search.find("a.c", None, found.home)
    assert nearer is not None
    assert nearer.path == "a/a/c.perfrules"


def test_what_was_read_is_found_again_without_any_folder(tmp_path: Path) -> None:
    library(tmp_path / "libraries" / "common.perfrules")
    search = Search(files.place_of(tmp_path / "r.perfrules"), [files.folder_place(tmp_path / "libraries")])
    found = search.find("common", None, search.home)
    assert found is not None
    again = search_in(Place(search.read.get))
    kept = again.find("common", None, Home(Place({}.get)))
    assert kept is not None
    assert kept.content == found.content
    assert again.find("other", None, Home(Place({}.get))) is None


def test_nothing_outside_a_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("x", "utf-8")
    read = files.below(tmp_path / "inside")
    assert read("../secret.csv") is None
    assert read("a\x00b") is None


@pytest.mark.parametrize(
    "line",
    [
        'param p by size : number from "{}"',
        'holidays from "{}"',
        'test "t" {{ examples from "{}" }}',
        'define d(v : number) {{ score = v }}\n  indicators from "{}" as d',
    ],
)
def test_a_file_outside_the_folder_is_told_where_files_are_looked_for(tmp_path: Path, line: str) -> None:
    (tmp_path / "secret.csv").write_text("x,y\n1,2\n", "utf-8")
    (tmp_path / "inside").mkdir()
    place = tmp_path / "inside" / "r.perfrules"
    for file, reason in [("../secret.csv", "outside-the-folder"), ("secret.csv", "no-such-file")]:
        items = "input size : one of (a, b)\n  input v : number in [0, 1]\n  indicator A 10 points { score = v * full }"
        place.write_text(f"ruleset r {{\n  {items}\n  {line.format(file)}\n}}\n", "utf-8")
        problems = [each for each in api.compile_file(place).diagnostics if each.code is Code.DATA_UNREADABLE]
        assert [each.args["reason"] for each in problems] == [reason]


def test_installed_packages_are_found_and_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "offering" / "rules"
    library(inner / "common.perfrules", by=3)
    for package in (tmp_path / "offering", inner):
        (package / "__init__.py").write_text("raise RuntimeError('imported')\n", "utf-8")
    described = tmp_path / "offering-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: offering\nVersion: 1\n", "utf-8")
    (described / "entry_points.txt").write_text("[perfrules.rulesets]\nours = offering.rules\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "work").mkdir()
    found = api.compile_file(rules(tmp_path / "work"))
    assert found.ruleset is not None
    assert score(found.ruleset) == 4
    assert set(found.sources) == {str(tmp_path / "work" / "r.perfrules"), "offering.rules/common.perfrules"}
    assert "offering" not in sys.modules


def test_what_is_not_found_is_told_with_what_is_there(tmp_path: Path) -> None:
    library(tmp_path / "commn.perfrules", name="commn")
    [problem] = api.compile_file(rules(tmp_path)).diagnostics
    assert problem.code is Code.LIBRARY_NOT_FOUND
    assert problem.fix is not None
    assert [edit.new_text for edit in problem.fix.edits] == ["commn"]


def years(folder: Path) -> Path:
    """Write a scheme of three years, each of which changes the one before; the first reads a table beside it."""
    first = """
      param target by size : number from "targets.csv"
      input size : one of (large, small)
      input v : number in [0, 1]
      indicator A 10 points { score = v * full }
      indicator B 10 points { score cases { when v >= target -> full; otherwise -> 0 } }"""
    texts = {
        "city/offices@2023": ("2023", "", first),
        "city/offices@2024": ("2024", 'extends city.offices version "2023"', "set A 12 points was 10 points"),
        "city.offices": ("2025", 'extends city.offices version "2024"', "set A 15 points was 12 points"),
    }
    (folder / "city").mkdir()
    (folder / "city" / "targets.csv").write_text("size,value\nlarge,0.8\nsmall,0.5\n", "utf-8")
    for name, (version, extends, body) in texts.items():
        text = f'ruleset city.offices version "{version}" {extends} {{\n{body}\n}}\n'
        (folder / f"{name}.perfrules").write_text(text, "utf-8")
    return folder / "city.offices.perfrules"


def test_a_version_extends_the_one_before_it_under_one_name(tmp_path: Path) -> None:
    found = api.load(years(tmp_path))
    assert [(each.kind, each.name, each.version) for each in found.plan.sources] == [
        ("ruleset", "city.offices", "2024"),
        ("ruleset", "city.offices", "2023"),
        ("table", "city.offices@2023:targets.csv", None),
    ]
    assert [each.version for each in found.plan.lineage] == ["2025", "2024", "2023"]
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    for rules in (found, again):
        assert rules.score({"v": 0.6, "size": "small"}).total == 19  # 0.6 × 15 + 10
        assert rules.score({"v": 0.6, "size": "large"}).total == 9


def test_only_a_version_that_needs_itself_goes_round(tmp_path: Path) -> None:
    place = years(tmp_path)
    base = tmp_path / "city" / "offices@2023.perfrules"
    base.write_text('ruleset city.offices version "2023" extends city.offices version "2024" {\n}\n', "utf-8")
    [problem] = api.compile_file(place).diagnostics
    assert problem.code is Code.FILE_CYCLE
    assert problem.args["path"] == "city.offices@2024 → city.offices@2023 → city.offices@2024"
    base.unlink()
    [problem] = api.compile_file(place).diagnostics
    assert (problem.code, problem.args["wanted"], problem.args["found"]) == (Code.VERSION_CONFLICT, "2023", "2025")


def test_a_ruleset_uses_one_version_of_a_library(tmp_path: Path) -> None:
    library(tmp_path / "common@2020.perfrules", version="2020")
    newer = 'library common version "2021" {\n  use common version "2020"\n  define half(v : %) = v / 2\n}\n'
    (tmp_path / "common.perfrules").write_text(newer, "utf-8")
    problems = api.compile_file(rules(tmp_path)).diagnostics
    assert [(each.code, each.args["found"]) for each in problems] == [(Code.VERSION_CONFLICT, "2021")]
