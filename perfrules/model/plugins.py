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
    names = frozenset(normalise_name(each) for each in allowed)
    asked: dict[str, list[Use]] = {}
    for use in uses:
        asked.setdefault(_name(use), []).append(use)
    methods: dict[str, LoadedMethod | None] = {}
    problems: list[Diagnostic] = []
    for name, each in asked.items():
        first = next((use for use in each if use.version is not None), each[0])
        problems += (_conflict(name, use, first) for use in each if _disagree(use, first))
        found = _taken(name) or load_method(name, _version(first), names)
        methods[name] = found if isinstance(found, LoadedMethod) else None
        if not isinstance(found, LoadedMethod):
            problems.append(_refusal(name, first, found))
    places = MappingProxyType({name: _place(each[0]) for name, each in asked.items()})
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


def _disagree(use: Use, first: Use) -> bool:
    """Tell whether two versions of one plug-in are asked for in one ruleset."""
    return use.version is not None and _version(use) != _version(first)


def _refusal(name: str, use: Use, why: Refused) -> Diagnostic:
    at = _place(use)
    match why:
        case Fault():
            return fault_diagnostic(why, at)
        case NotAllowed(package):
            return Diagnostic(Code.PLUGIN_NOT_ALLOWED, at, args={"plugin": name, "package": package})
        case AnotherVersion(version):
            assert use.version is not None
            return _another_version(name, use.version, version)
        case NotInstalled():
            known = [each.name for each in installed() if each.kind == "method"]
            args: dict[str, Argument] = {"plugin": name, "suggestions": nearest(name, known)}
            return Diagnostic(Code.PLUGIN_NOT_INSTALLED, at, args=args)
        case _:
            assert_never(why)


def _conflict(name: str, use: Use, first: Use) -> Diagnostic:
    """Say that two versions are asked for."""
    assert use.version is not None
    assert first.version is not None
    return _another_version(name, use.version, first.version.value, [Labelled(first.version.span, "used-here")])


def _another_version(name: str, wanted: Text, found: str, others: Iterable[Labelled] = ()) -> Diagnostic:
    args: dict[str, Argument] = {"name": name, "wanted": wanted.value, "found": found}
    return Diagnostic(Code.VERSION_CONFLICT, wanted.span, args=args, others=others)


def _name(use: Use) -> str:
    return ".".join(name.text for name in use.name)


def _place(use: Use) -> Span:
    return use.name[0].span.cover(use.name[-1].span)


def _version(use: Use) -> str | None:
    return None if use.version is None else use.version.value
