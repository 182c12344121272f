"""How much a record may hold: stated limits, below those of the archive format and of memory."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 1_000_000_000
"""Of a record; nothing in it is compressed, so it cannot unpack to more."""
MOST_MEMBERS: Final = 60_000
MOST_ENTITIES: Final = 50_000
PROOF_BYTES: Final = 100_000_000
SIGNATURE_BYTES: Final = 50_000_000
SALT_BYTES: Final = 1_000_000
