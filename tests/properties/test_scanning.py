"""Finding the items of a file without reading them agrees with the reader, whatever the tree and its layout."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings

from perfrules.syntax.ast.composition import Definition
from perfrules.syntax.ast.ruleset import Library, Ruleset
from perfrules.syntax.formatter import format_text
from perfrules.syntax.keywords import Language
from perfrules.syntax.parse import parse
from perfrules.syntax.parse_part import parse_item
from perfrules.syntax.scan import scan_header, scan_items
from perfrules.syntax.unparse import unparse
from perfrules.text import SourceText
from tests.strategies import trees

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("language", ["en", "zh"])
@SLOW
@given(tree=trees.files)
def test_each_item_is_found_and_reads_as_itself(language: Language, tree: Ruleset | Library) -> None:
    source = SourceText("generated", format_text(SourceText("generated", unparse(tree, language))).text)
    read = parse(source).tree
    assert read is not None
    found = scan_items(source.text)
    assert [item.start for item in found] == [item.span.start for item in read.items]
    parsed = [parse_item(source, item.start, item.end) for item in found]
    assert tuple(each.item for each in parsed) == tree.items
    assert [each.item.span for each in parsed if each.item] == [item.span for item in read.items]
    for item, scanned in zip(read.items, found, strict=True):
        if isinstance(item, Definition):
            title = "" if item.title is None else item.title.value
            assert (scanned.keyword, scanned.name, scanned.title) == ("DEFINE", item.name.text, title)


@SLOW
@given(tree=trees.files)
def test_the_header_is_found(tree: Ruleset | Library) -> None:
    header = scan_header("# why {\n" + unparse(tree))
    assert header is not None
    assert header.keyword == ("LIBRARY" if isinstance(tree, Library) else "RULESET")
    assert (header.name, header.title) == (
        ".".join(name.text for name in tree.name),
        tree.title.value if tree.title else "",
    )


def test_a_megabyte_is_scanned_in_a_blink() -> None:
    definition = (
        'define f{}(a, b : money in [0, 5)) "行 {}" tags (sector: "x") {{\n  measure a / b\n  note "n {{"\n}}\n'
    )
    text = "library a {\n" + "".join(definition.format(n, n) for n in range(12_000)) + "}\n"
    began = time.perf_counter()
    found = scan_items(text)
    assert time.perf_counter() - began < 1
    assert [item.name for item in found] == [f"f{n}" for n in range(12_000)]
    assert (found[3].parameters, found[3].tags) == ("a, b : money in [0, 5)", 'sector: "x"')


@pytest.mark.parametrize(
    "text", ["define f(" * 5000, 'define f("' * 5000, "define f([" * 2000, "(" * 50_000, "{" * 50_000]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    scan_items("library a {\n" + text)
    assert time.perf_counter() - began < 2
