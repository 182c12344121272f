"""Where the salts of leaves come from: a seed that the record states, or one that whoever makes it keeps."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.record.digests import sha256_hex

_UNKNOWN: Final[Mapping[tuple[str, str], str]] = MappingProxyType({})


def salt_of(seed: bytes, entity: str, position: str) -> str:
    """Return the salt of the entity at this place in the data (from 1), in hex."""
    return hmac.new(seed, f"{entity}\0{position}".encode(), hashlib.sha256).hexdigest()


@frozen(kw_only=True)
class Salting:
    """The seed of the salts, and what the record says of it: itself, or only its digest.

    Where somebody else keeps the seed it is empty, and *known* has the salts by entity and position.
    """

    seed: bytes = field(repr=False)
    told: Mapping[str, str]
    known: Mapping[tuple[str, str], str] = field(repr=False, default=_UNKNOWN)

    def salt(self, entity: str, position: str) -> str:
        """Return the salt of a leaf; nothing where it is not known."""
        if self.seed:
            return salt_of(self.seed, entity, position)
        return self.known.get((entity, position), "")


def stated_salting(given: Mapping[str, bytes]) -> Salting:
    """Return the seed that follows from the given members: the same run has the same salts, and anybody knows them."""
    found = hashlib.sha256(b"perfrules record 1\n")
    for name in sorted(given):
        found.update(f"{sha256_hex(given[name])}  {name}\n".encode())
    return Salting(seed=found.digest(), told={"seed": found.hexdigest()})


def secret_salting(secret: bytes) -> Salting:
    """Return the seed of whoever keeps *secret*. ValueError for one that is too short to be a secret."""
    if len(secret) < 16:
        raise ValueError("a secret of fewer than 16 bytes can be guessed")
    return Salting(seed=secret, told={"seed_sha256": sha256_hex(secret)})
