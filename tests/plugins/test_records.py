"""Records of runs that plug-ins took part in: named, allowed by whoever replays, and known by their digests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from perfrules import load
from perfrules.record import PluginsNotAllowed, make_record, open_record, replay
from tests.plugins.test_example_package import DATA, RULES, run

NAMES = ("efficacy", "gini", "keyvalue")


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    (tmp_path / "demo.perfrules").write_text(RULES, "utf-8")
    (tmp_path / "data.kv").write_text(DATA, "utf-8")
    rules = load(tmp_path / "demo.perfrules", plugins=NAMES)
    return make_record(rules, tmp_path / "data.kv", ruleset=tmp_path / "demo.perfrules", plugins=NAMES).content


def test_plug_ins_are_named_with_version_and_digest(content: bytes) -> None:
    found = open_record(content).manifest["plugins"]
    assert sorted((each["name"], each["kind"]) for each in found) == [
        ("efficacy", "method"),
        ("gini", "method"),
        ("keyvalue", "reader"),
    ]
    assert {len(each["digest"]) for each in found} == {64}


def test_whoever_replays_allows_them(content: bytes) -> None:
    with pytest.raises(PluginsNotAllowed) as wrong:
        replay(content, plugins=("gini",))
    assert wrong.value.names == ("efficacy", "keyvalue")
    assert replay(content, plugins=NAMES).difference is None


def test_another_plug_in_of_that_name_is_the_first_difference(content: bytes, tmp_path: Path, site: Path) -> None:
    changed = tmp_path / "site"
    shutil.copytree(site, changed)
    module = next(changed.rglob("gini.py"))
    module.write_text(module.read_text("utf-8") + "# changed\n", "utf-8")
    (tmp_path / "r.zip").write_bytes(content)
    allowed = [word for name in NAMES for word in ("--plugin", name)]
    assert "all the same" in run(tmp_path, site, "replay", "r.zip", *allowed).stdout
    found = run(tmp_path, changed, "replay", "r.zip", *allowed, status=1).stdout
    assert "the first difference is in plugins." in found
    assert ".digest: recorded " in found
