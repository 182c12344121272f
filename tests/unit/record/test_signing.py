"""Signatures beside a record: by any signer, as an envelope and bare."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

import pytest
from attrs import frozen
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from perfrules.record import SignatureFault, open_record, signature_fault, signed
from perfrules.record.ed25519 import KeyFault, UnusableKey, signer_of, verifier_of
from perfrules.record.signing import envelope_of, pre_authentication, sealed_manifest
from perfrules.record.statement import STATEMENT

RECORDS = Path(__file__).parents[2] / "golden" / "records"
OPENED = open_record((RECORDS / "judged.zip").read_bytes())
STATED = OPENED.members[STATEMENT]
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def private_pem(key: object = PRIVATE, lock: KeySerializationEncryption | None = None) -> bytes:
    found: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption())  # type: ignore[attr-defined]
    return found


def public_pem(key: object = PRIVATE) -> bytes:
    found: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return found


@frozen
class Mac:
    """A signer and verifier of another kind, plugged in."""

    keyid: str = "mac"

    def sign(self, message: bytes) -> bytes:
        return hmac.new(b"key", message, hashlib.sha256).digest()

    def verifies(self, message: bytes, signature: bytes) -> bool:
        return hmac.compare_digest(self.sign(message), signature)


def test_the_statement_names_every_member_by_two_digests() -> None:
    tree = json.loads(STATED)
    assert tree["_type"] == "https://in-toto.io/Statement/v1"
    found = {each["name"]: each["digest"] for each in tree["subject"]}
    assert set(found) == set(OPENED.members) - {STATEMENT}
    for name, digest in found.items():
        assert digest["sha256"] == hashlib.sha256(OPENED.members[name]).hexdigest()
        assert set(digest) == {"sha256", "sm3"}
    assert sealed_manifest(STATED) == hashlib.sha256(OPENED.members["manifest.json"]).hexdigest()


def test_the_envelope_is_dsse() -> None:
    signature = signed(STATED, signer_of(private_pem()))
    tree = json.loads(signature.envelope)
    assert set(tree) == {"payload", "payloadType", "signatures"}
    assert tree["payloadType"] == "application/vnd.in-toto+json"
    assert base64.b64decode(tree["payload"]) == STATED
    message = b"DSSEv1 28 application/vnd.in-toto+json %d " % len(STATED) + STATED
    assert pre_authentication(STATED) == message
    PRIVATE.public_key().verify(base64.b64decode(tree["signatures"][0]["sig"]), message)
    assert envelope_of(signature.envelope) == (STATED, [signature.bare])


@pytest.mark.parametrize("form", ["envelope", "bare"])
def test_a_signature_holds_for_one_record_and_one_key(form: str) -> None:
    signature: bytes = getattr(signed(STATED, signer_of(private_pem())), form)
    verifier = verifier_of(public_pem())
    assert signature_fault(STATED, signature, verifier) is None
    stranger = verifier_of(public_pem(Ed25519PrivateKey.generate()))
    assert signature_fault(STATED, signature, stranger) is SignatureFault.NOT_BY_THIS_KEY
    assert signature_fault(STATED + b" ", signature, verifier) in (
        SignatureFault.OTHER_STATEMENT,
        SignatureFault.NOT_BY_THIS_KEY,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'{"payload":1,"payloadType":"application/vnd.in-toto+json","signatures":[]}',
        b'{"payload":',
        b'["payload"]',
    ],
)
def test_what_is_no_envelope_is_told(content: bytes) -> None:
    verifier = verifier_of(public_pem())
    assert signature_fault(STATED, content, verifier) in (SignatureFault.UNREADABLE, SignatureFault.NOT_BY_THIS_KEY)


def test_other_signers_plug_in() -> None:
    signature = signed(STATED, Mac())
    assert signature_fault(STATED, signature.envelope, Mac()) is None
    assert signature_fault(STATED, signature.bare, Mac()) is None
    assert signature_fault(STATED, signature.envelope, verifier_of(public_pem())) is SignatureFault.NOT_BY_THIS_KEY


@pytest.mark.parametrize(
    ("pem", "fault"),
    [
        (b"", KeyFault.NOT_A_KEY),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", KeyFault.NOT_A_KEY),
        (public_pem(), KeyFault.NOT_A_KEY),
        (private_pem(lock=BestAvailableEncryption(b"word")), KeyFault.ENCRYPTED),
        (private_pem(generate_private_key(SECP256R1())), KeyFault.OTHER_KIND),
    ],
    ids=["nothing", "no key", "public", "with a password", "of another kind"],
)
def test_a_key_that_cannot_sign_is_told(pem: bytes, fault: KeyFault) -> None:
    with pytest.raises(UnusableKey) as wrong:
        signer_of(pem)
    assert wrong.value.fault is fault


def test_a_public_key_of_another_kind_is_told() -> None:
    with pytest.raises(UnusableKey) as wrong:
        verifier_of(public_pem(generate_private_key(SECP256R1())))
    assert wrong.value.fault is KeyFault.OTHER_KIND
    with pytest.raises(UnusableKey):
        verifier_of(private_pem())
