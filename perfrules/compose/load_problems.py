"""What can be wrong with the files that a ruleset builds on."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.compose.search import Search
from perfrules.diagnostics import Code, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.syntax.ast.ruleset import Library, Ruleset
from perfrules.syntax.ast.tree import Text
from perfrules.syntax.scan import scan_header
from perfrules.text import SourceText, Span


def library_not_found(name: str, kind: str, at: Span, search: Search) -> Diagnostic:
    """Say that there is no file of that name; *kind* is library or ruleset."""
    args: dict[str, Argument] = {
        "name": name,
        "kind": Word(kind),
        "file": f"{name.replace('.', '/')}.perfrules",
        "places": search.places(),
    }
    near, fix = nearest(name, search.names()), None
    if len(near) == 1:
        fix = Fix("replace", [Edit(at, near[0])], args={"new": near[0], "old": name})
    return Diagnostic(Code.LIBRARY_NOT_FOUND, at, args=args, fix=fix)


def header_mismatch(tree: Ruleset | Library, name: str, *, library: bool, at: Span, file: str) -> Diagnostic:
    """Say that a file is not what its name promises."""
    own = tree.name[0].span.cover(tree.name[-1].span)
    found = f"{_word(isinstance(tree, Library))} {'.'.join(each.text for each in tree.name)}"
    args: dict[str, Argument] = {"file": file, "wanted": f"{_word(library)} {name}", "found": found}
    return Diagnostic(Code.HEADER_MISMATCH, at, args=args, others=[Labelled(own, "stated-here")])


def not_a_ruleset(source: SourceText) -> Diagnostic:
    """Say that a library is not a ruleset, which is what can score."""
    header = scan_header(source.text)
    start, end = (0, 0) if header is None else (header.start, header.end)
    found = "" if header is None else f"{_word(True)} {header.name}"
    args: dict[str, Argument] = {"file": source.name, "wanted": _word(False), "found": found}
    return Diagnostic(Code.HEADER_MISMATCH, Span(source.name, start, end), args=args)


def version_conflict(name: str, wanted: Text, found: str | None, others: Sequence[Span]) -> Diagnostic:
    """Say that a file has another version than is asked for; *others* ask for it too."""
    args: dict[str, Argument] = {
        "name": name,
        "wanted": wanted.value,
        "found": Word("no-version") if found is None else found,
    }
    labels = [Labelled(other, "used-here") for other in others]
    return Diagnostic(Code.VERSION_CONFLICT, wanted.span, args=args, others=labels)


def file_cycle(ring: Sequence[tuple[str, str | None]], at: Span) -> Diagnostic:
    """Say that a file needs itself; *ring* has the names and versions from it to itself, the outermost first.

    The versions are told where only they keep two files apart.
    """
    apart = len({name for name, _ in ring}) == len(set(ring))
    path = (name if apart or version is None else f"{name}@{version}" for name, version in ring)
    return Diagnostic(Code.FILE_CYCLE, at, args={"name": ring[0][0], "path": " → ".join(path)})


def _word(library: bool) -> str:
    return "library" if library else "ruleset"
