"""The folder is the user's alone, of limited size, and whatever is wrong with it is never an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfrules import api
from perfrules.cache.folder import cache_folder, keep, kept_in, read_kept, remove_oldest, why_nothing_is_kept

TEXT = 'ruleset a "A" version "1" {\n  total 5 points\n  indicator A1 5 points { score full }\n}\n'
KEYS = [f"{number:x}" * 64 for number in range(1, 6)]


def test_it_lies_where_the_system_keeps_such_things(tmp_path: Path) -> None:
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "perfrules" / "rulesets"
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path), "PERFRULES_CACHE": "/here"}) == Path("/here")
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path), "PERFRULES_CACHE": "off"}) is None


def test_it_is_made_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    keep(folder, KEYS[0], b"content")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [each.path.stat().st_mode & 0o777 for each in kept_in(folder)] == [0o600]
    assert read_kept(folder, KEYS[0]) == b"content"
    assert read_kept(folder, KEYS[1]) is None


def test_a_folder_that_others_may_write_to_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    keep(folder, KEYS[0], b"content")
    folder.chmod(0o770)
    assert read_kept(folder, KEYS[0]) is None
    assert why_nothing_is_kept(folder) == "not-private"
    with pytest.raises(PermissionError):
        keep(folder, KEYS[1], b"more")
    monkeypatch.setenv("PERFRULES_CACHE", str(folder))
    assert api.compile(TEXT).diagnostics == api.compile(TEXT).diagnostics
    assert len(list(kept_in(folder))) == 1


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    keep(tmp_path / "cache", KEYS[0], b"content")
    (tmp_path / "link").symlink_to(tmp_path / "cache")
    assert read_kept(tmp_path / "link", KEYS[0]) is None
    assert why_nothing_is_kept(tmp_path / "link") == "not-private"


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "file" / "cache"))
    compiled = api.compile(TEXT)
    assert api.compile(TEXT).diagnostics == compiled.diagnostics
    assert why_nothing_is_kept(tmp_path / "file" / "cache") is not None


def test_nothing_is_kept_where_it_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PERFRULES_CACHE", "off")
    api.compile(TEXT)
    assert not (tmp_path / "perfrules" / "rulesets").exists()


def test_what_was_not_used_for_the_longest_time_is_removed_first(tmp_path: Path) -> None:
    for number, key in enumerate(KEYS):
        keep(tmp_path / "cache", key, bytes(10))
        os.utime(next(each.path for each in kept_in(tmp_path / "cache") if key in each.path.name), (number, number))
    assert read_kept(tmp_path / "cache", KEYS[0]) is not None
    assert left(tmp_path / "cache", 1_000, 4) == {KEYS[0], *KEYS[2:]}
    assert left(tmp_path / "cache", 25, 4) == {KEYS[0], KEYS[4]}


def left(folder: Path, most_bytes: int, most_files: int) -> set[str]:
    remove_oldest(folder, most_bytes, most_files)
    return {each.path.name.partition(".")[0] for each in kept_in(folder)}


def test_files_of_others_are_none_of_its_business(tmp_path: Path) -> None:
    keep(tmp_path / "cache", KEYS[0], b"content")
    (tmp_path / "cache" / "mine.txt").write_text("mine")
    remove_oldest(tmp_path / "cache", 0, 0)
    assert [each.name for each in (tmp_path / "cache").iterdir()] == ["mine.txt"]
