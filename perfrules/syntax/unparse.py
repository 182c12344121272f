"""Tree to text: the canonical text of a tree, such that `parse(unparse(tree)).tree == tree`.

Knows no comments and no line breaks of an author; `formatter` keeps those.
"""

from __future__ import annotations

from perfrules.syntax.ast.declarations import Test
from perfrules.syntax.ast.ruleset import Item, Library, Ruleset
from perfrules.syntax.keywords import Language
from perfrules.syntax.printing.clauses import clause
from perfrules.syntax.printing.composition import Composition, composition, extends
from perfrules.syntax.printing.declarations import Declaration, declaration
from perfrules.syntax.printing.tests import test
from perfrules.syntax.printing.voice import Voice, block, path, title, version


def unparse(tree: Ruleset | Library, language: Language = "en") -> str:
    """Return the text of *tree* with the keywords of *language*; names and texts stay what they are."""
    voice = Voice(language)
    kind = voice.word("LIBRARY" if isinstance(tree, Library) else "RULESET")
    head = f"{kind} {path(tree.name)}{title(tree.title)}{version(tree.version, voice)}"
    if isinstance(tree, Ruleset) and tree.extends is not None:
        head += f" {extends(tree.extends, voice)}"
    return block(head, [_item(item, voice) for item in tree.items]) + "\n"


def _item(tree: Item, voice: Voice) -> str:
    if isinstance(tree, Test):
        return test(tree, voice)
    if isinstance(tree, Declaration):
        return declaration(tree, voice)
    if isinstance(tree, Composition):
        return composition(tree, voice)
    return clause(tree, voice)
