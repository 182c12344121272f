"""What the parser stumbled over, in the author's words: one module per kind of mistake, asked in order by `explain`."""

from perfrules.syntax.mistakes.blocks import block_mistakes
from perfrules.syntax.mistakes.explain import explain

__all__ = ["block_mistakes", "explain"]
