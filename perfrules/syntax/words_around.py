"""What a problem offers the author, in the words of the text around it: keywords in its language, names in brackets
only where they must be. Knows nothing of what is offered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from attrs import evolve

from perfrules.diagnostics import Argument, Code, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.grammar import grammar
from perfrules.syntax.keywords import Language, keywords
from perfrules.syntax.printing.voice import bracketed_if_needed
from perfrules.syntax.token import Token, kinds
from perfrules.text import SourceText, source_from_text

_OFFERING: Final = frozenset({"insert", "restate"})
"""The fixes whose text holds words of the language."""
_OFFERED: Final = frozenset(
    {"aggregate", "answer", "clause", "expects", "inside", "operation", "owner", "places", "stage", "stages", "stands"}
    | {"styles", "suggestion"}
)
"""The arguments that hold words of the language; others hold the author's names, which a keyword may be."""
_OFFERED_BY_CODE: Final[Mapping[Code, frozenset[str]]] = MappingProxyType(
    {
        Code.CYCLE: frozenset({"path"}),
        Code.HEADER_MISMATCH: frozenset({"found", "wanted"}),
        Code.PART_UNIT_UNSTATED: frozenset({"step"}),
        Code.TYPE_MISMATCH_IN_TEST: frozenset({"kind"}),
    }
)
_NAMING: Final = frozenset({"code", "name", "other", "parent", "quantity", "subject"})
_RESULTS: Final = frozenset({"total", "rounded total", "grade"})
"""What stands where otherwise the author's names do; as a name each of them would be in brackets."""
_COUNTED: Final = kinds("POINTS PP DECIMALS SIGNIFICANT_DIGITS")

_Spell = Callable[[str], str]


def language_of(source: SourceText) -> Language:
    """Return the language that a text begins in: that of its first keyword."""
    known = keywords().by_terminal
    first = next((token for token in grammar().lexer.lex(source).tokens if token.type in known), None)
    return "zh" if first is not None and first.text == known[first.type].zh else "en"


def in_words_around(
    diagnostics: Iterable[Diagnostic], source: SourceText, otherwise: Language = "en"
) -> tuple[Diagnostic, ...]:
    """Write the keywords of fixes and arguments in the language of the last keyword before the problem.

    *otherwise* is the language where there is none, as in a table.
    """
    found = tuple(diagnostics)
    if not any(_speaks(each) for each in found):
        return found
    known = keywords().by_terminal
    words = [token for token in grammar().lexer.lex(source).tokens if token.type in known]
    ends = [word.end for word in words]

    def language_at(place: int) -> Language:
        before = bisect_right(ends, place)
        last: Token | None = words[before - 1] if before else None
        if last is None:
            return otherwise
        return "zh" if last.text == known[last.type].zh else "en"

    return tuple(_respelled(each, partial(_in_language, language=language_at(_place(each)))) for each in found)


def _speaks(problem: Diagnostic) -> bool:
    offers = problem.fix is not None and problem.fix.title in _OFFERING
    return offers or any(_is_offered(problem.code, name, value) for name, value in problem.args.items())


def _is_offered(code: Code, name: str, value: Argument) -> bool:
    """Tell whether an argument holds words of the language."""
    if name in _NAMING and isinstance(value, str):
        return value in _RESULTS
    return name in _OFFERED or name in _OFFERED_BY_CODE.get(code, ())


def _place(problem: Diagnostic) -> int:
    """Return where the language counts: where a fix inserts, else the end of the problem."""
    if problem.fix is not None and problem.fix.edits:
        return problem.fix.edits[0].span.start
    return problem.at.end if problem.at is not None else 0


def _respelled(problem: Diagnostic, spell: _Spell) -> Diagnostic:
    args = {
        name: _argument(value, spell) if _is_offered(problem.code, name, value) else value
        for name, value in problem.args.items()
    }
    others = tuple(_label(problem.code, other, spell) for other in problem.others)
    return evolve(problem, args=args, others=others, fix=problem.fix and _fix(problem.fix, spell))


def _label(code: Code, other: Labelled, spell: _Spell) -> Labelled:
    spelled = {name: _argument(value, spell) for name, value in other.args.items() if _is_offered(code, name, value)}
    return evolve(other, args={**other.args, **spelled}) if spelled else other


def _fix(fix: Fix, spell: _Spell) -> Fix:
    if fix.title not in _OFFERING:
        return fix
    edits = [Edit(edit.span, spell(edit.new_text)) for edit in fix.edits]
    return Fix(fix.title, edits, args={name: _argument(value, spell) for name, value in fix.args.items()})


def _argument(value: Argument, spell: _Spell) -> Argument:
    match value:
        case tuple():
            return tuple(each if isinstance(each, Word) else spell(each) for each in value)
        case str() if not isinstance(value, Word):
            return spell(value)
    return value


def _in_language(text: str, language: Language) -> str:
    tokens: Sequence[Token] = grammar().lexer.lex(source_from_text(text, "offered")[0]).tokens
    pieces, done = [], 0
    for place, token in enumerate(tokens):
        tight = language == "zh" and place > 0 and tokens[place - 1].type == "DIGITS" and token.type in _COUNTED
        pieces += ["" if tight else text[done : token.start], _spelled(tokens, place, language)]
        done = token.end
    return "".join(pieces) + text[done:]


def _spelled(tokens: Sequence[Token], place: int, language: Language) -> str:
    token = tokens[place]
    keyword = keywords().by_terminal.get(token.type)
    if keyword is not None:
        one = place > 0 and tokens[place - 1].text == "1"
        return keyword.singular if language == "en" and one and keyword.singular else keyword.spelling(language)
    if token.type == "NAME" and token.text[0] == "【":
        return bracketed_if_needed(token.text[1:-1])
    return token.text
