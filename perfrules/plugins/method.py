"""A plug-in's method that was loaded: what it makes of the arguments of a call, and what it says of their values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias, cast

from attrs import field, frozen

from perfrules.ir.expressions import Expr
from perfrules.ir.plan import PluginIdentity
from perfrules.plugins.protocol import ComputingMethod, ExpandingMethod, Shown
from perfrules.plugins.signature import Signature

AnyMethod: TypeAlias = ExpandingMethod | ComputingMethod


@frozen
class LoadedMethod:
    """A method and which code it is. Two are equal where their code is."""

    identity: PluginIdentity
    method: AnyMethod = field(eq=False, repr=False)

    @property
    def name(self) -> str:
        """The name by which rulesets call it."""
        return self.identity.name

    @property
    def signature(self) -> Signature:
        """What it takes and returns."""
        return self.method.signature

    @property
    def expands(self) -> bool:
        """Tell whether it writes its calculation down."""
        return hasattr(self.method, "expand")


@frozen(eq=False)
class PluginCall:
    """One call in a ruleset, for those who explain it."""

    name: str
    arguments: tuple[Expr, ...]
    method: AnyMethod = field(repr=False)

    def sentence(self, language: str, values: tuple[tuple[object, str], ...], result: tuple[object, str]) -> str | None:
        """Let the plug-in say it; None where it fails to, since an explanation must not fail with it."""
        try:
            found = self.method.narrate(language, tuple(map(_shown, values)), _shown(result))
        except Exception:  # whatever a plug-in raises
            return None
        return " ".join(found.split()) or None if isinstance(found, str) else None


def _shown(known: tuple[object, str]) -> Shown:
    value, text = known
    return Shown(cast(Fraction | bool | str | date, value), text)
