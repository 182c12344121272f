"""Detached signatures of a record's statement: a DSSE envelope, and the bare signature for plain openssl.

What is signed is the statement verbatim behind DSSE's fixed line; the record itself is not touched. Keys of any kind
can be plugged in: whatever has the methods of `Signer` signs, whatever has those of `Verifier` is asked.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol

from attrs import field, frozen

from perfrules.record.limits import SIGNATURE_BYTES
from perfrules.record.statement import PAYLOAD_TYPE
from perfrules.writers.canonical import canonical_text


class Signer(Protocol):
    """Whoever can sign."""

    @property
    def keyid(self) -> str:
        """What the key is called, so that a verifier finds it."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature of *message*."""


class Verifier(Protocol):
    """Whoever knows a public key."""

    @property
    def keyid(self) -> str:
        """What the key is called."""

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether *signature* is that of *message* by this key."""


@frozen(kw_only=True)
class Signature:
    """A signature of a statement: as an envelope, and bare."""

    envelope: bytes = field(repr=False)
    bare: bytes = field(repr=False)


class SignatureFault(StrEnum):
    """Why a signature does not hold; the word is the key of its message."""

    UNREADABLE = "unreadable"
    OTHER_STATEMENT = "other-statement"
    NOT_BY_THIS_KEY = "not-by-this-key"


def signed(statement: bytes, signer: Signer) -> Signature:
    """Sign a record's statement."""
    bare = signer.sign(pre_authentication(statement))
    tree = {
        "payload": base64.b64encode(statement).decode("ascii"),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": signer.keyid, "sig": base64.b64encode(bare).decode("ascii")}],
    }
    return Signature(envelope=canonical_text(tree).encode("utf-8"), bare=bare)


def signature_fault(statement: bytes, signature: bytes, verifier: Verifier) -> SignatureFault | None:
    """Say why a file with a signature (envelope or bare) does not hold for a statement; None where it does."""
    opened = envelope_of(signature)
    if opened is None:
        if verifier.verifies(pre_authentication(statement), signature):
            return None
        return SignatureFault.UNREADABLE if b'"payload' in signature else SignatureFault.NOT_BY_THIS_KEY
    payload, signatures = opened
    if payload != statement:
        return SignatureFault.OTHER_STATEMENT
    message = pre_authentication(payload)
    holds = any(verifier.verifies(message, each) for each in signatures)
    return None if holds else SignatureFault.NOT_BY_THIS_KEY


def envelope_of(content: bytes) -> tuple[bytes, Sequence[bytes]] | None:
    """Return the statement and the signatures of an envelope; None where it is none of a statement."""
    if len(content) > SIGNATURE_BYTES:
        return None
    try:
        tree: Any = json.loads(content)
        if tree["payloadType"] != PAYLOAD_TYPE:
            return None
        payload = base64.b64decode(tree["payload"], validate=True)
        return payload, [base64.b64decode(each["sig"], validate=True) for each in tree["signatures"]]
    except (ValueError, TypeError, LookupError, RecursionError, binascii.Error):
        return None


def sealed_manifest(statement: bytes) -> str | None:
    """Return the SHA-256 of the manifest that a statement has; None where it has none."""
    try:
        tree: Any = json.loads(statement)
        found = [each["digest"]["sha256"] for each in tree["subject"] if each["name"] == "manifest.json"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return str(found[0]) if len(found) == 1 else None


def pre_authentication(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Return the bytes that DSSE has signed.

    >>> pre_authentication(b"hello world", "http://example.com/HelloWorld")
    b'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
    """
    return f"DSSEv1 {len(payload_type.encode())} {payload_type} {len(payload)} ".encode() + payload
