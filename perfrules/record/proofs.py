"""One entity's part of a record shown alone, and proved part of the whole by the path to the root.

A proof has the leaf (with its salt, the statistics across entities that its rules used, and every value), what the
nodes are, the manifest, and the hashes beside the way to the root. Nothing of any other entity is in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from perfrules.record.consistency import is_of_ruleset
from perfrules.record.digests import sha256_hex
from perfrules.record.integrity import Fault, FaultKind
from perfrules.record.leaves import leaf_bytes
from perfrules.record.limits import PROOF_BYTES
from perfrules.record.merkle import audit_path, root_from
from perfrules.record.opening import NotARecord, Opened
from perfrules.record.plain_json import NumberFound, tree_of
from perfrules.record.shapes import is_leaf, is_manifest, is_nodes
from perfrules.record.versions import PROOF_FORMAT
from perfrules.writers.canonical import canonical_text


@frozen(kw_only=True)
class Proof:
    """A proof that holds in itself: the leaf leads to the *root* that the manifest states."""

    leaf: Mapping[str, Any] = field(repr=False)
    manifest: Mapping[str, Any] = field(repr=False)
    root: str
    seal: str

    @property
    def entity(self) -> str:
        """The entity it is of."""
        return str(self.leaf["entity"])


class SeveralOfThatName(Exception):  # noqa: N818 - it says what is so
    """Entities of one name: *positions* in the data tell them apart."""

    def __init__(self, positions: tuple[str, ...]) -> None:
        self.positions = positions
        super().__init__(", ".join(positions))


def proof_of(opened: Opened, entity: str, position: int | None = None) -> bytes:
    """Return the proof of an entity's part. LookupError where there is none, SeveralOfThatName where there are more."""
    found = [
        place
        for place, leaf in enumerate(opened.leaves)
        if leaf["entity"] == entity and position in (None, int(leaf["position"]))
    ]
    if not found:
        raise LookupError(entity)
    if len(found) > 1:
        raise SeveralOfThatName(tuple(opened.leaves[place]["position"] for place in found))
    [place] = found
    tree = {
        "format": PROOF_FORMAT,
        "manifest": opened.manifest,
        "nodes": json.loads(opened.members["nodes.json"]),
        "leaf": opened.leaves[place],
        "number": str(place + 1),
        "path": [each.hex() for each in audit_path(opened.hashes, place)],
    }
    return canonical_text(tree).encode("utf-8")


def check_proof(content: bytes) -> Proof:
    """Check that a proof holds in itself. NotARecord says why it does not."""
    if len(content) > PROOF_BYTES:
        raise NotARecord([Fault(kind=FaultKind.TOO_LARGE)])
    try:
        return _checked(content)
    except NumberFound:
        raise NotARecord([Fault(kind=FaultKind.FORMAT, about="number")]) from None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as wrong:
        raise NotARecord([Fault(kind=FaultKind.FORMAT, about=type(wrong).__name__)]) from None


def _checked(content: bytes) -> Proof:
    tree = tree_of(content)
    if tree["format"] != PROOF_FORMAT:
        raise NotARecord([Fault(kind=FaultKind.FORMAT, about=str(tree["format"])[:80])])
    if canonical_text(tree).encode("utf-8") != content:
        raise NotARecord([Fault(kind=FaultKind.CONTRADICTION, member="proof", about="canonical")])
    manifest, leaf = tree["manifest"], tree["leaf"]
    if not (is_manifest(manifest) and is_leaf(leaf) and is_nodes(tree["nodes"])):
        raise NotARecord([Fault(kind=FaultKind.CONTRADICTION, member="proof", about="shape")])
    size, root = int(manifest["tree"]["size"]), manifest["tree"]["root"]
    path = [bytes.fromhex(each) for each in tree["path"]]
    found = root_from(leaf_bytes(leaf), int(tree["number"]) - 1, size, path)
    if found is None or found.hex() != root:
        raise NotARecord([Fault(kind=FaultKind.CONTRADICTION, member="proof", about="root")])
    if sha256_hex(canonical_text(tree["nodes"]).encode("utf-8")) != manifest["nodes_sha256"]:
        raise NotARecord([Fault(kind=FaultKind.CONTRADICTION, member="proof", about="digest")])
    if not is_of_ruleset(leaf, manifest):
        raise NotARecord([Fault(kind=FaultKind.CONTRADICTION, member="proof", about="ruleset")])
    seal = sha256_hex(canonical_text(manifest).encode("utf-8"))
    return Proof(leaf=leaf, manifest=manifest, root=root, seal=seal)


def is_meant(whole: Opened | bytes | str, *, root: str, seal: str) -> bool:
    """Tell whether the record with this root and seal is *whole*: a record, the bytes of its manifest, or its root or
    seal in hex.
    """
    match whole:
        case str():
            return whole.strip().lower() in (root, seal)
        case bytes():
            return sha256_hex(whole) == seal
        case Opened():
            return sha256_hex(whole.members["manifest.json"]) == seal
