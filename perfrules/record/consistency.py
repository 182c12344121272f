"""Whether what the members of a record say fits together: digests, root, salts, and the members made for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perfrules.record.common import COMMON, SALTED_AS, common_bytes
from perfrules.record.container import order_of
from perfrules.record.derived import cohort_bytes, results_in_order, trace_bytes
from perfrules.record.digests import sha256_hex
from perfrules.record.integrity import Fault, FaultKind
from perfrules.record.leaves import leaf_bytes
from perfrules.record.merkle import leaf_hash, root_of
from perfrules.record.plain_json import NumberFound, tree_of
from perfrules.record.renderings import RENDERINGS, is_list
from perfrules.record.salts import salt_of, stated_salting
from perfrules.record.shapes import is_leaf, is_manifest, is_nodes
from perfrules.record.statement import STATEMENT, SUMS, sums_bytes
from perfrules.record.verify_text import verify_text
from perfrules.record.versions import FORMAT
from perfrules.writers.canonical import canonical_text

_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def contradictions(members: Mapping[str, bytes]) -> tuple[Fault, ...]:
    """Return what contradicts itself in a record every byte of which is whole."""
    try:
        manifest = tree_of(members["manifest.json"])
        if manifest["format"] != FORMAT:
            return (Fault(kind=FaultKind.FORMAT, member="manifest.json", about=str(manifest["format"])[:80]),)
        if not is_manifest(manifest):
            return (_misshapen("manifest.json"),)
        size = int(manifest["tree"]["size"])
        if size > len(members):
            return (Fault(kind=FaultKind.ABSENT, member=f"entities/{len(members)}.json"),)
        absent = sorted(_known(manifest) - {RENDERINGS} - set(members), key=order_of)
        if absent:
            return tuple(Fault(kind=FaultKind.ABSENT, member=name) for name in absent)
        parts = tuple(members[f"entities/{number}.json"] for number in range(1, size + 1))
        leaves, nodes = [tree_of(part) for part in parts], tree_of(members["nodes.json"])
        shapes = [*((f"entities/{number}.json", is_leaf(leaf)) for number, leaf in enumerate(leaves, start=1))]
        wrong = [name for name, is_right in (*shapes, ("nodes.json", is_nodes(nodes))) if not is_right]
        if wrong:
            return tuple(map(_misshapen, wrong))
        return (
            *_of_tree(manifest, parts, leaves),
            *_of_seal(members, manifest),
            *_of_members(members, manifest, leaves),
        )
    except NumberFound:
        return (Fault(kind=FaultKind.FORMAT, about="number"),)
    except _MALFORMED as wrong_type:
        return (Fault(kind=FaultKind.FORMAT, about=type(wrong_type).__name__),)


def _misshapen(member: str) -> Fault:
    return Fault(kind=FaultKind.CONTRADICTION, member=member, about="shape")


def _of_tree(
    manifest: Mapping[str, Any], parts: Sequence[bytes], leaves: Sequence[Mapping[str, Any]]
) -> Iterator[Fault]:
    if root_of([leaf_hash(part) for part in parts]).hex() != manifest["tree"]["root"]:
        yield _contradiction("manifest.json", "root")
    order = [(leaf["entity"], int(leaf["position"])) for leaf in leaves]
    if order != sorted(order) or sorted(position for _, position in order) != list(range(1, len(order) + 1)):
        yield _contradiction("entities/1.json", "order")
    seed = manifest["salts"].get("seed")
    for number, (part, leaf) in enumerate(zip(parts, leaves, strict=True), start=1):
        member = f"entities/{number}.json"
        if leaf_bytes(leaf) != part:
            yield _contradiction(member, "canonical")
        if not is_of_ruleset(leaf, manifest):
            yield _contradiction(member, "ruleset")
        if seed is not None and leaf["salt"] != salt_of(bytes.fromhex(seed), leaf["entity"], leaf["position"]):
            yield _contradiction(member, "salt")


def _of_seal(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the manifest does not bind as it must: a stated seed follows from what was given."""
    salt, seed = tree_of(members[COMMON])["salt"], manifest["salts"].get("seed")
    if not isinstance(salt, str) or common_bytes(members, salt) != members[COMMON]:
        yield _contradiction(COMMON, "digest")
    if sha256_hex(members[COMMON]) != manifest["common_sha256"]:
        yield _contradiction("manifest.json", "digest")
    if seed is None:
        return
    given = {name: text for name, text in members.items() if name.startswith(("ruleset/", "inputs/"))}
    if stated_salting(given).told["seed"] != seed:
        yield _contradiction("manifest.json", "seed")
    elif salt != salt_of(bytes.fromhex(seed), *SALTED_AS):
        yield _contradiction(COMMON, "salt")


def is_of_ruleset(leaf: Mapping[str, Any], manifest: Mapping[str, Any]) -> bool:
    """Tell whether an entity's part is of the ruleset and the date that the manifest names."""
    ruleset = {name: manifest["ruleset"][name] for name in ("name", "version", "hash")}
    return bool(leaf["ruleset"] == ruleset and leaf["as_of"] == manifest["as_of"])


def _of_members(
    members: Mapping[str, bytes], manifest: Mapping[str, Any], leaves: Sequence[Mapping[str, Any]]
) -> Iterator[Fault]:
    nodes = tree_of(members["nodes.json"])
    if sha256_hex(members["nodes.json"]) != manifest["nodes_sha256"]:
        yield _contradiction("nodes.json", "digest")
    for each in manifest["ruleset"]["files"]:
        if sha256_hex(members[each["member"]]) != each["sha256"]:
            yield _contradiction(each["member"], "digest")
    for name in ("manifest.json", "nodes.json", "problems.json", "results.json", RENDERINGS):
        if name in members and canonical_text(tree_of(members[name])).encode("utf-8") != members[name]:
            yield _contradiction(name, "canonical")
    if tree_of(members["results.json"])["results"] != results_in_order(leaves):
        yield _contradiction("results.json", "entities")
    if not isinstance(tree_of(members["problems.json"]).get("problems"), list):
        yield _misshapen("problems.json")
    if RENDERINGS in members and not is_list(tree_of(members[RENDERINGS])):
        yield _misshapen(RENDERINGS)
    if members["cohort.json"] != cohort_bytes(leaves):
        yield _contradiction("cohort.json", "entities")
    if members["trace.csv"] != trace_bytes(nodes, leaves):
        yield _contradiction("trace.csv", "entities")
    if members[SUMS] != sums_bytes(members):
        yield _contradiction(SUMS, "digest")
    if members["VERIFY.txt"] != verify_text():
        yield _contradiction("VERIFY.txt", "text")
    yield from (_contradiction(name, "unknown") for name in sorted(set(members) - _known(manifest)))


def _known(manifest: Mapping[str, Any]) -> set[str]:
    """Return the members that a record with this manifest has."""
    run = manifest["run"]
    given = [run["data"], *run["tables"], *run["results"], *manifest["ruleset"]["files"]]
    entities = (f"entities/{number}.json" for number in range(1, int(manifest["tree"]["size"]) + 1))
    fixed = ("manifest.json", "nodes.json", "results.json", "cohort.json", "problems.json", "trace.csv", "VERIFY.txt")
    return {*fixed, RENDERINGS, COMMON, SUMS, STATEMENT, *entities, *(each["member"] for each in given)}


def _contradiction(member: str, about: str) -> Fault:
    return Fault(kind=FaultKind.CONTRADICTION, member=member, about=about)
