"""Ed25519 keys in PEM files, by the `cryptography` library: as `openssl genpkey -algorithm ed25519` makes them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from perfrules.record.digests import sha256_hex

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class KeyFault(StrEnum):
    """Why a key cannot be used; the word is the key of its message."""

    NO_LIBRARY = "no-library"
    NOT_A_KEY = "not-a-key"
    ENCRYPTED = "encrypted"
    OTHER_KIND = "other-kind"


class UnusableKey(Exception):  # noqa: N818 - it says what is so
    """A file that is no key, or none that can be used here."""

    def __init__(self, fault: KeyFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@frozen(kw_only=True)
class Ed25519Verifier:
    """A public key; its id is the SHA-256 of its DER form (SubjectPublicKeyInfo)."""

    keyid: str
    _key: Ed25519PublicKey = field(repr=False, alias="key")

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether *signature* is that of *message*."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@frozen(kw_only=True)
class Ed25519Signer:
    """A private key."""

    keyid: str
    _key: Ed25519PrivateKey = field(repr=False, alias="key")

    def sign(self, message: bytes) -> bytes:
        """Return the signature: of one message always the same."""
        return self._key.sign(message)


def signer_of(pem: bytes) -> Ed25519Signer:
    """Read a private key. UnusableKey says why it is none."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError:
        raise UnusableKey(KeyFault.NO_LIBRARY) from None
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:  # what the library says of a key that needs a password
        raise UnusableKey(KeyFault.ENCRYPTED) from None
    except Exception:
        raise UnusableKey(KeyFault.NOT_A_KEY) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(KeyFault.OTHER_KIND)
    return Ed25519Signer(keyid=_keyid(key.public_key()), key=key)


def verifier_of(pem: bytes) -> Ed25519Verifier:
    """Read a public key. UnusableKey says why it is none."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError:
        raise UnusableKey(KeyFault.NO_LIBRARY) from None
    try:
        key = load_pem_public_key(pem)
    except Exception:
        raise UnusableKey(KeyFault.NOT_A_KEY) from None
    if not isinstance(key, Ed25519PublicKey):
        raise UnusableKey(KeyFault.OTHER_KIND)
    return Ed25519Verifier(keyid=_keyid(key), key=key)


def _keyid(key: Ed25519PublicKey) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return sha256_hex(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
