"""What reading a source met (``text.TextProblem``), as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from perfrules.diagnostics.arguments import Argument
from perfrules.diagnostics.codes import Code
from perfrules.diagnostics.diagnostic import Diagnostic, Edit, Fix
from perfrules.text import DEFAULT_SIZE_LIMIT, SourceText, Span, TextProblem


def unreadable_text(
    source: SourceText, problems: Iterable[TextProblem], limit: int = DEFAULT_SIZE_LIMIT
) -> tuple[Diagnostic, ...]:
    """Turn each of *problems* into a diagnostic; *limit* is the one the source was read with."""
    return tuple(_diagnostic(source, problem, limit) for problem in problems)


def _diagnostic(source: SourceText, problem: TextProblem, limit: int) -> Diagnostic:
    at = Span(source.name, problem.offset, min(problem.offset + 1, len(source.text)))
    match Code(problem.what):
        case Code.FILE_TOO_LARGE as code:
            return Diagnostic(code, at, args={"size": problem.found, "limit": limit})
        case Code.NOT_UTF_8 as code:
            return Diagnostic(code, at, args={"byte": problem.found})
        case code:
            args: dict[str, Argument] = {"character": problem.found}
            remove = code is Code.INVISIBLE_CHARACTER
            fix = Fix("remove", [Edit(at, "")], args={"old": problem.found}) if remove else None
            return Diagnostic(code, at, args=args, fix=fix)
