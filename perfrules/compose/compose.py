"""A ruleset and all that it builds on, as one tree: base and overlays first, then definitions and lists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from attrs import evolve, frozen

from perfrules.compose import expand, indicators
from perfrules.compose.callables import defined_title
from perfrules.compose.composed import Composed
from perfrules.compose.file import File
from perfrules.compose.library_check import as_ruleset, names_only, with_defaults
from perfrules.compose.lineage import Taken, lineage
from perfrules.compose.load import Loader, opening_of
from perfrules.compose.meaning import Meaning
from perfrules.compose.misplaced import belongs, misplaced
from perfrules.compose.overlay_removals import Removed
from perfrules.compose.overlays import apply_overlays
from perfrules.compose.search import Home, Search
from perfrules.compose.twice_defined import twice_defined
from perfrules.compose.unused import unused
from perfrules.compose.work import Work
from perfrules.diagnostics import Diagnostic
from perfrules.ir.plan import SourceIdentity
from perfrules.syntax.ast.clauses import Indicator, IndicatorsFrom, Let, Slot
from perfrules.syntax.ast.composition import Definition, Use
from perfrules.syntax.ast.ruleset import Item, Library, Ruleset
from perfrules.text import SourceText


@frozen(kw_only=True, eq=False)
class _Based:
    """A ruleset with its bases put in, and its files by the names of their texts."""

    tree: Ruleset
    file: File
    files: Mapping[str, File]
    removed: tuple[Removed, ...] = ()


def compose(tree: Ruleset | Library, source: SourceText, search: Search, home: Home | None = None) -> Composed:
    """Put together what the file *tree* and the files it builds on say. *home* is where it lies, if not where the
    search begins.

    A library becomes a ruleset that uses each of its definitions once, so that it is checked as strictly as one.
    """
    loader, home = Loader(search), home or search.home
    loader.sources[source.name] = source
    loader.problems += (*misplaced(tree), *twice_defined(tree))
    if isinstance(tree, Library):
        tree = with_defaults(tree)
        file = loader.of_tree(tree, source, home)
        based: _Based | None = _Based(tree=as_ruleset(tree), file=file, files={source.name: file})
    else:
        based = _with_bases(tree, source, home, loader)
    if based is None:
        return _composed(None, loader, None)
    written = based.file if based.tree is tree else None
    work = Work(based.tree, based.files, loader, written=written)
    unchecked = names_only(tree) if isinstance(tree, Library) else frozenset()
    with work.deep():
        expanded = _expanded(work, unchecked)
    if isinstance(tree, Ruleset):
        loader.problems += unused(work)
    composed = _composed(expanded, loader, work)
    taken = Taken(based.files, work.files, loader.sources)
    return evolve(composed, removed=based.removed, lineage=lineage(taken))


def _with_bases(tree: Ruleset, source: SourceText, home: Home, loader: Loader) -> _Based | None:
    file = loader.of_tree(tree, source, home)
    if tree.extends is None:
        return _Based(tree=tree, file=file, files={source.name: file})
    with loader.on_behalf_of(opening_of(tree)):
        base = loader.base(tree.extends, home)
        if base is None:
            return None
        loader.problems += (*misplaced(base.tree), *twice_defined(base.tree))
        below = _with_bases(base.tree, base.file.source, base.file.home, loader)
    if below is None:
        return None
    file.see(below.file)
    overlaid = apply_overlays(below.tree, tree, base.file.source, partial(defined_title, files=below.files))
    loader.problems += overlaid.diagnostics
    removed = (*below.removed, *overlaid.removed)
    return _Based(tree=overlaid.tree, file=file, files={**below.files, source.name: file}, removed=removed)


def _expanded(work: Work, unchecked: frozenset[str]) -> Ruleset:
    """Return the tree with all expanded; what is made of definitions that are *unchecked* is left out then."""
    here = Meaning()
    items: list[Item] = []
    for item in work.tree.items:
        match item:
            case Use() if item.plugin:
                work.plugins.append(item)
            case Use() | Definition():
                pass
            case Indicator() | IndicatorsFrom() | Slot():
                items += [
                    each for each in indicators.expand_clauses(work, here, (item,)) if isinstance(each, Indicator)
                ]
            case _ if belongs(item, work.tree):
                items.append(item if work.stays(item) else expand.rewrite(work, here, item))
    items = [item for item in items if not _is_made_of(item, unchecked)]
    brought = (item for item in work.needed.values() if item is not None)
    return evolve(work.tree, items=(*items, *work.declared, *brought), extends=None)


def _is_made_of(item: Item, definitions: frozenset[str]) -> bool:
    match item:
        case Indicator():
            return item.code.text in definitions
        case Let():
            return item.name.text in definitions
    return False


def _composed(tree: Ruleset | None, loader: Loader, work: Work | None) -> Composed:
    found: tuple[Diagnostic, ...] = tuple(loader.problems)
    return Composed(
        tree=tree if work is None or work.is_whole else None,
        sources=MappingProxyType(dict(loader.sources)),
        identities=tuple(dict.fromkeys(loader.identities)),
        slots=tuple(work.slots) if work else (),
        plugins=tuple(dict.fromkeys(work.plugins)) if work else (),
        diagnostics=found,
    )


def identities_of(composed: Composed, search: Search) -> tuple[SourceIdentity, ...]:
    """Return every file that was taken in: what was composed, and the tables that were read since."""
    known = {each.name for each in composed.identities}
    tables = (
        SourceIdentity(kind="table", name=key, version=None, digest=hashlib.sha256(content).hexdigest())
        for key, content in sorted(search.read.items())
        if key not in known and not key.endswith(":")
    )
    return (*composed.identities, *tables)
