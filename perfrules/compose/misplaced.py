"""wrong-place for whole items: rules of a ruleset in a library, overlays in a ruleset that extends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.methods.misplaced import misplaced as wrong_place
from perfrules.syntax.ast import clauses, composition, declarations
from perfrules.syntax.ast.composition import Overlay
from perfrules.syntax.ast.ruleset import Item, Library, Ruleset

_OF_LIBRARIES: Final = (
    clauses.Remark,
    composition.Use,
    composition.Definition,
    declarations.Parameter,
    declarations.Schedule,
    declarations.UnitDeclaration,
)
_WORDS: Final[Mapping[type, str]] = MappingProxyType(
    {
        composition.Fill: "fill",
        composition.ReplaceIndicator: "replace",
        composition.ReplaceItem: "replace",
        composition.SetAmount: "set",
        composition.SetParameter: "set",
        composition.Remove: "remove",
        clauses.Indicator: "indicator",
        clauses.IndicatorsFrom: "indicators from",
        clauses.Slot: "slot",
        clauses.Let: "let",
        clauses.Round: "round",
        clauses.Combine: "combine",
        clauses.WeightsRelative: "weights relative",
        clauses.Scale: "scale",
        clauses.ExcludedShare: "excluded share",
        clauses.StatusWorst: "status worst of children",
        clauses.Veto: "veto",
        declarations.Input: "input",
        declarations.Table: "table",
        declarations.Holidays: "holidays",
        declarations.Effective: "effective",
        declarations.Entity: "entity",
        declarations.Total: "total",
        declarations.Grades: "grades",
        declarations.Decision: "decision",
        declarations.Alert: "alert",
        declarations.Output: "output",
        declarations.Test: "test",
        declarations.Check: "check",
        declarations.OtherResults: "results",
    }
)


def misplaced(tree: Ruleset | Library) -> Iterator[Diagnostic]:
    """Yield a report of each item that does not belong in such a file."""
    if isinstance(tree, Library):
        wrong = [item for item in tree.items if not isinstance(item, _OF_LIBRARIES)]
        inside, places = Word("library"), (Word("the-ruleset"),)
    elif tree.extends is None:
        wrong = [item for item in tree.items if isinstance(item, Overlay)]
        inside, places = Word("the-ruleset"), (Word("extending-ruleset"),)
    else:
        return
    for item in wrong:
        yield wrong_place(_WORDS[type(item)], inside, places, item.span)


def belongs(item: Item, tree: Ruleset | Library) -> bool:
    """Tell whether an item is one of such a file."""
    if isinstance(tree, Library):
        return isinstance(item, _OF_LIBRARIES)
    return not isinstance(item, Overlay)
