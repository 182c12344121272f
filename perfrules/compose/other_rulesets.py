"""The rulesets whose results a ruleset reads: found like libraries, each compiled by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from perfrules.compose.load import Loader, Opening
from perfrules.compose.search import Home, Search
from perfrules.diagnostics import Diagnostic
from perfrules.ir.plan import SourceIdentity
from perfrules.syntax.ast.composition import Extends
from perfrules.syntax.ast.declarations import OtherResults
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.text import SourceText


@frozen(kw_only=True)
class OtherRuleset:
    """A ruleset whose results are read: its tree (None where it cannot be had), its text and where it lies."""

    alias: str
    tree: Ruleset | None
    source: SourceText | None
    home: Home | None
    sources: Mapping[str, SourceText]
    identities: tuple[SourceIdentity, ...]
    diagnostics: tuple[Diagnostic, ...]


def other_rulesets(tree: Ruleset, search: Search, home: Home, asking: Sequence[Opening]) -> Iterator[OtherRuleset]:
    """Yield the rulesets whose results *tree* reads; *asking* are those that are being compiled for such a reading."""
    for item in tree.items:
        if isinstance(item, OtherResults):
            yield _other(item, search, home, asking)


def _other(item: OtherResults, search: Search, home: Home, asking: Sequence[Opening]) -> OtherRuleset:
    loader = Loader(search, asking)
    base = loader.base(Extends(name=item.ruleset, version=item.version, span=item.span), home)
    return OtherRuleset(
        alias=item.name.text,
        tree=None if base is None else base.tree,
        source=None if base is None else base.file.source,
        home=None if base is None else base.file.home,
        sources=MappingProxyType(dict(loader.sources)),
        identities=tuple(loader.identities),
        diagnostics=tuple(loader.problems),
    )
