"""The text that goes with every record: how to check it with tools that everybody has."""

from __future__ import annotations

from importlib import resources


def verify_text() -> bytes:
    """Return `VERIFY.txt`, the same in every record of this format."""
    return (resources.files("perfrules.record") / "VERIFY.txt").read_bytes()
