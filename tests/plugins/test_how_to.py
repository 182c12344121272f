"""What the pages on writing a plug-in show is in the worked package, in both languages alike."""

from __future__ import annotations

import pytest

from tests.spec.blocks import Block, blocks_of
from tests.support.installing import EXAMPLE

PAGES = [EXAMPLE.parent / name for name in ("write-a-plugin.md", "write-a-plugin.zh.md")]


def lines_of(text: str) -> str:
    """Return the lines that are not blank, however deep they stand: a page shows a method without its class."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


SOURCES = lines_of(
    "\n".join(path.read_text("utf-8") for path in sorted(EXAMPLE.rglob("*")) if path.suffix in (".py", ".toml"))
)
SHOWN = [
    pytest.param(block, id=f"{page.name}-{block.line}")
    for page in PAGES
    for block in blocks_of(page)
    if block.kind in ("python", "toml")
]


@pytest.mark.parametrize("block", SHOWN)
def test_a_block_is_part_of_the_package(block: Block) -> None:
    assert lines_of(block.text) in SOURCES


def test_both_pages_show_the_same_code() -> None:
    english, chinese = ([block.text for block in blocks_of(page) if block.kind != "text"] for page in PAGES)
    assert english == chinese
