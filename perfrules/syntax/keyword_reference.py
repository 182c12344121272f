"""The table of all words of the language as a page of the manual, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.syntax.keywords import KeywordClass, keywords

_HEAD = """\
# Words of the language

Every word has one English and one Chinese spelling, and the two may be mixed freely; `perfrules fmt --language`
rewrites a file from one to the other. All are reserved in both languages; as a name, such a word is `【total】`.
A word of several parts counts as one. This page is made from `dsl_grammar/keywords.toml`.
"""


def keyword_reference() -> str:
    """Return the page, one table for each class of words."""
    return _HEAD + "".join(f"\n## {kind.value}\n\n{''.join(_table(kind))}" for kind in KeywordClass)


def _table(kind: KeywordClass) -> Iterator[str]:
    yield "| English | 中文 | meaning | 含义 |\n|---|---|---|---|\n"
    for word in keywords().by_terminal.values():
        if word.kind is kind:
            singular = "" if word.singular is None else f" (`1 {word.singular}`)"
            yield f"| `{word.en}`{singular} | `{word.zh}` | {word.gloss_en} | {word.gloss_zh} |\n"
