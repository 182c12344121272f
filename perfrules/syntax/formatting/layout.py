"""Lines: the author's line breaks kept, at most one blank line, two spaces of indentation for each block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from perfrules.syntax.formatting.spacing import gap
from perfrules.syntax.formatting.spelling import spell
from perfrules.syntax.keywords import Language
from perfrules.syntax.statements import end_statements
from perfrules.syntax.token import Token, kinds

Line = list[Token]
_DECLARING: Final = kinds("INPUT PARAM UNIT SCHEDULE OUTPUT")


def lay_out(tokens: Sequence[Token], language: Language | None) -> str:
    """Return the formatted text of *tokens*."""
    begins = _statement_starts(tokens)
    blocks = _Blocks()
    written: list[str] = []
    lines = [_without_needless_ends(line) for line in _lines(tokens)]
    for place, line in enumerate(lines):
        indent = _indent(_code_from(lines, place), len(blocks.open), begins) if line else 0
        pieces = ["  " * indent]
        for index, token in enumerate(line):
            blocks.enter_or_leave(token, token.start in begins)
            spelled = spell(line, index, language)
            if index:
                pieces.append(gap(line, index, block=blocks.innermost, declares=blocks.declares, written=spelled))
            pieces.append(spelled)
            blocks.remember(token)
        written.append("".join(pieces).rstrip())
    return "".join(f"{line}\n" for line in _blank_lines(written))


class _Blocks:
    """The blocks that are open at a token, each by the kind of token that began its statement.

    *declares* tells whether the last colon stands before a type: in a declaration, or in the brackets of a definition.
    """

    def __init__(self) -> None:
        self.open: list[tuple[str, list[bool]]] = []
        self.declares = False
        self._head = ""
        self._brackets: list[bool] = []  # of each open bracket, whether it holds the parameters of a definition
        self._before = ("", "")

    @property
    def innermost(self) -> str:
        return self.open[-1][0] if self.open else ""

    def enter_or_leave(self, token: Token, begins: bool) -> None:
        kind = token.type
        if begins or kind == "TALLY" or self._before[1] == "REPLACE":
            self._head = kind
        if kind == "RBRACE" and self.open:
            self._head, self._brackets = self.open.pop()
        elif kind in ("RPAR", "RSQB") and self._brackets:
            self._brackets.pop()
        elif kind == "COLON":
            self.declares = self._brackets == [True] or (not self._brackets and self._head in _DECLARING)

    def remember(self, token: Token) -> None:
        kind = token.type
        if kind == "LBRACE":
            self.open.append((self._head, self._brackets))
            self._brackets = []
        elif kind in ("LPAR", "LSQB"):
            self._brackets.append(self._before == ("DEFINE", "NAME"))
        self._before = (self._before[1], kind)


def _lines(tokens: Sequence[Token]) -> Iterator[Line]:
    line: Line = []
    for token in tokens:
        if token.type == "NEWLINE":
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _statement_starts(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the offsets at which statements begin."""
    statements = end_statements(tokens)
    return frozenset(
        token.start
        for place, token in enumerate(statements)
        if place == 0 or statements[place - 1].type in ("END", "LBRACE")
    )


def _without_needless_ends(line: Line) -> Line:
    """Drop each `;` that a line end, a brace or another `;` makes needless."""
    kept: Line = []
    for token in line:
        if token.type == "END" and (not kept or kept[-1].type in ("END", "LBRACE")):
            continue
        if token.type in ("RBRACE", "COMMENT") and kept and kept[-1].type == "END":
            kept.pop()
        kept.append(token)
    if kept and kept[-1].type == "END":
        kept.pop()
    return kept


def _code_from(lines: Sequence[Line], place: int) -> Token:
    """Return the token that begins the line at *place*, or for a comment the statement that it stands before."""
    comment = first = lines[place][0]
    while first.type == "COMMENT" and place + 1 < len(lines):
        place += 1
        first = lines[place][0] if lines[place] else first
    return first if comment.type != "COMMENT" or first.type != "RBRACE" else comment


def _indent(first: Token, depth: int, begins: frozenset[int]) -> int:
    """Return how far the line of *first* stands in: one step more where it continues a statement."""
    if first.type == "RBRACE":
        return max(0, depth - 1)
    own = first.start in begins or first.type in ("LBRACE", "COMMENT")
    return depth if own else depth + 1


def _blank_lines(lines: Iterable[str]) -> Iterator[str]:
    """Keep one of several blank lines; none where a block opens or closes, or at either end."""
    waiting = False
    before = ""
    for line in lines:
        if not line:
            waiting = bool(before)
            continue
        opens = before.split("  #")[0].endswith("{")
        if waiting and not opens and not line.lstrip().startswith("}"):
            yield ""
        yield line
        before, waiting = line, False
