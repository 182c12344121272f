"""A plug-in's reader that was loaded: the rows it yields, or how it fails."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from perfrules.ir.plan import PluginIdentity
from perfrules.plugins.faults import Fault, raised
from perfrules.plugins.protocol import Reader


@frozen
class LoadedReader:
    """A reader and which code it is."""

    identity: PluginIdentity
    reader: Reader = field(eq=False, repr=False)

    def reads(self, path: Path) -> bool:
        """Tell whether it reads files of this name."""
        return path.name.lower().endswith(tuple(ending.lower() for ending in self.reader.endings))

    def rows(self, path: Path, most: int) -> tuple[Mapping[str, object], ...] | Fault:
        """Return the entities of a file, at most one more than *most*."""
        found: list[Mapping[str, object]] = []
        try:
            for row in self.reader.read(path):
                if not isinstance(row, Mapping) or not all(isinstance(name, str) for name in row):
                    return Fault(self.identity.name, "plugin-not-rows", type(row).__name__)
                found.append(dict(row))
                if len(found) > most:
                    break
        except Exception as error:  # whatever a plug-in raises
            return raised(self.identity.name, "plugin-read-raises", error)
        return tuple(found)
