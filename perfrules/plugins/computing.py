"""Calls of computing methods: an exact function whose every result is held against the range it declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import EVERYTHING, Interval, point, show_interval
from perfrules.plugins.faults import Fault, PluginFault, raised
from perfrules.plugins.method import LoadedMethod
from perfrules.plugins.signature import result_kind

if TYPE_CHECKING:
    from perfrules.plugins.protocol import ComputingMethod


@frozen
class Function:
    """The `ComputedFunction` of a plug-in; equal, and hashed in a ruleset's meaning, by name, version and digest."""

    name: str
    version: str
    digest: str
    method: ComputingMethod = field(eq=False, repr=False)

    def compute(self, values: tuple[Exact, ...]) -> Exact:
        """Return the value; raise PluginFault for one that is not exact or not within the range of these values."""
        try:
            found = self.method.compute(values)
        except Exception as error:  # whatever a plug-in raises
            raise PluginFault(raised(self.name, "plugin-compute-raises", error)) from error
        if isinstance(found, bool) or not isinstance(found, int | Exact):
            raise PluginFault(Fault(self.name, "plugin-not-exact", f"{type(found).__name__} {found!r}"))
        held = self.declared_range(tuple(point(value) for value in values))
        if isinstance(held, Fault):
            raise PluginFault(held)
        if Exact(found) not in held:
            raise PluginFault(outside_range(self.name, Exact(found), held))
        return Exact(found)

    def range(self, ranges: tuple[Interval, ...]) -> Interval:
        """Return the declared range; everything where the plug-in fails to declare one."""
        found = self.declared_range(ranges)
        return EVERYTHING if isinstance(found, Fault) else found

    def declared_range(self, ranges: tuple[Interval, ...]) -> Interval | Fault:
        """Return the declared range, or how the plug-in fails to declare one."""
        try:
            found = self.method.range(ranges)
        except Exception as error:  # whatever a plug-in raises
            return raised(self.name, "plugin-range-raises", error)
        if not isinstance(found, Interval) or not all(end is None or isinstance(end, Exact) for end in _ends(found)):
            return Fault(self.name, "plugin-no-range", repr(found))
        return found


def computed(loaded: LoadedMethod, arguments: tuple[Expr, ...], origin: Origin) -> Expr:
    """Return the core expression of a call; *arguments* are numbers, quantities in the base unit."""
    identity = loaded.identity
    method = cast("ComputingMethod", loaded.method)
    function = Function(identity.name, identity.version, identity.digest, method)
    return core.Computed(function, arguments, kind=result_kind(loaded.signature), origin=origin)


def outside_range(plugin: str, value: Exact, held: Interval) -> Fault:
    """Say that a result is not where the plug-in said it would be."""
    return Fault(plugin, "plugin-outside-range", f"{as_text(value)} ∉ {show_interval(held, as_text)}")


def _ends(found: Interval) -> tuple[object, object]:
    return found.lo, found.hi
