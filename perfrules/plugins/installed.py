"""Which plug-ins are installed, from the metadata of packages alone: nothing is imported here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from attrs import frozen

from perfrules.lang.names import normalise_name

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

METHODS: Final = "perfrules.methods"
READERS: Final = "perfrules.readers"
KINDS: Final = {METHODS: "method", READERS: "reader"}


@frozen(eq=False)
class Installed:
    """A plug-in offered by an installed package: `method` or `reader`, its name, and where it is."""

    kind: str
    name: str
    entry_point: EntryPoint
    distribution: Distribution

    @property
    def version(self) -> str:
        """The version of the package."""
        return self.distribution.version

    @property
    def package(self) -> str:
        """The name of the package."""
        return self.distribution.name


def installed() -> tuple[Installed, ...]:
    """List the plug-ins of all installed packages, by kind and name."""
    found = (each for group in KINDS for each in _of_group(group))
    return tuple(sorted(found, key=lambda each: (each.kind, each.name, each.package)))


def offering(group: str, name: str) -> tuple[Installed, ...]:
    """List what is installed under a name; more than one only where several packages offer it."""
    wanted = normalise_name(name)
    return tuple(each for each in _of_group(group) if each.name == wanted)


def is_installed(name: str) -> bool:
    """Tell whether any package offers a plug-in of that name."""
    return any(offering(group, name) for group in KINDS)


def _of_group(group: str) -> Iterable[Installed]:
    from importlib.metadata import entry_points  # only where a plug-in is named

    seen: set[tuple[str, str]] = set()
    for entry_point in entry_points(group=group):
        distribution = entry_point.dist
        name = normalise_name(entry_point.name)
        if distribution is None or (name, distribution.name) in seen:
            continue
        seen.add((name, distribution.name))
        yield Installed(KINDS[group], name, entry_point, distribution)
