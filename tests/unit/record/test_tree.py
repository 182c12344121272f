"""The Merkle tree and the digests, against their definitions written a second time."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.record import open_record
from perfrules.record.digests import digests
from perfrules.record.merkle import audit_path, leaf_hash, root_from, root_of
from perfrules.record.sm3 import sm3_hex

RECORDS = Path(__file__).parents[2] / "golden" / "records"


def tree_hash(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it stands there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:])).digest()


def path(place: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if place < split:
        return [*path(place, leaves[:split]), tree_hash(leaves[split:])]
    return [*path(place - split, leaves[split:]), tree_hash(leaves[:split])]


@pytest.mark.parametrize("size", range(34))
def test_root_and_paths_are_those_of_the_rfc(size: int) -> None:
    leaves = [f"leaf {number}".encode() for number in range(size)]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    assert root_of(hashes) == tree_hash(leaves)
    for place, leaf in enumerate(leaves):
        found = audit_path(hashes, place)
        assert list(found) == path(place, leaves)
        assert root_from(leaf, place, size, found) == tree_hash(leaves)


@given(st.integers(2, 40), st.data())
@settings(max_examples=60, deadline=None)
def test_no_other_leaf_place_or_path_leads_to_the_root(size: int, data: st.DataObject) -> None:
    leaves = [bytes([number]) for number in range(size)]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    place = data.draw(st.integers(0, size - 1))
    found, root = audit_path(hashes, place), root_of(hashes)
    assert root_from(b"other", place, size, found) != root
    assert root_from(leaves[place], (place + 1) % size, size, found) != root
    assert root_from(leaves[place], place, size, (*found, b"\0" * 32)) is None
    assert root_from(leaves[place], place, size, found[:-1]) != root
    assert root_from(leaves[place], size, size, found) is None


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_sm3_in_python_is_that_of_the_library(content: bytes) -> None:
    if "sm3" in hashlib.algorithms_available:
        assert sm3_hex(content) == hashlib.new("sm3", content).hexdigest()
    assert digests(content) == {"sha256": hashlib.sha256(content).hexdigest(), "sm3": sm3_hex(content)}


def test_sm3_of_the_standard() -> None:
    """GB/T 32905-2016, annex A."""
    assert sm3_hex(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3_hex(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.mark.parametrize("name", ["judged", "cohort"])
def test_the_root_of_a_record_can_be_reckoned_without_perfrules(name: str) -> None:
    members = open_record((RECORDS / f"{name}.zip").read_bytes()).members
    manifest = json.loads(members["manifest.json"])
    leaves = [members[f"entities/{number}.json"] for number in range(1, int(manifest["tree"]["size"]) + 1)]
    assert tree_hash(leaves).hex() == manifest["tree"]["root"]
    names = [json.loads(leaf)["entity"] for leaf in leaves]
    assert names == sorted(names)
    seed = bytes.fromhex(manifest["salts"]["seed"])
    for leaf in map(json.loads, leaves):
        message = f"{leaf['entity']}\0{leaf['position']}".encode()
        assert leaf["salt"] == hmac.new(seed, message, "sha256").hexdigest()


def test_the_seed_that_is_stated_follows_from_what_was_given() -> None:
    members = open_record((RECORDS / "results.zip").read_bytes()).members
    given_names = sorted(name for name in members if name.startswith(("ruleset/", "inputs/")))
    assert [name.split("/")[0] for name in given_names] == ["inputs", "inputs", "ruleset", "ruleset"]
    lines = [f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in given_names]
    seed = hashlib.sha256(("perfrules record 1\n" + "".join(lines)).encode()).hexdigest()
    assert json.loads(members["manifest.json"])["salts"]["seed"] == seed


def test_statement_and_json_members_are_canonical() -> None:
    rfc8785 = pytest.importorskip("rfc8785")
    for record in RECORDS.glob("*.zip"):
        for name, content in open_record(record.read_bytes()).members.items():
            if name.endswith(".json") and not name.startswith("inputs/given"):
                assert rfc8785.dumps(json.loads(content)) + b"\n" == content


def test_a_system_without_sm3_writes_the_same_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests(b"record")

    def lacking(name: str, content: bytes = b"") -> object:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", lacking)
    assert digests(b"record") == before
