"""What can be wrong with an overlay: what it means is not there, is several things, or is not what it expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from perfrules.compose.overlay_targets import Place, Targets, declared_at
from perfrules.diagnostics import Code, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang.names import suggest
from perfrules.syntax.ast.clauses import Amount
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.printing.clauses import amount
from perfrules.syntax.printing.expressions import expression
from perfrules.syntax.printing.voice import Voice, text
from perfrules.text import Span

_ENGLISH: Final = Voice("en")
"""What is offered is put in the words of the text around it at the end."""

Stated = Text | Amount | Expression


def written(parts: Iterable[Stated]) -> str:
    """Return what an overlay or its base states, as it is written: `"Staff" 5 points`."""
    return " ".join(_written(part) for part in parts)


def place_of(parts: Sequence[Stated]) -> Span:
    """Return where *parts*, which stand side by side, are written."""
    return parts[0].span.cover(parts[-1].span)


def moved(name: str, expects: Sequence[Stated], stands: Sequence[Stated], base: tuple[str, Span]) -> Diagnostic:
    """Say that the base (its name, and the place) has *stands* for *name* where the overlay *expects* something."""
    old, new, at = written(expects), written(stands), place_of(expects)
    fix = Fix("restate", [Edit(at, new)], args={"old": old, "new": new}) if stands else None
    return _moved(at, (name, old, new or Word("nothing")), base, fix)


def moved_there(overlay: tuple[str, Span], expects: Stated, becomes: Stated, base: tuple[str, Span]) -> Diagnostic:
    """Say that the base has already what the *overlay* (the name it changes, and all of it) makes of it."""
    (name, whole), new = overlay, written([becomes])
    equals = "" if isinstance(becomes, Amount) else "= "
    line = f"set {name} {equals}{new} was {written([expects])}"
    fix = Fix("remove", [Edit(whole, "")], args={"old": line})
    return _moved(expects.span, (name, written([expects]), new), base, fix, "base-has-it")


def moved_to_several(name: str, expects: Stated, base: tuple[str, Span]) -> Diagnostic:
    """Say that a parameter has several values in the base, where the overlay expects one."""
    return _moved(expects.span, (name, written([expects]), Word("several-values")), base, None)


def text_moved(expects: Text, digest: str, base: tuple[str, Span]) -> Diagnostic:
    """Say that the base's text has another *digest*, or that too little of it is stated."""
    fix = Fix("restate", [Edit(expects.span, f'"{digest}"')], args={"old": expects.value, "new": digest})
    advice = "more-digits" if digest.startswith(expects.value) else "look-at-base"
    return _moved(expects.span, (Word("its-text"), expects.value, digest), base, fix, advice)


def _moved(
    at: Span, said: tuple[str, str, str], base: tuple[str, Span], fix: Fix | None, advice: str = "look-at-base"
) -> Diagnostic:
    name, expects, stands = said
    args = {"name": name, "expects": expects, "stands": stands, "base": base[0], "advice": Word(advice)}
    others = [Labelled(base[1], "base-has", args={"stands": stands})]
    return Diagnostic(Code.OVERLAY_BASE_MOVED, at, args=args, others=others, fix=fix)


def not_there(name: Name, kind: str, known: Iterable[str], elsewhere: Iterable[Span] = ()) -> Diagnostic:
    """Say that the base has nothing of that *kind* and name; *elsewhere* it is something else."""
    near = tuple(suggest(name.text, known))
    fix = None
    if len(near) == 1:
        fix = Fix("replace", [Edit(name.span, near[0])], args={"new": near[0], "old": name.text})
    args: dict[str, Argument] = {"kind": Word(kind), "name": name.text, "suggestions": near}
    others = [Labelled(span, "declared-here", args={"name": name.text}) for span in elsewhere]
    return Diagnostic(Code.UNKNOWN_NAME, name.span, args=args, others=others, fix=fix)


def several(name: Name, places: Iterable[Place], targets: Targets) -> Diagnostic:
    """Say that the base has several things that *name* can mean."""
    found = [(str(place), targets.at(place)) for place in places]
    others = [Labelled(declared_at(tree), "declared-here", args={"name": path}) for path, tree in found]
    args: dict[str, Argument] = {"name": name.text, "candidates": tuple(path for path, _ in found)}
    return Diagnostic(Code.AMBIGUOUS_NAME, name.span, args=args, others=others)


def twice(name: str, at: Span, first: Span) -> Diagnostic:
    """Say that two overlays are about one thing."""
    return Diagnostic(Code.TWICE_STATED, at, args={"clause": name}, others=[Labelled(first, "first-stated-here")])


def stated_again(name: str, at: Span, first: Span) -> Diagnostic:
    """Say that the base has something of that kind and name, which can be replaced."""
    fix = Fix("insert", [Edit(Span(at.file, at.start, at.start), "replace ")], args={"new": "replace"})
    others = [Labelled(first, "first-stated-here")]
    return Diagnostic(Code.TWICE_STATED, at, args={"clause": name}, others=others, fix=fix)


def unstated_was(name: str, at: Span, behind: Span, stands: Sequence[Stated]) -> Diagnostic:
    """Say that an overlay does not tell what it expects to find; it could stand *behind*."""
    added = f"was {written(stands)}"
    end = Span(behind.file, behind.end, behind.end)
    fix = Fix("insert", [Edit(end, f" {added}")], args={"new": added})
    args: dict[str, Argument] = {"owner": name, "clause": "was", "suggestion": (added,)}
    return Diagnostic(Code.MISSING_CLAUSE, at, args=args, fix=fix)


def lacks(owner: str, clause: str, at: Span) -> Diagnostic:
    """Say that something is not stated that it would be found by."""
    return Diagnostic(Code.MISSING_CLAUSE, at, args={"owner": owner, "clause": Word(clause)})


def changes_nothing(name: str, at: Span, base: tuple[str, Span]) -> Diagnostic:
    """Say that the base (its name, and the place) has already what an overlay makes of it."""
    others = [Labelled(base[1], "declared-here", args={"name": name})]
    return Diagnostic(Code.OVERLAY_CHANGES_NOTHING, at, args={"name": name, "base": base[0]}, others=others)


def _written(part: Stated) -> str:
    match part:
        case Text():
            return text(part)
        case Amount():
            return amount(part, _ENGLISH)
        case _:
            return expression(part, _ENGLISH)
