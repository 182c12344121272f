"""What every node of the tree shares: a span that equality ignores."""

from attrs import field, frozen

from perfrules.made_often import made_often
from perfrules.text import Span


@frozen(kw_only=True)
class Tree:
    """A piece of the author's text."""

    span: Span = field(eq=False, repr=False)


@made_often
@frozen(kw_only=True)
class Name(Tree):
    """A name as looked up: NFC, full-width ASCII folded, without the `【】` that may delimit it."""

    text: str


@made_often
@frozen(kw_only=True)
class Text(Tree):
    """A quoted text: `"Staff in post"`, without its quotes."""

    value: str
