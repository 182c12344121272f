"""What every fold needs: spans of what stands together, names, numbers and texts from tokens, and refusal.

A fold function takes the list of what its rule matched, tokens and trees in order, None where an optional part is
absent; the grammar fixes each one's place, so the functions index and do not search.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.lang.exact import Exact, parse_exact
from perfrules.lang.names import normalise_name
from perfrules.syntax.ast.expressions import Number, NumberForm
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.keywords import keywords
from perfrules.syntax.token import Token
from perfrules.text import Span

Children: TypeAlias = list[Any]
"""Tokens, trees, lists of them, and None; lark cannot say more."""

_HUNDREDTHS = frozenset({NumberForm.PERCENT, NumberForm.PERCENTAGE_POINTS})
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．＿", "0123456789._", ",，%％")


class Refused(Exception):  # noqa: N818  # not an error of ours: it carries what the author wrote wrongly
    """Stops the parse of one piece; carries what to say about it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def span_of(c: Children) -> Span:
    """Return the span from the first to the last of *c* that is there; the first always is."""
    first, last = c[0], c[-1]
    if last is None:
        last = next(part for part in reversed(c) if part is not None)
    begins = first if type(first) is Token else first.span
    ends = last if type(last) is Token else last.span
    return Span(begins.file, begins.start, ends.end)


def name(c: Children) -> Name:
    """`spent`, `【1.1】`."""
    token: Token = c[0]
    return Name(
        text=token.text if token.text.isascii() else name_text(token), span=Span(token.file, token.start, token.end)
    )


def name_text(token: Token) -> str:
    """Return the name that *token* writes: without brackets, in normal form."""
    written = token.text
    return normalise_name(written[1:-1].strip() if written[0] == "【" else written)


def keyword_name(c: Children) -> Name:
    """Return the name of a unit or function that shares its word with a keyword: its English spelling."""
    return Name(text=keywords().by_terminal[c[0].type].en, span=c[0].span)


def quoted(c: Children) -> Text:
    """`"Staff in post"`."""
    return text_of(c[0])


def text_of(token: Token) -> Text:
    """Return the text between the quotes; a doubled closing quote is one."""
    closer = token.text[-1]
    return Text(value=token.text[1:-1].replace(closer * 2, closer), span=token.span)


def optional_text(token: Token | None) -> Text | None:
    """Return the text of *token*, if there is one."""
    return None if token is None else text_of(token)


def digits_of(token: Token) -> str:
    """Return the digits in ASCII, without the percent sign; a comma that was already reported is passed over."""
    return _digits(token.text)


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def exact_of(token: Token) -> Exact:
    """Return the number that *token* writes, without regard to a percent sign."""
    value = _number_of(digits_of(token))
    if value is None:
        raise not_a_number(token)
    return value


@lru_cache(maxsize=4096)
def _number_of(digits: str) -> Exact | None:
    """Return the number that *digits* write, with `%` behind them a hundredth of it.

    The same few numbers stand everywhere in a ruleset.
    """
    value = parse_exact(digits.removesuffix("%"))
    return value / 100 if value is not None and digits.endswith("%") else value


@lru_cache(maxsize=4096)
def _written(text: str, of_a_hundred: bool) -> tuple[str, Exact | None]:
    """Return the digits of a number, and its value."""
    digits = _digits(text)
    return digits, _number_of(f"{digits}%" if of_a_hundred else digits)


def whole_of(token: Token) -> int:
    """Return a number without decimals."""
    value = exact_of(token)
    if value.denominator != 1:
        raise not_a_number(token)
    return int(value)


def number(token: Token, form: NumberForm, span: Span) -> Number:
    """Return a number of *form*; percent and percentage points divide by a hundred."""
    digits, value = _written(token.text, form in _HUNDREDTHS)
    if value is None:
        raise not_a_number(token)
    return Number(value=value, form=form, digits=digits, span=span)


def day_of(token: Token) -> date:
    """Return the date that *token* writes; a day that is in no calendar is refused."""
    try:
        return date.fromisoformat(token.text.translate(_FULL_WIDTH).replace("－", "-"))
    except ValueError:
        raise Refused(syntax_error(token, (Word("date"),))) from None


def syntax_error(token: Token, expected: tuple[str, ...]) -> Diagnostic:
    """Report that *token* is not what is due."""
    return Diagnostic(Code.SYNTAX_ERROR, at=token.span, args={"found": token.text, "expected": expected})


def not_a_number(token: Token) -> Refused:
    """Report a number that cannot stand where it does."""
    return Refused(syntax_error(token, (Word("number"),)))


def twice_stated(token: Token) -> Refused:
    """Report a part that may stand once only."""
    return Refused(Diagnostic(Code.TWICE_STATED, at=token.span, args={"clause": token.text}))


def unexpected_expression(at: Span, expected: tuple[str, ...]) -> Diagnostic:
    """Report an expression where only a name, or a few words, can stand."""
    args: dict[str, Argument] = {"found": Word("expression"), "expected": expected}
    return Diagnostic(Code.SYNTAX_ERROR, at=at, args=args)


def separated(c: Children) -> Children:
    """Return a list without its separators."""
    return c[::2]


def first(c: Children) -> Any:
    """Return the only part."""
    return c[0]


def second(c: Children) -> Any:
    """Return what stands between brackets."""
    return c[1]


def all_of(c: Children) -> Children:
    """Return a list of one."""
    return c


def none_of(_: Children) -> Children:
    """Return an empty list."""
    return []
