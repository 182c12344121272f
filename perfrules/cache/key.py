"""What a kept ruleset is found by: its text, its name, where it looks for files, and the code that compiles.

The files themselves are no part of the key; what was read of them is checked where a ruleset is read back.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from perfrules.cache.lookups import Places
from perfrules.text import SourceText

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_GRAMMAR: Final = ("_dsl_grammar", "../dsl_grammar")
COMPILING: Final = (
    "cache",
    "compose",
    "diagnostics",
    "functions",
    "ir",
    "lang",
    "made_often.py",
    "methods",
    "model",
    "plan",
    "plugins",
    "prove",
    "stages.py",
    "syntax",
    "text.py",
)
"""What of perfrules takes part in compiling: what `stages` imports, and how the outcome is written."""
LIBRARIES: Final = ("lark", "networkx")


def key_of(source: SourceText, places: Places) -> str | None:
    """Return the key, in hex; None where the code that compiles cannot be read."""
    code = code_digest()
    if code is None:
        return None
    labels = [place.label for place in (places.home, *places.others)]
    text = sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return sha256(json.dumps([code, source.name, text, labels, places.again]).encode()).hexdigest()


@cache
def code_digest() -> str | None:
    """Return the SHA-256 of the code that compiles, the grammar and the versions of what it runs on."""
    digest = sha256(f"{sys.version}\0{unicodedata.unidata_version}\0{sys.byteorder}".encode())
    try:
        for path in (*_files(), *_stated_versions()):
            with open(path, "rb") as file:
                content = file.read()
            digest.update(f"\0{os.path.basename(path)}\0{len(content)}\0".encode() + content)
    except OSError:
        return None
    return digest.hexdigest()


def _files() -> Iterator[str]:
    for name in COMPILING:
        path = str(_PACKAGE / name)
        yield from [path] if name.endswith(".py") else _below(path, (".py",))
    for name in _GRAMMAR:
        folder = _PACKAGE / name
        if folder.is_dir():
            yield from (str(path) for path in sorted(folder.iterdir()) if path.suffix in (".lark", ".toml"))
            return


def _below(folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.endswith(endings):
                yield entry.path
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _below(entry.path, endings)


def _stated_versions() -> Iterator[str]:
    """Yield the files in which libraries state their versions; importing them would take longer than all else."""
    for name in LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            yield spec.origin
