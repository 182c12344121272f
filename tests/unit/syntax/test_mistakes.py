"""What a reader is told about typical mistakes: the sentence, the place, the help and the fix, held to a golden file.

`mistakes.txt` holds, for each mistake, the ruleset and after `-----` what is printed about it.
`python -m tests.unit.syntax.test_mistakes` writes the second half anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from perfrules.diagnostics import Code, apply_fix
from perfrules.diagnostics.render.terminal import render
from perfrules.syntax.parse import parse
from perfrules.text import SourceText

GOLDEN = Path(__file__).parent / "mistakes.txt"
PARTS = [part.split("\n", 1) for part in GOLDEN.read_text("utf-8").split("=====\n# ")[1:]]
CASES = {title: tuple(body.split("-----\n")) for title, body in PARTS}


def told(text: str) -> str:
    source = SourceText("a.perfrules", text)
    return render(parse(source).diagnostics, {"a.perfrules": source}, "en")


def write_goldens() -> None:
    written = [f"=====\n# {title}\n{texts[0]}-----\n{told(texts[0])}" for title, texts in CASES.items()]
    GOLDEN.write_text("".join(written), "utf-8")


@pytest.mark.parametrize("title", CASES)
def test_a_mistake_is_told_as_agreed(title: str) -> None:
    text, expected = CASES[title]
    assert told(text) == expected


@pytest.mark.parametrize(
    ("item", "code", "repaired"),
    [
        ("indicater A", Code.SYNTAX_ERROR, "indicator A"),
        ("indicator 1.1 5 points", Code.NAME_NEEDS_BRACKETS, "indicator 【1.1】 5 points"),
        ("indicator A-1 5 points", Code.NAME_NEEDS_BRACKETS, "indicator 【A-1】 5 points"),
        ("indicator （一） 5 points", Code.NAME_NEEDS_BRACKETS, "indicator 【（一）】 5 points"),
        ("input total : number", Code.RESERVED_WORD, "input 【total】 : number"),
        ("数据 总分：数值", Code.RESERVED_WORD, "数据 【总分】：数值"),
        ("let x = max(1,000, y)", Code.NUMBER_WITH_COMMA, "let x = max(1_000, y)"),
        ("let x = (a + b", Code.UNCLOSED_BLOCK, "let x = (a + b)"),
        ("input x : number in [0, 100", Code.UNCLOSED_BLOCK, "input x : number in [0, 100]"),
        ("let x = a\u200b", Code.INVISIBLE_CHARACTER, "let x = a"),
        ("veto when a zero", Code.SYNTAX_ERROR, "veto when a -> zero"),
        ('test "t" { expect A 5 }', Code.SYNTAX_ERROR, 'test "t" { expect A = 5 }'),
        ('test "t" { given a x = 5 }', Code.SYNTAX_ERROR, 'test "t" { given a: x = 5 }'),
        ("param p = 3", Code.SYNTAX_ERROR, None),
    ],
)
def test_a_fix_repairs_the_text(item: str, code: Code, repaired: str | None) -> None:
    source = SourceText("a", f"ruleset a {{\n{item}\n}}\n")
    (found,) = parse(source).diagnostics
    assert found.code is code
    if repaired is None:
        assert found.fix is None
    else:
        assert found.fix is not None
        assert apply_fix(source, found.fix) == f"ruleset a {{\n{repaired}\n}}\n"
        assert parse(SourceText("a", apply_fix(source, found.fix))).diagnostics == ()


def test_a_mistake_leaves_the_rest_readable() -> None:
    parsed = parse(SourceText("a", "ruleset a {\n let x = \n let y = 2\n indicator A { mesure x }\n let z = 3\n}"))
    assert parsed.tree is not None
    assert [type(item).__name__ for item in parsed.tree.items] == ["Let", "Let"]
    assert len(parsed.diagnostics) == 2


@pytest.mark.parametrize("text", ["{\n}\n", " {\n}\n", "{", "}", "{}", ";"])
def test_a_text_without_a_header_is_never_silently_nothing(text: str) -> None:
    parsed = parse(SourceText("x", text))
    assert parsed.tree is None
    assert parsed.diagnostics != ()


if __name__ == "__main__":
    write_goldens()
