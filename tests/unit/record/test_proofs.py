"""One entity shown alone: it proves that it belongs to the whole, and tells nothing of the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfrules import load
from perfrules.record import NotARecord, SeveralOfThatName, check_proof, is_meant, make_record, open_record, proof_of
from perfrules.record.common import COMMON
from perfrules.record.digests import sha256_hex
from perfrules.writers.canonical import canonical_text
from tests.golden.record_kinds import JUDGED, KINDS, record_of

RECORDS = Path(__file__).parents[2] / "golden" / "records"


def kept(name: str) -> bytes:
    return (RECORDS / f"{name}.zip").read_bytes()


@pytest.mark.parametrize("name", KINDS)
def test_every_entity_can_be_shown_and_proved(name: str) -> None:
    opened = open_record(kept(name))
    for leaf in opened.leaves:
        proof = check_proof(proof_of(opened, leaf["entity"]))
        assert (proof.entity, proof.leaf) == (leaf["entity"], leaf)
        assert proof.root == opened.manifest["tree"]["root"]
        assert is_meant(opened, root=proof.root, seal=proof.seal)
        assert is_meant(opened.members["manifest.json"], root=proof.root, seal=proof.seal)
        assert is_meant(proof.root.upper(), root=proof.root, seal=proof.seal)
        assert not is_meant("00" * 32, root=proof.root, seal=proof.seal)


def test_a_proof_has_the_statistics_that_were_used_and_nothing_else_of_others() -> None:
    opened = open_record(kept("cohort"))
    content = proof_of(opened, "乙镇")
    tree = json.loads(content)
    assert tree["leaf"]["statistics"]["cohort.2"] == {"value": "104.25", "count": "2", "absent": []}
    text = content.decode()
    assert [name for name in ("甲镇", "丙镇", "丁镇") if name in text] == []
    assert "戊镇" in text  # the statistic says who did not count
    for name, member in opened.members.items():
        if name not in ("manifest.json", "nodes.json", COMMON) and not name.startswith("ruleset/"):
            assert sha256_hex(member) not in text
    assert json.loads(opened.members[COMMON])["salt"] not in text  # without it nobody tries what common.json says


def test_nothing_in_a_proof_can_be_changed() -> None:
    content = proof_of(open_record(kept("judged")), "教育局")

    def changed(*path: str, to: Any) -> bytes:
        tree = json.loads(content)
        place = tree
        for name in path[:-1]:
            place = place[name]
        assert place[path[-1]] != to
        place[path[-1]] = to
        return canonical_text(tree).encode()

    for damaged in (
        changed("leaf", "result", "total", to="29"),
        changed("leaf", "salt", to="00" * 32),
        changed("manifest", "tree", "root", to="00" * 32),
        changed("manifest", "nodes_sha256", to="00" * 32),
        changed("manifest", "ruleset", "hash", to="00" * 32),
        changed("number", to="1"),
        changed("number", to="x"),
        changed("path", to=[]),
        changed("path", to=["zz"]),
        changed("nodes", "nodes", to=[]),
        changed("format", to="https://perfrules.dev/record/2/proof"),
        changed("leaf", to=None),
        content + b" ",
        content[:-5],
        b"",
        b"[]",
        b"[" * 100_000,
    ):
        with pytest.raises(NotARecord):
            check_proof(damaged)


def test_a_changed_manifest_is_another_record() -> None:
    opened = open_record(kept("judged"))
    tree = json.loads(proof_of(opened, "教育局"))
    tree["manifest"]["engine"]["version"] = "9"
    proof = check_proof(canonical_text(tree).encode())
    assert not is_meant(opened, root=proof.root, seal=proof.seal)


def test_entities_of_one_name_are_told_apart_by_position(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("部门,spent,Budget\n甲局,1,2\n甲局,3,4\n", "utf-8")
    (tmp_path / "rules.perfrules").write_text(JUDGED, "utf-8")
    opened = open_record(make_record(load(tmp_path / "rules.perfrules"), tmp_path / "data.csv").content)
    with pytest.raises(SeveralOfThatName) as several:
        proof_of(opened, "甲局")
    assert several.value.positions == ("1", "2")
    assert check_proof(proof_of(opened, "甲局", 2)).leaf["position"] == "2"
    with pytest.raises(LookupError):
        proof_of(opened, "乙局")


def test_a_secret_is_nowhere_in_the_record(tmp_path: Path) -> None:
    from tests.golden.record_kinds import SECRET

    content = record_of("secret", tmp_path).content
    assert SECRET not in content
    assert SECRET.hex().encode() not in content
    salts = {leaf["salt"] for leaf in open_record(content).leaves}
    stated = {leaf["salt"] for leaf in open_record(kept("judged")).leaves}
    assert len(salts) == len(stated) == 4
    assert not salts & stated
