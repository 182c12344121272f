"""Load the plug-ins that the caller allows by name, and no other.

Whether a plug-in is installed, and in which version, is read from metadata; its code is imported only once all of
that is as asked for. Whatever is wrong comes back as a value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from attrs import frozen

from perfrules.plugins.faults import Fault, raised
from perfrules.plugins.identity import identity_of
from perfrules.plugins.installed import METHODS, READERS, Installed, offering
from perfrules.plugins.method import LoadedMethod
from perfrules.plugins.protocol import Reader
from perfrules.plugins.reader import LoadedReader
from perfrules.plugins.signature import Signature, wrong_signature

NO_METHOD: Final = "plugin-no-method"
NO_READER: Final = "plugin-no-reader"


@frozen
class NotInstalled:
    """No installed package offers a plug-in of this name."""


@frozen
class NotAllowed:
    """It is installed, and the caller did not name it."""

    package: str


@frozen
class AnotherVersion:
    """It is installed in another version than asked for."""

    version: str


Refused = NotInstalled | NotAllowed | AnotherVersion | Fault


def load_method(name: str, version: str | None, allowed: frozenset[str]) -> LoadedMethod | Refused:
    """Return the method of that name, of that version if one is asked for."""
    found = _chosen(METHODS, name, allowed)
    if not isinstance(found, Installed):
        return found
    if version is not None and version != found.version:
        return AnotherVersion(found.version)
    loaded = _imported(found, wrong_method)
    if isinstance(loaded, Fault):
        return loaded
    return LoadedMethod(identity_of(found), loaded)  # type: ignore[arg-type]  # `wrong_method` has looked at it


def load_reader(name: str, allowed: frozenset[str]) -> LoadedReader | Refused:
    """Return the reader of that name."""
    found = _chosen(READERS, name, allowed)
    if not isinstance(found, Installed):
        return found
    loaded = _imported(found, wrong_reader)
    return loaded if isinstance(loaded, Fault) else LoadedReader(identity_of(found), cast(Reader, loaded))


def _chosen(group: str, name: str, allowed: frozenset[str]) -> Installed | Refused:
    found = offering(group, name)
    if not found:
        return NotInstalled()
    if name not in allowed:
        return NotAllowed(found[0].package)
    if len(found) > 1:
        return Fault(name, "plugin-two-packages", ", ".join(sorted(each.package for each in found)))
    return found[0]


def _imported(found: Installed, wrong: Callable[[object], str | None]) -> object:
    """Import the object an entry point names; a Fault where it cannot be used."""
    try:
        loaded: object = found.entry_point.load()
    except (Exception, SystemExit) as error:  # whatever a plug-in raises
        return raised(found.name, "plugin-raises-on-import", error)
    what = NO_METHOD if found.kind == "method" else NO_READER
    try:
        lacking = wrong(loaded)
        name, version = getattr(loaded, "name", None), getattr(loaded, "version", None)
    except Exception as error:  # an attribute may be a property that raises
        return raised(found.name, what, error)
    if lacking is not None:
        return Fault(found.name, what, lacking)
    if name != found.name:
        return Fault(found.name, "plugin-other-name", str(name))
    if version != found.version:
        return Fault(found.name, "plugin-other-version", f"{version} ≠ {found.version}")
    return loaded


def wrong_method(loaded: object) -> str | None:
    """Say what a method lacks, to its author; None where it has everything."""
    if isinstance(loaded, type):
        return "a class; the entry point names an object"
    computes = callable(getattr(loaded, "compute", None))
    if computes and callable(getattr(loaded, "expand", None)):
        return "expand and compute; a method has one of them"
    needed = ("compute", "range", "narrate") if computes else ("expand", "narrate")
    for name in needed:
        if not callable(getattr(loaded, name, None)):
            return f"no {name}()"
    signature = getattr(loaded, "signature", None)
    if not isinstance(signature, Signature):
        return "no signature"
    return wrong_signature(signature, computes=computes) or None


def wrong_reader(loaded: object) -> str | None:
    """Say what a reader lacks, to its author; None where it has everything."""
    if isinstance(loaded, type):
        return "a class; the entry point names an object"
    if not callable(getattr(loaded, "read", None)):
        return "no read()"
    endings = getattr(loaded, "endings", None)
    listed = endings if isinstance(endings, tuple) else ()
    if not listed or not all(isinstance(each, str) and each.startswith(".") for each in listed):
        return "no endings, a tuple of texts that begin with a dot"
    return None
