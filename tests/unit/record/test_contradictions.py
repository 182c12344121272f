"""Records every byte of which is as the statement says, and which contradict themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from perfrules.record import Fault, FaultKind, NotARecord, open_record
from perfrules.record.common import COMMON
from perfrules.record.container import container
from perfrules.record.digests import sha256_hex
from perfrules.record.merkle import leaf_hash, root_of
from perfrules.record.statement import STATEMENT, SUMS, statement_bytes
from perfrules.writers.canonical import canonical_text
from tests.support.records import bound_again, sealed_again

RECORDS = Path(__file__).parents[2] / "golden" / "records"
MEMBERS = dict(open_record((RECORDS / "judged.zip").read_bytes()).members)
FIRST, SECOND = "entities/1.json", "entities/2.json"


def told(content: bytes) -> set[tuple[str | None, str]]:
    with pytest.raises(NotARecord) as wrong:
        open_record(content)
    assert {fault.kind for fault in wrong.value.faults} == {FaultKind.CONTRADICTION}
    return {(fault.member, fault.about) for fault in wrong.value.faults}


def with_root(members: dict[str, bytes]) -> bytes:
    """Put the root right, so that nothing but what is asked about is wrong."""
    manifest = json.loads(members["manifest.json"])
    parts = [members[f"entities/{number}.json"] for number in range(1, int(manifest["tree"]["size"]) + 1)]
    manifest["tree"]["root"] = root_of([leaf_hash(part) for part in parts]).hex()
    return sealed_again({**members, "manifest.json": canonical_text(manifest).encode()})


def changed(member: str, change: Callable[[bytes], bytes]) -> dict[str, bytes]:
    found = change(MEMBERS[member])
    assert found != MEMBERS[member]
    return {**MEMBERS, member: found}


def test_a_root_that_is_another() -> None:
    other = changed("manifest.json", lambda text: text.replace(b'"root":"', b'"root":"00', 1))
    assert told(sealed_again(other)) == {("manifest.json", "root")}


def test_a_salt_that_does_not_follow_from_the_seed() -> None:
    salt = json.loads(MEMBERS[FIRST])["salt"].encode()
    assert told(with_root(changed(FIRST, lambda text: text.replace(salt, b"0" * 64)))) == {(FIRST, "salt")}


def test_a_leaf_that_is_not_written_canonically() -> None:
    spaced = changed(FIRST, lambda text: text.replace(b'"entity":', b'"entity": '))
    assert told(with_root(spaced)) == {(FIRST, "canonical")}
    twice = changed(FIRST, lambda text: text.replace(b'{"as_of":null', b'{"as_of":true,"as_of":null', 1))
    assert told(with_root(twice)) == {(FIRST, "canonical")}


def test_entities_in_another_order() -> None:
    other = {**MEMBERS, FIRST: MEMBERS[SECOND], SECOND: MEMBERS[FIRST]}
    assert (FIRST, "order") in told(with_root(other))


def test_an_entity_that_stands_twice() -> None:
    assert (FIRST, "order") in told(with_root({**MEMBERS, FIRST: MEMBERS[SECOND]}))


def test_a_list_of_digests_that_is_another() -> None:
    other = {**MEMBERS, SUMS: MEMBERS[SUMS].replace(b"manifest.json", b"manifesto.json")}
    assert told(container({**other, STATEMENT: statement_bytes(other)})) == {(SUMS, "digest")}


def test_a_text_that_the_manifest_does_not_name() -> None:
    other = changed("ruleset/judged.perfrules", lambda text: text + b"\n")
    assert told(bound_again(other)) == {("ruleset/judged.perfrules", "digest"), ("manifest.json", "seed")}


def test_a_manifest_that_binds_something_else() -> None:
    other = changed("problems.json", lambda text: text.replace(b"[", b"[{}", 1))
    assert told(sealed_again(other)) == {(COMMON, "digest")}
    common = changed(COMMON, lambda text: text.replace(b'"salt":"', b'"salt":"0', 1))
    assert told(sealed_again(common)) == {("manifest.json", "digest"), (COMMON, "salt")}


def test_what_lies_beside_the_entities_is_not_changed_without_another_seal() -> None:
    members = dict(open_record((RECORDS / "secret.zip").read_bytes()).members)
    data = {**members, "inputs/given/data.csv": members["inputs/given/data.csv"] + b"\n"}
    assert told(sealed_again(data)) == {(COMMON, "digest")}
    other = open_record(bound_again(data)).members
    assert other["manifest.json"] != members["manifest.json"]
    renderings = open_record((RECORDS / "renderings.zip").read_bytes())
    without = {name: each for name, each in renderings.members.items() if name != "renderings.json"}
    assert told(sealed_again(without)) == {(COMMON, "digest")}
    assert sha256_hex(open_record(bound_again(without)).members["manifest.json"]) != sha256_hex(
        renderings.members["manifest.json"]
    )


def test_a_seed_that_does_not_follow_from_what_was_given() -> None:
    other = changed("inputs/given/data.csv", lambda text: text + b"\n")
    assert told(bound_again(other)) == {("manifest.json", "seed")}


@pytest.mark.parametrize("number", ["1", "1.5", "1e3", "NaN", "-Infinity"])
def test_numbers_that_are_no_texts_are_told(number: str) -> None:
    for member in (FIRST, "manifest.json"):
        other = changed(member, lambda text: text.replace(b"{", b'{"a":' + number.encode() + b",", 1))
        with pytest.raises(NotARecord) as wrong:
            open_record(sealed_again(other))
        assert wrong.value.faults == (Fault(kind=FaultKind.FORMAT, about="number"),)


def test_a_manifest_says_nothing_else() -> None:
    for place in (b'"engine":{', b"{"):
        other = changed("manifest.json", lambda text, place=place: text.replace(place, place + b'"a":"ok",', 1))  # type: ignore[misc]
        assert told(sealed_again(other)) == {("manifest.json", "shape")}


def test_members_that_are_left_out_are_named() -> None:
    for name in (SECOND, "trace.csv", "inputs/given/data.csv", COMMON):
        with pytest.raises(NotARecord) as wrong:
            open_record(sealed_again({each: content for each, content in MEMBERS.items() if each != name}))
        assert wrong.value.faults == (Fault(kind=FaultKind.ABSENT, member=name),)


def test_a_part_of_another_ruleset() -> None:
    digest = json.loads(MEMBERS[FIRST])["ruleset"]["hash"].encode()
    assert told(with_root(changed(FIRST, lambda text: text.replace(digest, b"0" * 64)))) == {(FIRST, "ruleset")}


@pytest.mark.parametrize("member", ["results.json", "cohort.json", "trace.csv", "VERIFY.txt", "nodes.json"])
def test_what_is_made_for_reading_says_nothing_else(member: str) -> None:
    pairs = {
        "results.json": (b"26.9", b"29.9"),
        "cohort.json": (b"{}", b'{"cohort.1":[]}'),
        "trace.csv": (b"7.94", b"9.94"),
        "VERIFY.txt": (b"OK", b"KO"),
        "nodes.json": (b"Ledger", b"Budget") if b"Ledger" in MEMBERS["nodes.json"] else (b"divide", b"multiply"),
    }
    other = changed(member, lambda text: text.replace(*pairs[member]))
    assert member in {name for name, _ in told(sealed_again(other))}


def test_another_format_is_told() -> None:
    other = changed("manifest.json", lambda text: text.replace(b"/record/1", b"/record/2"))
    with pytest.raises(NotARecord) as wrong:
        open_record(sealed_again(other))
    assert wrong.value.faults == (
        Fault(kind=FaultKind.FORMAT, member="manifest.json", about="https://perfrules.dev/record/2"),
    )
