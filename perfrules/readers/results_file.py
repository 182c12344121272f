"""Results as `perfrules score --format json` writes them, for rulesets and later periods that read them."""

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

REFUSED: Final = "refused"
PROVISIONAL: Final = "provisional"
_STATUSES: Final = frozenset({"final", PROVISIONAL, REFUSED})
_SECTIONS: Final = ("indicators", "outputs", "decisions", "alerts", "flags")

ResultTree = Mapping[str, Any]


@frozen(kw_only=True, eq=False)
class KnownResults:
    """The results of one run, by entity, in their order: which ruleset gave them, and the SHA-256 of their bytes."""

    ruleset: str
    version: str | None
    digest: str
    by_entity: Mapping[str, ResultTree] = field(repr=False)
    file: str | None = None


def read_results(path: Path, limits: Limits = DEFAULT_LIMITS) -> KnownResults | Diagnostic:
    """Read a file of results, or say why it cannot be."""
    content = read_bytes(path, limits)
    return content if isinstance(content, Diagnostic) else parse_results(content, str(path), limits)


def parse_results(
    content: bytes, file: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> KnownResults | Diagnostic:
    """Read the bytes of canonical results."""
    place = DataPlace(file=file)
    text = decode(content, place)
    found = text if isinstance(text, Diagnostic) else parse_json_text(text, place, limits)
    if isinstance(found, Diagnostic):
        return found
    tree = _plain(found)
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
        file=file,
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
