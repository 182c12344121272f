"""Which code a plug-in is: its name, the version of its package, and a digest of the package's files as installed.

The digest is SHA-256 over the paths and contents of the files that the package's RECORD lists, in the order of their
paths, without compiled files, without RECORD itself and without what only tells how the package was installed. Of a
package that is installed for editing, it is over the files of the importable package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfrules.ir.plan import PluginIdentity
from perfrules.plugins.installed import Installed

if TYPE_CHECKING:
    from importlib.metadata import Distribution

_HOW_IT_WAS_INSTALLED: Final = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})


def identity_of(found: Installed) -> PluginIdentity:
    """Name the code of an installed plug-in."""
    return PluginIdentity(kind=found.kind, name=found.name, version=found.version, digest=digest_of(found))


def digest_of(found: Installed) -> str:
    """Return the digest of a plug-in's package, in hex."""
    digest = hashlib.sha256()
    for name, content in sorted(_files(found)):
        digest.update(f"{len(name.encode())}:{name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(found: Installed) -> Iterator[tuple[str, bytes]]:
    listed = None if _is_editable(found.distribution) else found.distribution.files
    if not listed:
        yield from _importable_files(found.entry_point.module.partition(".")[0])
        return
    for entry in listed:
        path = Path(str(entry.locate()))
        told_by_installer = entry.name in _HOW_IT_WAS_INSTALLED and entry.parts[0].endswith(".dist-info")
        if ".." not in entry.parts and not told_by_installer and _is_code(path):
            yield entry.as_posix(), path.read_bytes()


def _importable_files(module: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a module or package that is found, but not imported, by its name."""
    spec = find_spec(module)
    if spec is None:
        return
    for folder in map(Path, spec.submodule_search_locations or ()):
        for path in folder.rglob("*"):
            if _is_code(path):
                yield f"{module}/{path.relative_to(folder).as_posix()}", path.read_bytes()
    if not spec.submodule_search_locations and spec.origin is not None and _is_code(Path(spec.origin)):
        yield Path(spec.origin).name, Path(spec.origin).read_bytes()


def _is_code(path: Path) -> bool:
    return path.suffix != ".pyc" and "__pycache__" not in path.parts and path.is_file()


def _is_editable(distribution: Distribution) -> bool:
    text = distribution.read_text("direct_url.json")
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return False
    return bool(told.get("dir_info", {}).get("editable")) if isinstance(told, dict) else False
