"""What a record holds besides its entities and its manifest, bound to the manifest, and so to the seal.

Their digests stand in a member of their own behind a salt, and the manifest has the digest of that member: it binds
them, and still goes with the proof of one entity without telling anything of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfrules.record.container import order_of
from perfrules.record.digests import sha256_hex
from perfrules.record.statement import STATEMENT, SUMS
from perfrules.writers.canonical import canonical_text

COMMON: Final = "common.json"
SALTED_AS: Final = ("", "0")
"""The name and position under which its salt is made; no entity stands at 0."""

_APART: Final = frozenset({"manifest.json", COMMON, SUMS, STATEMENT})
_ENTITIES: Final = "entities/"


def common_bytes(members: Mapping[str, bytes], salt: str) -> bytes:
    """Return the salt and the SHA-256 of all members but entities, manifest, and what lists members."""
    names = sorted((name for name in members if name not in _APART and not name.startswith(_ENTITIES)), key=order_of)
    return canonical_text({"salt": salt, "sha256": {name: sha256_hex(members[name]) for name in names}}).encode("utf-8")
