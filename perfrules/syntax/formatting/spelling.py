"""How each token is written: keywords in one language, signs in ASCII, names as the author has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.lang.names import normalise_name
from perfrules.syntax.fold.pieces import day_of, digits_of, text_of
from perfrules.syntax.keywords import Keyword, Language, keywords
from perfrules.syntax.token import Token

SIGNS: Final = {
    "ARROW": "->",
    "AT_LEAST_SIGN": ">=",
    "AT_MOST_SIGN": "<=",
    "UNEQUAL": "!=",
    "LESS_SIGN": "<",
    "GREATER_SIGN": ">",
    "EQUAL": "=",
    "PLUS_SIGN": "+",
    "MINUS_SIGN": "-",
    "TIMES": "*",
    "SLASH": "/",
    "CARET": "^",
    "COMMA": ",",
    "COLON": ":",
    "END": ";",
    "DOT": ".",
    "PERCENT_SIGN": "%",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "LBRACE": "{",
    "RBRACE": "}",
}


def spell(line: Sequence[Token], place: int, language: Language | None) -> str:
    """Return how the token at *place* of *line* is written; *language* None keeps each keyword's own."""
    token = line[place]
    kind = token.type
    if kind in SIGNS:
        return SIGNS[kind]
    keyword = keywords().by_terminal.get(kind)
    if keyword is not None:
        return _keyword(keyword, line, place, language or _language_of(token, keyword))
    match kind:
        case "NAME":
            return _name(line, place)
        case "QUOTED":
            return '"' + text_of(token).value.replace('"', '""') + '"'
        case "DIGITS":
            return digits_of(token)
        case "PERCENTAGE":
            return f"{digits_of(token)}%"
        case "DAY":
            return day_of(token).isoformat()
        case _:
            return "#" + token.text[1:].rstrip()


def _language_of(token: Token, keyword: Keyword) -> Language:
    return "zh" if token.text == keyword.zh else "en"


def _keyword(keyword: Keyword, line: Sequence[Token], place: int, language: Language) -> str:
    one = place > 0 and line[place - 1].type == "DIGITS" and digits_of(line[place - 1]) == "1"
    if language == "en" and one and keyword.singular is not None:
        return keyword.singular
    return keyword.spelling(language)


def _name(line: Sequence[Token], place: int) -> str:
    """Return a name; in brackets if English keywords beside it would take it into a phrase."""
    written = line[place].text
    if written[0] == "【":
        return f"【{written[1:-1].strip()}】"
    plain = normalise_name(written)
    for parts in keywords().phrase_parts.get(plain, ()):
        for index in (index for index, part in enumerate(parts) if part == plain):
            begin = place - index
            if begin >= 0 and tuple(_english(token) for token in line[begin : begin + len(parts)]) == parts:
                return f"【{plain}】"
    return plain


def _english(token: Token) -> str:
    keyword = keywords().by_terminal.get(token.type)
    return token.text if keyword is None else keyword.en
