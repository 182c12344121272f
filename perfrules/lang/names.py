"""Names: their normal form, what may be one, look-alikes, invisible characters, and did-you-mean."""

import unicodedata
from collections.abc import Iterable
from typing import Final

_FULL_WIDTH: Final = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}

# What NFKC leaves apart although fonts draw it alike. Only pairs where one side is unusual in a name: `A1` and `AI`,
# or 未 and 末, are different words that a reader is used to telling apart.
_CYRILLIC: Final = ("АВЕЅІЈКМНОРСТХҮаеіјорсѕхуһԁԛԝ", "ABESIJKMHOPCTXYaeijopcsxyhdqw")
_GREEK: Final = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυι", "ABEZHIKMNOPTYXavopui")
_LATIN: Final = ("ıɑɡꞮ", "iagI")
_RADICALS: Final = (
    "⺅⺈⺊⺌⺍⺕⺘⺡⺨⺩⺭⺼⻁⻅⻆⻉⻋⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰⻳",
    "亻刀卜小小彐扌氵犭王礻肉虎见角刂车门青韦页风飞食马骨鬼鱼鸟麦黄齐龙龟",
)
_KANA: Final = ("ニカエハロトタオㄧㄚㄒ", "二力工八口卜夕才一丫丅")
_LOOK_ALIKES: Final = {
    ord(odd): plain
    for odd_ones, plain_ones in (_CYRILLIC, _GREEK, _LATIN, _RADICALS, _KANA)
    for odd, plain in zip(odd_ones, plain_ones, strict=True)
}

# Drawn as nothing, yet not of the category Cf.
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_VARIATION_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
_PLAIN_CONTROLS: Final = frozenset("\t\n\r")


def normalise_name(text: str) -> str:
    """Return the form in which names are compared: full-width ASCII folded, then Unicode NFC.

    >>> normalise_name("Ａ１"), normalise_name("e\\u0301") == "\\u00e9"
    ('A1', True)
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_FULL_WIDTH))


def is_name(text: str) -> bool:
    """Tell whether *text* can stand as a name without `【】`: Unicode letters, digits and `_`, beginning with a letter.

    >>> is_name("预算执行率"), is_name("A1"), is_name("1.1"), is_name("_x"), is_name("A-1")
    (True, True, False, False, False)
    """
    if text.isascii():
        return text.isidentifier() and not text.startswith("_")
    name = normalise_name(text)
    return name.isidentifier() and not name.startswith("_") and not invisible_characters(name)


def invisible_characters(text: str) -> list[tuple[int, str]]:
    """List what a reader cannot see, as (position, character): zero width, bidirectional controls, blank letters.

    >>> invisible_characters("A\\u200b1")
    [(1, '\\u200b')]
    """
    return [(position, character) for position, character in enumerate(text) if _is_invisible(character)]


def skeleton(text: str) -> str:
    """Return a form that is equal for two names which look alike; never shown to anyone.

    >>> skeleton("А1") == skeleton("A1")  # the first begins with a Cyrillic letter
    True
    >>> skeleton("⼈员") == skeleton("人员")  # the first begins with a radical
    True
    >>> skeleton("A1") == skeleton("AI")
    False
    """
    seen = "".join(character for character in text if not _is_invisible(character))
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).translate(_LOOK_ALIKES))


def suggest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return the candidates that *name* may have been meant to be, nearest first, then in alphabetical order.

    At most a third of the characters may differ (one in names of two to five), a swap of neighbours counting as one.

    >>> suggest("buget", ["budget", "spent", "target"])
    ['budget']
    >>> suggest("预算执行律", ["预算执行率", "预算编制", "执行率"])
    ['预算执行率']
    """
    wanted = _comparable(name)
    allowed = max(1, len(wanted) // 3)
    ranked: list[tuple[int, str]] = []
    for candidate in sorted(set(candidates)):
        other = _comparable(candidate)
        found = _distance(wanted, other, allowed)
        if candidate != name and found is not None and found < max(len(wanted), len(other)):
            ranked.append((found, candidate))
    return [candidate for _, candidate in sorted(ranked)[:limit]]


def _is_invisible(character: str) -> bool:
    return (
        (unicodedata.category(character) in {"Cf", "Cc"} and character not in _PLAIN_CONTROLS)
        or character in _BLANK_LETTERS
        or any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)
    )


def _comparable(name: str) -> str:
    return skeleton(name).casefold()


def _distance(left: str, right: str, allowed: int) -> int | None:
    """Count the edits (insert, delete, replace, swap neighbours) between two texts; None if more than *allowed*."""
    if abs(len(left) - len(right)) > allowed:
        return None
    two_above: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        row = [i]
        for j, b in enumerate(right, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
        two_above, above = above, row
    return above[-1] if above[-1] <= allowed else None
