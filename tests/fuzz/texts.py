"""Texts that are no rulesets, or hardly: random bytes, random tokens, and rulesets with something broken."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from perfrules.syntax.keywords import keywords
from tests.strategies.rulesets import WrittenRuleset, make_ruleset

PUNCTUATION = (
    *"{}()[],:;.->=<+*/^%#\"'【】“”，：；（）［］｛｝→≥≤≠×÷、 \n\t\u3000",
    "->",
    ">=",
    "<=",
    "!=",
    "\n",
    "\n",
    " ",
    "  ",
)
LITERALS = (
    "0",
    "1",
    "12",
    "0.5",
    "1_000",
    "1,000",
    "95%",
    "2pp",
    "2024-01-31",
    "2024-13-01",
    '"标题"',
    '"',
    "1e9",
    "９５％",
    "9" * 40,
    "0.0000000000001",
    "1__0",
    "1.",
    ".5",
    "1 / 0",
)
NAMES = (
    "A",
    "A1",
    "x",
    "y1",
    "指标甲",
    "【1.1】",
    "【total】",
    "r.amount",
    "万元",
    "persons",
    "é",
    "ｘ",
    "_a",
    "a-b",
    "甲",
    "f(",
    "max(",
)
ODD = (
    "\x00",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\u2028",
    "\x0b",
    "\ud800",
    "\U0001f600",
    "①",
    "½",
    "\u0301",
    "\u115f",
    "\r",
    "²",
    "𝟙",
    "Ⅷ",
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:%|pp)?")
_NAME = re.compile(r"(?<=[ (])[a-z_]+_?[a-z]*[0-9]+\b")
_GROUPS = tuple(
    (group.split("|"), re.compile("|".join(map(re.escape, group.split("|")))))
    for group in (
        ">=|<=|<|>|=|!=", "and|or", "above|below|away from", "less|plus", "per exact|per whole|per started|per|each",
        "excluded|zero|pending|full", "half up|half even|half down|ceiling|floor|truncate", "leaves|levels|total",
        "sum|best|worst|median|geometric mean|harmonic mean|weighted mean|first available|mean", "rescale|lost|to A1",
        "points|weight|bonus", "optional|", "between 0 and full|unbounded|capped|",
        "万元|元|persons|亩|%|count|points|date|text|yes/no",
        "+|*|/|-|^", "curve of|bands of|cases|tally from", "sqrt|ln|exp|abs|max|min|sum|root",
    )
)  # fmt: skip
BETWEEN = ("", " ", " ", " ", "\n")
ROOT = Path(__file__).resolve().parents[2]


@cache
def words() -> tuple[str, ...]:
    """Return every spelling of every keyword."""
    return tuple(spelling for each in keywords().by_terminal.values() for spelling in each.spellings())


def random_bytes(random: Random) -> bytes:
    """Return bytes: anything, or what begins like a ruleset."""
    start = random.choice((b"", b"", b"ruleset a {\n", "规则集 a {\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe"))
    return start + random.randbytes(random.randrange(200))


def random_tokens(random: Random) -> str:
    """Return tokens in no order, often inside a ruleset."""
    pools = (words(), words(), PUNCTUATION, LITERALS, NAMES, ODD if random.random() < 0.3 else NAMES)
    tokens = (random.choice(random.choice(pools)) for _ in range(random.randrange(1, 60)))
    text = "".join(token + random.choice(BETWEEN) for token in tokens)
    return f"ruleset a {{\n{text}\n}}\n" if random.random() < 0.7 else text


@cache
def corpus() -> tuple[str, ...]:
    """Return the shorter rulesets of this repository."""
    found = sorted((ROOT / "rulesets").rglob("*.perfrules"))
    return tuple(text for text in (path.read_text("utf-8") for path in found) if len(text) < 9_000)


def mutated_ruleset(random: Random) -> tuple[str, WrittenRuleset]:
    """Return a ruleset in which something is broken, and a whole one that makes data for it."""
    written = make_ruleset(random)
    whole = random.choice(corpus()) if corpus() and random.random() < 0.03 else written.text
    return random.choice((mutated, gently_mutated, gently_mutated))(random, whole), written


def gently_mutated(random: Random, text: str) -> str:
    """Change *text* so that it often still can be read: one number, word or name for another, a line more or less."""
    for _ in range(random.choice((1, 1, 2, 3))):
        match random.randrange(5):
            case 0:
                lines = text.split("\n")
                del lines[random.randrange(len(lines))]
                text = "\n".join(lines)
            case 1:
                lines = text.split("\n")
                lines.insert(random.randrange(len(lines)), random.choice(lines))
                text = "\n".join(lines)
            case _:
                text = _exchanged(random, text)
    return text


def _exchanged(random: Random, text: str) -> str:
    """Put in the place of a number, a word in its group or a name another one that stands in the text or could."""
    others, shape = random.choice((([], _NUMBER), ([], _NUMBER), ([], _NAME), ([], _NAME), *_GROUPS))
    found = [each for each in shape.finditer(text) if each[0]]
    if not found:
        return text
    there = random.choice(found)
    others = others or [each[0] for each in found] + ["0", "1", "0.005", "2 / 3"] * (shape is _NUMBER)
    return text[: there.start()] + random.choice(others) + text[there.end() :]


def mutated(random: Random, text: str) -> str:
    """Break *text* in a few places."""
    parts = _parts(text)
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        place = random.randrange(len(parts))
        match random.randrange(8):
            case 0:
                del parts[place]
            case 1:
                parts.insert(place, random.choice(random.choice((words(), PUNCTUATION, LITERALS, NAMES, ODD))))
            case 2:
                other = random.randrange(len(parts))
                parts[place], parts[other] = parts[other], parts[place]
            case 3:
                parts[place] = random.choice(random.choice((words(), LITERALS, NAMES)))
            case 4:
                parts[place:place] = parts[place : place + random.randrange(1, 30)]
            case 5:
                del parts[place : place + random.randrange(1, 12)]
            case 6:
                parts[place] = random.choice([part for part in parts if part.strip()] or [""])
            case _:
                del parts[place:]
        parts = parts or [""]
    return "".join(parts)


def _parts(text: str) -> list[str]:
    """Cut a text into words, numbers, blanks and single signs."""
    parts: list[str] = []
    for sign in text:
        alike = parts and (
            (sign.isalnum() and parts[-1][-1].isalnum())
            or (sign == " " and parts[-1].isspace() and "\n" not in parts[-1])
        )
        if alike:
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts or [""]
