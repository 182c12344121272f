"""Records that somebody changed and sealed again, so that nothing contradicts itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from perfrules.record.common import COMMON, SALTED_AS, common_bytes
from perfrules.record.container import container
from perfrules.record.derived import cohort_bytes, results_in_order, trace_bytes
from perfrules.record.digests import sha256_hex
from perfrules.record.leaves import leaf_bytes
from perfrules.record.merkle import leaf_hash, root_of
from perfrules.record.opening import open_record
from perfrules.record.salts import Salting, stated_salting
from perfrules.record.statement import STATEMENT, SUMS, with_statement
from perfrules.writers.canonical import canonical_text

Change = Callable[[Any], None]


def sealed_again(members: Mapping[str, bytes]) -> bytes:
    """Return a record of these members: the digests are those of what is there."""
    return container(with_statement({name: each for name, each in members.items() if name not in (STATEMENT, SUMS)}))


def forged(
    content: bytes,
    *,
    leaf: Callable[[dict[str, Any]], None] | None = None,
    manifest: Change | None = None,
    nodes: Change | None = None,
    texts: Mapping[str, bytes] | None = None,
) -> bytes:
    """Change what a record says (*leaf* is called with every entity's part) and make everything else fit."""
    opened = open_record(content)
    members = {**opened.members, **(texts or {})}
    leaves = [json.loads(part) for part in opened.parts]
    told, about = json.loads(members["manifest.json"]), json.loads(members["nodes.json"])
    for each in leaves:
        if leaf is not None:
            leaf(each)
    if nodes is not None:
        nodes(about)
    salting = _salting(members, told)
    if salting is not None:
        for each in leaves:
            each["salt"] = salting.salt(each["entity"], each["position"])
        told["salts"] = {**told["salts"], **salting.told}
    parts = [leaf_bytes(each) for each in leaves]
    members.update((f"entities/{number}.json", part) for number, part in enumerate(parts, start=1))
    members["nodes.json"] = canonical_text(about).encode()
    results = json.loads(members["results.json"])
    results["results"] = results_in_order(leaves)
    members["results.json"] = canonical_text(results).encode()
    members["cohort.json"] = cohort_bytes(leaves)
    members["trace.csv"] = trace_bytes(about, leaves)
    told["tree"]["root"] = root_of([leaf_hash(part) for part in parts]).hex()
    told["nodes_sha256"] = sha256_hex(members["nodes.json"])
    for each in told["ruleset"]["files"]:
        each["sha256"] = sha256_hex(members[each["member"]])
    salt = json.loads(members[COMMON])["salt"] if salting is None else salting.salt(*SALTED_AS)
    members[COMMON] = common_bytes(members, salt)
    told["common_sha256"] = sha256_hex(members[COMMON])
    if manifest is not None:
        manifest(told)
    members["manifest.json"] = canonical_text(told).encode()
    return sealed_again(members)


def bound_again(members: Mapping[str, bytes]) -> bytes:
    """Return a record of these members whose manifest and seal are those of what is there; salts stay."""
    common = common_bytes(members, json.loads(members[COMMON])["salt"])
    told = {**json.loads(members["manifest.json"]), "common_sha256": sha256_hex(common)}
    return sealed_again({**members, COMMON: common, "manifest.json": canonical_text(told).encode()})


def _salting(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Salting | None:
    """Return the stated seed that follows from what is given now; None where the seed is secret."""
    if "seed" not in manifest["salts"]:
        return None
    return stated_salting({name: each for name, each in members.items() if name.startswith(("ruleset/", "inputs/"))})
