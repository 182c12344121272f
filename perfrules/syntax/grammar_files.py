"""Where the grammar files are: in the wheel as `perfrules/_dsl_grammar`, in a checkout beside the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_PLACES: Final = (_PACKAGE / "_dsl_grammar", _PACKAGE.parent / "dsl_grammar")


@cache
def read_grammar_file(name: str) -> str:
    """Return the text of the grammar file *name*, such as `keywords.toml`."""
    for place in _PLACES:
        path = place / name
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError(f"{name} is neither in {_PLACES[0]} nor in {_PLACES[1]}")
