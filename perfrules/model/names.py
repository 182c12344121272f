"""Every name a ruleset declares, indexed so that each look-up is a step or two."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from perfrules.model.symbols import AlertSymbol, IndicatorSymbol, LetSymbol, OutputSymbol, PlainSymbol
from perfrules.text import Span


@frozen(kw_only=True)
class Names:
    """The names of a ruleset. Paths are full codes (`A.A1`); the ruleset itself is the empty path.

    *by_suffix* maps a code (`A1`, also `B.A1` inside `C.B.A1`) to the paths that end so. *lets* is keyed by the owner's
    path, then by name. *decisions* has the places of their names. *vetoes* has the nodes of the conditions by reason;
    like *flags* it is known once the rules are lowered.
    """

    plain: Mapping[str, PlainSymbol]
    lets: Mapping[str, Mapping[str, LetSymbol]]
    indicators: Mapping[str, IndicatorSymbol]
    by_suffix: Mapping[str, tuple[str, ...]]
    top: tuple[str, ...]
    outputs: Mapping[str, OutputSymbol]
    grades: tuple[str, ...]
    rounds_total: bool
    has_calendar: bool
    decisions: Mapping[str, Span]
    alerts: Mapping[str, AlertSymbol]
    vetoes: Mapping[str, tuple[str, ...]] = field(factory=lambda: MappingProxyType({}))
    flags: tuple[str, ...] = ()

    def chain(self, path: str) -> tuple[str, ...]:
        """Return *path* and the paths around it, innermost first, ending with the ruleset."""
        found = []
        while path:
            found.append(path)
            symbol = self.indicators.get(path)
            path = symbol.parent if symbol else ""
        return (*found, "")

    def child(self, owner: str, code: str) -> IndicatorSymbol | None:
        """Return the indicator called *code* directly inside *owner*."""
        return self.indicators.get(f"{owner}.{code}" if owner else code)
