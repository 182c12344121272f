"""Whatever somebody puts into a record and seals again: messages, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from perfrules.record import (
    NotARecord,
    NotPerformed,
    Opened,
    PluginsNotAllowed,
    check_proof,
    csv_sheet,
    open_record,
    proof_of,
    replay,
    sampling_sheet,
)
from perfrules.record.container import container
from perfrules.record.statement import STATEMENT, SUMS
from tests.support.records import forged, sealed_again

RECORDS = Path(__file__).parents[2] / "golden" / "records"
ODD: tuple[Any, ...] = (None, True, 7, "", "x", "-1", "9" * 5000, "\ud800", [], {}, [[]], [{}], {"a": None}, "1/0")
MEMBERS = ("manifest.json", "nodes.json", "results.json", "cohort.json", "problems.json", "entities/1.json")


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, each in parts:
        yield from places(each, (*path, key))


def with_odd(tree: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = with_odd(copy[path[0]], path[1:], odd)
    return copy


def bears(content: bytes) -> None:
    """Everything that can be done with a record is done, and refused in words where it cannot be."""
    try:
        opened = open_record(content)
    except NotARecord:
        return
    use(opened)
    try:
        replay(content)
    except (NotARecord, NotPerformed, PluginsNotAllowed):
        return


def use(opened: Opened) -> None:
    csv_sheet(sampling_sheet(opened, 2, "s", "zh"))
    for leaf in opened.leaves:
        check_proof(proof_of(opened, leaf["entity"], int(leaf["position"])))


def written(tree: Any) -> bytes:
    return (json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode(
        "utf-8", "surrogatepass"
    )


@pytest.mark.parametrize("member", MEMBERS)
def test_odd_values_anywhere_in_a_member_are_borne(member: str) -> None:
    members = dict(open_record((RECORDS / "judged.zip").read_bytes()).members)
    tree = json.loads(members[member])
    draws = Random(member)
    paths = list(places(tree))
    for path in draws.sample(paths, min(60, len(paths))):
        bears(sealed_again({**members, member: written(with_odd(tree, path, draws.choice(ODD)))}))


@pytest.mark.parametrize("name", ["judged", "cohort", "nested"])
def test_odd_values_that_fit_everywhere_are_borne(name: str) -> None:
    content = (RECORDS / f"{name}.zip").read_bytes()
    draws = Random(name)
    leaf = open_record(content).leaves[0]
    for path in draws.sample(list(places(leaf))[1:], 60):
        odd = draws.choice([each for each in ODD if each != "\ud800"])

        def change(tree: dict[str, Any], path: tuple[Any, ...] = path, odd: Any = odd) -> None:
            if tree["entity"] == leaf["entity"]:
                tree.update(with_odd(tree, path, odd))

        try:
            made = forged(content, leaf=change)
        except (ValueError, TypeError, LookupError, AttributeError):
            continue  # nothing that fits can be made of this
        bears(made)


@pytest.mark.parametrize(
    "run",
    [
        {"as_of": "2024-13-01"},
        {"as_of": "9" * 5000},
        {"settings": {"spent": "x"}},
        {"settings": {"nobody": "1"}},
        {"plugins": ["gini"]},
        {"data": {"member": "inputs/given/data.csv", "name": "a/b.csv"}},
        {"data": {"member": "inputs/given/data.csv", "name": "data.exe"}},
        {"data": {"member": "inputs/given/data.csv", "name": "data.parquet"}},
        {"data": {"member": "inputs/given/data.csv", "name": "data.xlsx"}},
        {"data": {"member": "inputs/given/none.csv", "name": "data.csv"}},
        {"tables": [{"member": "inputs/given/data.csv", "name": "data.csv"}]},
        {"results": [{"member": "results.json", "alias": "nobody"}]},
        {"results": [{"member": "nodes.json", "alias": ""}]},
        {"no_previous": True},
        {"ignore_unknown": True},
    ],
    ids=lambda run: json.dumps(run)[:40],
)
def test_what_a_run_is_said_to_be_given_is_borne(run: dict[str, Any]) -> None:
    content = (RECORDS / "judged.zip").read_bytes()
    bears(forged(content, manifest=lambda manifest: manifest["run"].update(run)))


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe", b"ruleset", b"ruleset a {" * 3000, b"(" * 5000, b"library a {}"], ids=repr
)
def test_texts_that_are_no_rulesets_are_borne(text: bytes) -> None:
    bears(forged((RECORDS / "judged.zip").read_bytes(), texts={"ruleset/judged.perfrules": text}))


@pytest.mark.parametrize("member", [*MEMBERS, STATEMENT, SUMS, "trace.csv", "VERIFY.txt"])
@pytest.mark.parametrize("content", [b"", b"[" * 200_000, b"\xff", b"{", b"null\n", b"1" * 6000, b'{"a":NaN}\n'])
def test_members_that_are_something_else_are_refused(member: str, content: bytes) -> None:
    members = dict(open_record((RECORDS / "nested.zip").read_bytes()).members)
    changed = {**members, member: content}
    with pytest.raises(NotARecord):
        open_record(container(changed) if member in (STATEMENT, SUMS) else sealed_again(changed))
