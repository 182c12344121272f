"""Parts of a text are read alone, with the places of the whole text."""

from __future__ import annotations

import pytest

from perfrules.diagnostics import Code
from perfrules.syntax.ast.declarations import Input
from perfrules.syntax.ast.expressions import Binary, CaseExpression, Number
from perfrules.syntax.parse_part import parse_expression, parse_input, parse_item
from perfrules.text import SourceText, Span

LIBRARY = SourceText(
    "lib", "library a {\n  define f(a : money) = a + 1\n  define g(a : money) { mesure a; score x y }\n}\n"
)


def place(text: str) -> tuple[int, int]:
    start = LIBRARY.text.index(text)
    return start, LIBRARY.text.index("\n", start)


def test_an_item_has_the_places_of_the_file() -> None:
    start, end = place("define f")
    parsed = parse_item(LIBRARY, start, end)
    assert parsed.diagnostics == ()
    assert parsed.item is not None
    assert parsed.item.span == Span("lib", start, end)


def test_every_mistake_of_an_item_is_told_in_its_place() -> None:
    parsed = parse_item(LIBRARY, *place("define g"))
    assert parsed.item is None
    assert [LIBRARY.span_text(each.at) for each in parsed.diagnostics if each.at] == ["mesure", "x"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("a + 1", Binary),
        ("5 points", Number),
        ("cases { when a -> 1; otherwise -> 2 }", CaseExpression),
        (" 3 ", Number),
    ],
)
def test_a_cell_is_an_expression(cell: str, kind: type) -> None:
    tree, diagnostics = parse_expression(SourceText("cell", cell))
    assert (type(tree), diagnostics) == (kind, ())


@pytest.mark.parametrize("cell", ["", "# why", "a b", "let x = 3", "a\nb", "(" * 100, '"a'])
def test_a_cell_that_is_no_expression_says_why(cell: str) -> None:
    tree, diagnostics = parse_expression(SourceText("cell", cell))
    assert tree is None or cell == '"a'
    assert diagnostics != ()


@pytest.mark.parametrize(
    "cell", ['built "B" : count in [0, 9]', 'input built "B" : count in [0, 9]', '数据 built "B" : 计数 属于 [0, 9]']
)
def test_a_cell_declares_an_input(cell: str) -> None:
    tree, diagnostics = parse_input(SourceText("cell", cell))
    assert isinstance(tree, Input)
    assert (tree.name.text, diagnostics) == ("built", ())


def test_a_cell_that_declares_nothing_says_why() -> None:
    assert [each.code for each in parse_input(SourceText("cell", "total : 元"))[1]] == [Code.RESERVED_WORD]
    assert [each.code for each in parse_input(SourceText("cell", "x : 元; y : 元"))[1]] == [Code.SYNTAX_ERROR]
    assert [each.code for each in parse_input(SourceText("cell", " "))[1]] == [Code.SYNTAX_ERROR]
