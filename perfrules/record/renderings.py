"""Files made for people beside a record (a workbook, a report): listed by digest in it, and not part of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from perfrules.record.digests import digests
from perfrules.writers.canonical import canonical_text

RENDERINGS: Final = "renderings.json"


@frozen
class Rendering:
    """A file that a record lists, and whether the one of that name beside it is the same; None where there is none."""

    name: str
    is_same: bool | None


def renderings_bytes(files: Iterable[Path]) -> bytes:
    """Return the list of *files* as a record has it. ValueError where two have one name,
    UnicodeEncodeError where one is not in UTF-8.
    """
    found = sorted(files, key=lambda path: path.name)
    for path in found:
        path.name.encode("utf-8")
    if len({path.name for path in found}) < len(found):
        raise ValueError("two renderings of one name")
    return canonical_text({"renderings": [_listed(path.name, path.read_bytes()) for path in found]}).encode("utf-8")


def renderings_beside(listed: bytes | None, folder: Path) -> tuple[Rendering, ...]:
    """Compare the files that a record lists with those in *folder*."""
    if listed is None:
        return ()
    return tuple(_compared(each, folder) for each in json.loads(listed)["renderings"])


def is_list(tree: Any) -> bool:
    """Tell whether *tree* is a list of renderings."""
    found = tree["renderings"] if isinstance(tree, dict) and set(tree) == {"renderings"} else None
    return isinstance(found, list) and all(
        isinstance(each, dict)
        and set(each) == {"name", "size", "sha256", "sm3"}
        and all(isinstance(text, str) for text in each.values())
        for each in found
    )


def _listed(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "size": str(len(content)), **digests(content)}


def _compared(listed: Mapping[str, str], folder: Path) -> Rendering:
    name = listed["name"]
    try:
        path = folder / Path(name).name
        if path.name != name or not path.is_file() or str(path.stat().st_size) != listed["size"]:
            return Rendering(name, False if path.name == name and path.is_file() else None)
        return Rendering(name, _listed(name, path.read_bytes()) == dict(listed))
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return Rendering(name, None)
