"""The plug-ins that a ruleset uses: loaded where the caller allows them, reported where they cannot be had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.functions import find_function
from perfrules.ir.plan import PluginIdentity
from perfrules.lang.names import normalise_name
from perfrules.model.duplicates import duplicate
from perfrules.model.names import Names
from perfrules.model.symbols import ScheduleSymbol
from perfrules.plugins.faults import Fault, fault_diagnostic
from perfrules.plugins.installed import installed
from perfrules.plugins.loader import AnotherVersion, NotAllowed, NotInstalled, Refused, load_method
from perfrules.plugins.method import LoadedMethod
from perfrules.syntax.ast.composition import Use
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span


@frozen(kw_only=True)
class UsedPlugins:
    """The methods by name, None for one that is used and cannot be had; where they are asked for; what was wrong."""

    methods: Mapping[str, LoadedMethod | None]
    places: Mapping[str, Span] = MappingProxyType({})
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def identities(self) -> tuple[PluginIdentity, ...]:
        """Which code they are, by name."""
        return tuple(each.identity for _, each in sorted(self.methods.items()) if each is not None)


NO_PLUGINS: Final = UsedPlugins(methods=MappingProxyType({}))


def used_plugins(uses: Iterable[Use], allowed: Iterable[str]) -> UsedPlugins:
    """Load what `use plugin NAME` asks for; only what is *allowed* by name is ever imported."""
    methods: dict[str, LoadedMethod | None] = {}
    problems: list[Diagnostic] = []
    names = frozenset(normalise_name(each) for each in allowed)
    asked: dict[str, Use] = {}
    for use in uses:
        name = _name(use)
        first = asked.setdefault(name, use)
        problems += _disagreement(name, first, use)
        if name not in methods:
            found = _taken(name) or load_method(name, _version(use), names)
            methods[name] = found if isinstance(found, LoadedMethod) else None
            if not isinstance(found, LoadedMethod):
                problems.append(_refusal(name, use, found))
    places = MappingProxyType({name: _place(use) for name, use in asked.items()})
    return UsedPlugins(methods=MappingProxyType(methods), places=places, diagnostics=tuple(problems))


def hidden_by_schedules(plugins: UsedPlugins, names: Names) -> Iterator[Diagnostic]:
    """Yield each plug-in whose name the ruleset also gives to something that is called."""
    for name, span in plugins.places.items():
        symbol = names.plain.get(name)
        if isinstance(symbol, ScheduleSymbol):
            first, second = sorted((symbol.span, span))
            yield duplicate(Name(text=name, span=second), "function", first)


def _taken(name: str) -> Fault | None:
    """A plug-in cannot take the place of what the language has."""
    return Fault(name, "plugin-takes-a-function") if find_function(name) is not None else None


def _disagreement(name: str, first: Use, use: Use) -> list[Diagnostic]:
    """Report two versions of one plug-in in one ruleset."""
    if first.version is None or use.version is None or first.version.value == use.version.value:
        return []
    return [_conflict(name, use.version, first.version.value, [first.version.span])]


def _refusal(name: str, use: Use, why: Refused) -> Diagnostic:
    at = _place(use)
    match why:
        case Fault():
            return fault_diagnostic(why, at)
        case NotAllowed(package):
            return Diagnostic(Code.PLUGIN_NOT_ALLOWED, at, args={"plugin": name, "package": package})
        case AnotherVersion(version):
            return _conflict(name, use.version, version, ())
        case NotInstalled():
            known = [each.name for each in installed() if each.kind == "method"]
            args: dict[str, Argument] = {"plugin": name, "suggestions": nearest(name, known)}
            return Diagnostic(Code.PLUGIN_NOT_INSTALLED, at, args=args)
        case _:
            assert_never(why)


def _conflict(name: str, wanted: Text | None, found: str, others: Iterable[Span]) -> Diagnostic:
    assert wanted is not None
    args: dict[str, Argument] = {"name": name, "wanted": wanted.value, "found": found}
    labels = [Labelled(other, "used-here") for other in others]
    return Diagnostic(Code.VERSION_CONFLICT, wanted.span, args=args, others=labels)


def _name(use: Use) -> str:
    return ".".join(name.text for name in use.name)


def _place(use: Use) -> Span:
    return use.name[0].span.cover(use.name[-1].span)


def _version(use: Use) -> str | None:
    return None if use.version is None else use.version.value
