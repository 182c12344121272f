"""What a record says of the format and of the program that made it."""

from __future__ import annotations

from typing import Final

FORMAT: Final = "https://perfrules.dev/record/1"
"""The format of records, also the type of the predicate in their statements."""
PROOF_FORMAT: Final = "https://perfrules.dev/record/1/proof"
ENGINE: Final = "perfrules"
ENGINE_VERSION: Final = "0.1.0"
