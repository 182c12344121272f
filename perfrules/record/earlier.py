"""The earlier record that one takes the place of: named by its digests, nothing of it is taken over."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.record.digests import sha256_hex
from perfrules.record.opening import Opened


def identity_of(opened: Opened) -> Mapping[str, str]:
    """Return the digests of a record's file and of its manifest."""
    return {"record_sha256": sha256_hex(opened.content), "manifest_sha256": sha256_hex(opened.members["manifest.json"])}
