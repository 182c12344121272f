"""What composing gives: one tree without anything that the model does not know, and all that went into it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.compose.overlay_removals import Removed
from perfrules.diagnostics import Diagnostic
from perfrules.ir.plan import Ancestor, SourceIdentity
from perfrules.syntax.ast.clauses import Slot
from perfrules.syntax.ast.composition import Use
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.text import SourceText


@frozen(kw_only=True)
class Composed:
    """A ruleset as if one file; None where a file that it builds on cannot be read.

    *sources* has every text that a span may point into, by name. *identities* has the files taken in, the ruleset
    itself left out. *slots* are those that wait to be filled, *plugins* the plug-ins that are asked for, *removed* what
    overlays took away; *lineage* is the ruleset itself and what it extends, the nearest first.
    """

    tree: Ruleset | None
    sources: Mapping[str, SourceText]
    identities: tuple[SourceIdentity, ...]
    slots: tuple[Slot, ...]
    plugins: tuple[Use, ...]
    diagnostics: tuple[Diagnostic, ...]
    removed: tuple[Removed, ...] = ()
    lineage: tuple[Ancestor, ...] = ()
