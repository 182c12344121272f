"""What a call means: a definition or a schedule of the file it stands in or of a library that file uses, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from perfrules.compose.file import File
from perfrules.compose.load import dotted
from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.functions import find_function
from perfrules.syntax.ast.composition import Definition
from perfrules.syntax.ast.declarations import Schedule
from perfrules.syntax.ast.expressions import Call
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span


class Other(Enum):
    """A call of something that no file declares."""

    FUNCTION = "function"
    PLUGIN = "plugin"
    UNKNOWN = "unknown"


@frozen(eq=False)
class Target:
    """A definition or a schedule, and the file that declares it; *item* is None where it cannot be had."""

    file: File
    item: Definition | Schedule | None
    name: str

    @property
    def full_name(self) -> str:
        """How it is called in a ruleset."""
        return self.file.full_name(self.name)


Meant = Target | Other | Diagnostic


def meant_by(call: Call, file: File) -> Meant:
    """Return what *call* means in *file*. Nearer names come first: of the file, of the language, of its libraries."""
    if call.library:
        return _qualified(call, file)
    name = call.function.text
    own = _in(file, name)
    if own is not None:
        return own
    if find_function(name) is not None:
        return Other.FUNCTION
    if name in file.plugins:
        return Other.PLUGIN
    found = [target for target in (_in(library, name) for library in file.uses) if target is not None]
    if len(found) > 1:
        return _ambiguous(call.function, found)
    if not found and file.lacks:
        return Target(file, None, name)  # it may be of a library that cannot be had, which is reported
    return found[0] if found else Other.UNKNOWN


def defined_title(call: Call, files: Mapping[str, File]) -> Text | None:
    """Return the title of the definition that *call* means in the one of *files* where it is written."""
    file = files.get(call.function.span.file)
    meant = None if file is None else meant_by(call, file)
    return meant.item.title if isinstance(meant, Target) and isinstance(meant.item, Definition) else None


def callable_names(file: File) -> tuple[str, ...]:
    """Return the names of all definitions that can be called by one word, for did-you-mean."""
    return tuple(name for each in (file, *file.uses) for name in each.names(Definition))


def unknown_call(call: Call, file: File) -> Diagnostic:
    """Say that nothing called so can make an indicator."""
    return _unknown(call.function, "definition", nearest(call.function.text, callable_names(file)))


def _qualified(call: Call, file: File) -> Meant:
    name = dotted(call.library)
    at = call.library[0].span.cover(call.library[-1].span)
    known = {each.name: each for each in (file, *file.uses) if each.prefix}
    library = known.get(name)
    if library is None and name in file.lacks:
        return Target(file, None, call.function.text)
    if library is None:
        return _unknown(Name(text=name, span=at), "library", nearest(name, known))
    found = _in(library, call.function.text)
    if found is None:
        names = library.names(Definition)
        return _unknown(call.function, "definition", nearest(call.function.text, names))
    return found


def _in(file: File, name: str) -> Target | None:
    if file.has(Definition, name):
        return Target(file, file.find(Definition, name), name)
    return Target(file, file.find(Schedule, name), name) if file.has(Schedule, name) else None


def _ambiguous(name: Name, found: list[Target]) -> Diagnostic:
    args: dict[str, Argument] = {"name": name.text, "candidates": tuple(each.full_name for each in found)}
    return Diagnostic(Code.AMBIGUOUS_NAME, name.span, args=args)


def _unknown(name: Name, kind: str, suggestions: tuple[str, ...]) -> Diagnostic:
    fix = None
    if len(suggestions) == 1:
        [new] = suggestions
        fix = Fix("replace", [Edit(name.span, new)], args={"new": new, "old": name.text})
    args: dict[str, Argument] = {"kind": Word(kind), "name": name.text, "suggestions": suggestions}
    return Diagnostic(Code.UNKNOWN_NAME, name.span, args=args, fix=fix)


def place_of_call(call: Call) -> Span:
    """Return where the name of what is called stands."""
    return call.library[0].span.cover(call.function.span) if call.library else call.function.span
