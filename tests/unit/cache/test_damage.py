"""A file that is damaged, or another's, is no file: the text is compiled, with the same outcome, and kept again."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from perfrules import api
from perfrules.cache.folder import kept_in
from perfrules.cache.sections import packed, unpacked
from tests.support.kept import all_of

TEXT = """ruleset a "A" version "1" {
  total 15 points
  input x : % in [0%, 100%]
  input unused : 万元 in [0, 1_000]
  indicator A1 10 points {
    measure x
    score tally from full { x below 80%: less 1 point per whole 5pp, at most 3 points }
  }
  indicator A2 5 points { score judged { "good" -> [3, 5]; "poor" -> [0, 2] } }
  test "all of it" { given x = 90%; expect A1 = 10 }
}
"""
KEY = "a" * 64


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one file of a cache folder, in which TEXT is kept."""
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "cache"))
    api.compile(TEXT)
    [kept] = kept_in(tmp_path / "cache")
    return kept.path


def test_no_change_of_its_bytes_gives_another_ruleset(file: Path) -> None:
    whole = file.read_bytes()
    compiled = all_of(api.compile(TEXT))
    random = Random(4)
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(random.choice((1, 1, 5))):
            content[random.randrange(len(content))] = random.randrange(256)
        file.write_bytes(bytes(content))
        assert all_of(api.compile(TEXT)) == compiled
        assert file.read_bytes() == whole


@pytest.mark.parametrize("length", [0, 1, 40, 110, 200, -1])
def test_a_file_that_ends_early_is_made_anew(file: Path, length: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    assert api.compile(TEXT).ruleset is not None
    assert file.read_bytes() == whole


@pytest.mark.parametrize(
    "sections",
    [
        {},
        {"head": b"{}"},
        {"head": b"[]", "made": b"[]", "sources": b"[]"},
        {"head": b"\xff"},
        {"head": b'{"asked":[],"offers":null,"read":[],"slots":[],"is library":false,"sources":[],"part":1}'},
        {
            "head": b'{"asked":[],"offers":null,"read":[],"slots":[],"is library":false,"sources":[],"part":1}',
            "made": b'[[],[],[[99,"os.system"]]]',
        },
    ],
)
def test_a_file_that_is_whole_but_none_of_ours_is_made_anew(file: Path, sections: dict[str, bytes]) -> None:
    whole = file.read_bytes()
    file.write_bytes(packed(file.name.partition(".")[0], sections))
    assert api.compile(TEXT).ruleset is not None
    assert file.read_bytes() == whole


def test_a_file_under_another_key_is_not_read(file: Path) -> None:
    content = file.read_bytes()
    assert unpacked(file.name.partition(".")[0], content) is not None
    assert unpacked(KEY, content) is None


def test_sections_come_back_as_they_were() -> None:
    sections = {"one": b"first", "none": b"", "two": b"\n\x00second"}
    content = packed(KEY, sections)
    assert {name: bytes(section) for name, section in (unpacked(KEY, content) or {}).items()} == sections
    assert unpacked(KEY, content + b"more") is None


def test_a_head_that_is_no_list_of_sections_is_refused() -> None:
    for head in (b"[]", b"3", json.dumps([KEY, None]).encode()):
        line = f"perfrules-compiled-ruleset {sha256(head).hexdigest()} {len(head)}\n".encode()
        assert unpacked(KEY, line + head) is None
