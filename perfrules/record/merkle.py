"""The Merkle tree of RFC 6962 over the entities of a record: one root for all, and a short proof for each.

A leaf's hash is SHA-256 of a byte 0 and the leaf, that of two hashes SHA-256 of a byte 1 and both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of the leaves, in their order.

    >>> root_of([]).hex()[:8], root_of([leaf_hash(b"")]).hex()[:8]
    ('e3b0c442', '6e340b9c')
    """
    if not hashes:
        return hashlib.sha256(b"").digest()
    level = list(hashes)
    while len(level) > 1:  # a last one without partner goes up as it is, which is RFC 6962's split
        pairs = [_joined(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
        level = [*pairs, *level[len(level) // 2 * 2 :]]
    return level[0]


def audit_path(hashes: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """Return what is needed beside the leaf at *place* (from 0) to reach the root, from the leaf upwards."""
    path: list[bytes] = []
    level = list(hashes)
    while len(level) > 1:
        partner = place ^ 1
        if partner < len(level):
            path.append(level[partner])
        pairs = [_joined(level[each], level[each + 1]) for each in range(0, len(level) - 1, 2)]
        level = [*pairs, *level[len(level) // 2 * 2 :]]
        place //= 2
    return tuple(path)


def root_from(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf's *path* leads to; None where the path is none of a tree of this *size*."""
    if not 0 <= place < size:
        return None
    found, rest, last = leaf_hash(leaf), list(path), size - 1
    while last > 0:
        if place % 2 or place < last:
            if not rest:
                return None
            partner = rest.pop(0)
            found = _joined(partner, found) if place % 2 else _joined(found, partner)
        place, last = place // 2, last // 2
    return None if rest else found


def _joined(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
