"""What is signed: an in-toto statement whose subjects are the members of a record, and the plain list of digests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfrules.record.container import order_of
from perfrules.record.digests import digests, sha256_hex
from perfrules.record.versions import FORMAT
from perfrules.writers.canonical import canonical_text

STATEMENT: Final = "statement.json"
SUMS: Final = "SHA256SUMS"
PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"


def with_statement(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add the list of digests and the statement to the members they speak of."""
    listed = {**members, SUMS: sums_bytes(members)}
    return {**listed, STATEMENT: statement_bytes(listed)}


def sums_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of all other members, as `sha256sum -c` reads it."""
    names = sorted((name for name in members if name not in (SUMS, STATEMENT)), key=order_of)
    return "".join(f"{sha256_hex(members[name])}  {name}\n" for name in names).encode("ascii")


def statement_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return the statement about all members but itself."""
    names = sorted((name for name in members if name != STATEMENT), key=order_of)
    tree = {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": FORMAT,
        "predicate": {"sizes": {name: str(len(members[name])) for name in names}},
        "subject": [{"name": name, "digest": dict(digests(members[name]))} for name in names],
    }
    return canonical_text(tree).encode("utf-8")
