"""The parse table kept between processes: the same parser, and never trusted further than that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perfrules.syntax import grammar as module
from perfrules.syntax.parse import parse
from perfrules.text import SourceText

TEXT = """ruleset a "A" version "1" {
  total 5 points
  input x : % in [0%, 100%]
  indicator A1 5 points {
    score tally from full { x below 80%: less 1 point per whole 5pp, at most 3 points }
  }
  indicater B 5 points
}
"""


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of its own; the grammar of this process is forgotten before and after."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    module.grammar.cache_clear()
    yield tmp_path / "perfrules"
    module.grammar.cache_clear()


def read_again() -> object:
    module.grammar.cache_clear()
    return parse(SourceText("a", TEXT))


def test_a_parser_from_the_cache_reads_as_the_one_that_was_built(fresh: Path) -> None:
    built = parse(SourceText("a", TEXT))
    [kept] = fresh.iterdir()
    before = kept.stat().st_mtime_ns
    assert read_again() == built
    assert built.diagnostics[0].args["found"] == "indicater"
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["", "{", "[]", f'{"0" * 64}\n{{"states": []}}', "\x00"])
def test_a_damaged_file_is_made_anew(fresh: Path, damage: str) -> None:
    built = parse(SourceText("a", TEXT))
    [kept] = fresh.iterdir()
    kept.write_text(damage, "utf-8")
    assert read_again() == built
    mended = kept.stat().st_mtime_ns
    assert read_again() == built
    assert kept.stat().st_mtime_ns == mended  # and is read from then on


def test_a_table_with_one_number_changed_is_made_anew(fresh: Path) -> None:
    built = parse(SourceText("a", TEXT))
    [kept] = fresh.iterdir()
    whole = kept.read_text("utf-8")
    damaged = whole.replace('"starts":{"header":', '"starts":{"header":1', 1)
    kept.write_text(damaged, "utf-8")
    assert read_again() == built
    assert kept.read_text("utf-8") != damaged


def test_without_a_folder_to_write_to_all_is_well(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh.parent / "file").write_text("", "utf-8")
    built = parse(SourceText("a", TEXT))
    monkeypatch.setenv("XDG_CACHE_HOME", str(fresh.parent / "file"))
    assert read_again() == built
