"""Exact numbers: reading them from text and writing them as canonical text.

Knows nothing of units or of where a number stands. Invariant: `parse_exact(as_text(x)) == x` whenever the decimal
expansion of *x* terminates and *x* is within the stated limits.
"""

import re
from fractions import Fraction
from typing import Any, Final

Exact = Fraction

MAX_DIGITS: Final = 1000
"""Longest literal that is read; longer text is refused so that no cell can fill the memory."""
MAX_EXPONENT: Final = 1000
"""Largest power of ten that data may carry (`1e1000`)."""

_FOLDED = str.maketrans("０１２３４５６７８９．－＋＿−", "0123456789.-+_-")
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_LITERAL = re.compile(rf"-?{_DIGITS}(?:\.{_DIGITS})?")
_DATUM = re.compile(rf"([+-]?)({_DIGITS}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{{1,9}}))?")
_CHUNK: Final = 4000  # below the 4300 digits at which Python refuses to write an integer
_CHUNK_LIMIT: Final = 10**_CHUNK


def parse_exact(text: str) -> Exact | None:
    """Read a literal of the language: digits, `_` between digits, one point, a leading minus; full width folded.

    Returns None for anything else: exponents, thousands commas, a point without digits on both sides.

    >>> parse_exact("1_000.50")
    Fraction(2001, 2)
    >>> parse_exact("－３．５")
    Fraction(-7, 2)
    >>> parse_exact("1,000"), parse_exact("1e3"), parse_exact(".5")
    (None, None, None)
    """
    folded = text.translate(_FOLDED)
    if len(folded) > MAX_DIGITS or not _LITERAL.fullmatch(folded):
        return None
    return Exact(folded.replace("_", ""))


def from_decimal_text(text: str) -> Exact | None:
    """Read a number found in data: as a literal, and also `+3`, `.5`, `5.` and an exponent of at most 1000.

    >>> from_decimal_text("1.5e3")
    Fraction(1500, 1)
    >>> from_decimal_text("+.5")
    Fraction(1, 2)
    >>> from_decimal_text("1e9999"), from_decimal_text("nan")
    (None, None)
    """
    folded = text.strip().translate(_FOLDED)
    found = _DATUM.fullmatch(folded)
    if found is None or len(folded) > MAX_DIGITS:
        return None
    sign, mantissa, exponent = found[1], found[2].replace("_", "").strip(), int(found[3] or 0)
    if abs(exponent) > MAX_EXPONENT:
        return None
    whole, _, decimals = mantissa.partition(".")
    number = Exact(int(whole + decimals), 10 ** len(decimals))
    if exponent:
        number *= Exact(10) ** exponent
    return -number if sign == "-" else number


def from_float(found: Any) -> Exact | None:
    """Read a Python float as its shortest decimal; None for infinities and NaN.

    >>> from_float(0.1)
    Fraction(1, 10)
    >>> from_float(1e22)
    Fraction(10000000000000000000000, 1)
    """
    return from_decimal_text(repr(found))


def decimal_places(x: Exact) -> int | None:
    """Count the decimals that write *x* exactly; None if its decimal expansion does not terminate.

    >>> decimal_places(Exact(1, 8)), decimal_places(Exact(7)), decimal_places(Exact(1, 3))
    (3, 0, None)
    """
    rest = x.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def as_text(x: Exact) -> str:
    """Write *x* canonically: a decimal without trailing zeros where it terminates, else `p/q` in lowest terms.

    >>> as_text(Exact(5, 4)), as_text(Exact(-1, 3)), as_text(Exact(1200)), as_text(Exact(0))
    ('1.25', '-1/3', '1200', '0')
    """
    places = decimal_places(x)
    if places is None:
        return f"{_integer_text(x.numerator)}/{_integer_text(x.denominator)}"
    if places == 0:
        return _integer_text(x.numerator)
    digits = _integer_text(abs(x.numerator) * 10**places // x.denominator).rjust(places + 1, "0")
    return f"{'-' if x < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _integer_text(n: int) -> str:
    if n < 0:
        return "-" + _integer_text(-n)
    chunks: list[str] = []
    while n >= _CHUNK_LIMIT:
        n, low = divmod(n, _CHUNK_LIMIT)
        chunks.append(str(low).rjust(_CHUNK, "0"))
    return str(n) + "".join(reversed(chunks))
