"""Results as `perfrules score --format json` writes them, or sealed in a record, for rulesets that read them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.contents import decode, read_bytes
from perfrules.readers.json_text import Pairs, parse_json_text
from perfrules.readers.limits import DEFAULT_LIMITS, Limits
from perfrules.readers.raw import unreadable
from perfrules.readers.sealed_results import is_archive, sealed_results

REFUSED: Final = "refused"
PROVISIONAL: Final = "provisional"
_STATUSES: Final = frozenset({"final", PROVISIONAL, REFUSED})
_SECTIONS: Final = ("indicators", "outputs", "decisions", "alerts", "flags")

ResultTree = Mapping[str, Any]
NOWHERE: Final = DataPlace()


@frozen(kw_only=True, eq=False)
class KnownResults:
    """The results of one run, by entity, in their order: which ruleset gave them, and the SHA-256 of their bytes."""

    ruleset: str
    version: str | None
    digest: str
    by_entity: Mapping[str, ResultTree] = field(repr=False)
    file: str | None = None


def read_results(path: Path, ruleset: str | None = None, limits: Limits = DEFAULT_LIMITS) -> KnownResults | Diagnostic:
    """Read a file of results, or those in a record, or say why they cannot be; of rulesets that were scored together,
    those of *ruleset*.
    """
    content = read_bytes(path, limits)
    if isinstance(content, Diagnostic):
        return content
    place = DataPlace(file=str(path))
    if is_archive(content):
        sealed = sealed_results(content, limits)
        return (
            unreadable("not-results", place) if sealed is None else parse_results(sealed, ruleset, place, limits=limits)
        )
    return parse_results(content, ruleset, place, limits=limits)


def parse_results(
    content: bytes, ruleset: str | None = None, place: DataPlace = NOWHERE, *, limits: Limits = DEFAULT_LIMITS
) -> KnownResults | Diagnostic:
    """Read the bytes of canonical results; of rulesets that were scored together, those of *ruleset*."""
    text = decode(content, place)
    found = text if isinstance(text, Diagnostic) else parse_json_text(text, place, limits)
    if isinstance(found, Diagnostic):
        return found
    return _known(_those_of(ruleset, _plain(found)), content, place)


def _those_of(ruleset: str | None, tree: Any) -> Any:
    """Return the results of one ruleset; of another where there are none of it, which is told by who wants them."""
    parts = tree.get("together") if isinstance(tree, dict) else None
    if not isinstance(parts, list) or not parts:
        return tree
    return next((part for part in parts if _is_of(part, ruleset)), parts[0])


def _is_of(tree: Any, ruleset: str | None) -> bool:
    named = tree.get("ruleset") if isinstance(tree, dict) else None
    return isinstance(named, dict) and named.get("name") == ruleset


def _known(tree: Any, content: bytes, place: DataPlace) -> KnownResults | Diagnostic:
    results = tree.get("results") if isinstance(tree, dict) else None
    ruleset = tree.get("ruleset") if isinstance(tree, dict) else None
    if not isinstance(results, list) or not isinstance(ruleset, dict) or not all(map(_is_result, results)):
        return unreadable("not-results", place)
    name, version = ruleset.get("name"), ruleset.get("version")
    counted = Counter(each["entity"] for each in results)
    if not isinstance(name, str) or not isinstance(version, str | None) or any(n > 1 for n in counted.values()):
        return unreadable("not-results", place)
    return KnownResults(
        ruleset=name,
        version=version,
        digest=hashlib.sha256(content).hexdigest(),
        by_entity=MappingProxyType({each["entity"]: each for each in results}),
        file=place.file,
    )


def _is_result(tree: object) -> bool:
    """Tell whether *tree* has the sections of one entity's result; those of a refused one are empty."""
    if not isinstance(tree, dict) or not isinstance(tree.get("entity"), str) or tree.get("status") not in _STATUSES:
        return False
    indicators = tree.get("indicators")
    sections = all(isinstance(tree.get(section), dict) for section in _SECTIONS)
    return sections and isinstance(indicators, dict) and all(isinstance(each, dict) for each in indicators.values())


def _plain(found: object) -> Any:
    """Return pairs as mappings; a name that stands twice keeps its first value."""
    match found:
        case Pairs():
            return {name: _plain(found[name]) for name in found}
        case list():
            return [_plain(each) for each in found]
    return found
