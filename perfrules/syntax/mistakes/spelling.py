"""A word that is nearly a word of the language."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.lang.names import suggest
from perfrules.syntax.keywords import keywords
from perfrules.syntax.mistakes.stumble import Stumble
from perfrules.text import Span


def nearly_a_word(stumble: Stumble) -> Diagnostic | None:
    """Offer `indicator` for `indicater`."""
    token = stumble.token
    if token is None or token.type != "NAME":
        return None
    fitting = [
        spelling
        for terminal in stumble.accepted
        if terminal in keywords().by_terminal
        for spelling in keywords().by_terminal[terminal].spellings()
    ]
    following = stumble.piece[stumble.place + 1 : stumble.place + 2]
    spans = [(token.text, token.end), *((f"{token.text} {other.text}", other.end) for other in following)]
    for written, end in reversed(spans):
        near = _near(written, fitting)
        if near:
            at = Span(token.file, token.start, end)
            fix = Fix("replace", [Edit(at, near[0])], args={"old": written, "new": near[0]})
            return Diagnostic(Code.SYNTAX_ERROR, at=at, args={"found": written, "expected": tuple(near)}, fix=fix)
    return None


def _near(written: str, fitting: list[str]) -> list[str]:
    """Return the words of as many parts that look alike, or the phrases that begin so."""
    parts = written.count(" ")
    alike = suggest(written, (spelling for spelling in fitting if spelling.count(" ") == parts))
    return alike or sorted(spelling for spelling in fitting if spelling.startswith(f"{written} "))
