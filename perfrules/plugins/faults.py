"""What goes wrong with a plug-in: it is not installed, not allowed, of another version, or does not do its part.

A fault of the plug-in itself is told with a word of the catalogue and what its own error says, never by a traceback.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.text import Span

_LONGEST: Final = 300


@frozen
class Fault:
    """A plug-in does not do its part: *what* is a word of the catalogue, *detail* what its own error says."""

    plugin: str
    what: str
    detail: str = ""


class PluginFault(Exception):  # noqa: N818 - named by what happened, in the vocabulary of the language
    """A computing method gave no exact number, or one outside its range, for the data of one entity."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.plugin}: {fault.what} {fault.detail}".strip())
        self.fault = fault

    def __reduce__(self) -> tuple[type[PluginFault], tuple[Fault]]:
        return (PluginFault, (self.fault,))


def raised(plugin: str, what: str, error: BaseException) -> Fault:
    """Say what a plug-in's own error says, on one line."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return Fault(plugin, what, said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…")


def fault_diagnostic(fault: Fault, at: Span | None = None, where: DataPlace | None = None) -> Diagnostic:
    """Report a fault where the ruleset uses the plug-in, or in the data that meet it."""
    args: dict[str, Argument] = {"plugin": fault.plugin, "fault": Word(fault.what), "detail": fault.detail}
    return Diagnostic(Code.PLUGIN_FAULT, at, args=args, where=where)
