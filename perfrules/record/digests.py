"""Digests of members: SHA-256, and SM3 for those whose rules ask for it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from perfrules.record.sm3 import sm3_hex


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of *content* in hex."""
    return hashlib.sha256(content).hexdigest()


def digests(content: bytes) -> Mapping[str, str]:
    """Return the digests of *content* by algorithm.

    >>> digests(b"abc")["sm3"][:8], digests(b"abc")["sha256"][:8]
    ('66c7f0f4', 'ba7816bf')
    """
    return {"sha256": sha256_hex(content), "sm3": _sm3(content)}


def _sm3(content: bytes) -> str:
    try:
        return hashlib.new("sm3", content).hexdigest()
    except ValueError:  # an OpenSSL that was built without it
        return sm3_hex(content)
