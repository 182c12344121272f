"""The lights of an indicator in words: each line, the first of which that holds gives the light."""

from perfrules.evaluate.numbering import Placed
from perfrules.explain.chain import APPLIES
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Statement, statement
from perfrules.ir import expressions as core
from perfrules.ir.plan import Role


def light_rule(reading: Reading, code: str) -> tuple[Statement, ...]:
    """Say when each light is on; nothing of an indicator without."""
    node = reading.node(code, Role.LIGHT)
    if node is None:
        return ()
    root = reading.root(node)
    applies: tuple[Statement, ...] = ()
    if isinstance(root.expr, core.Select) and root.expr.origin.construct == APPLIES:
        applies = (statement("applies.rule", condition=in_words(reading, root.parts[0])),)
        root = root.parts[1]
    return (*_lines(reading, root), *applies)


def _lines(reading: Reading, root: Placed) -> tuple[Statement, ...]:
    if isinstance(root.expr, core.WorstLight):
        return (statement("lights.worst"),)
    if not isinstance(root.expr, core.Select):
        return ()
    pairs = zip(root.parts[:-1:2], root.parts[1:-1:2], strict=True)
    lines = [
        statement("lights.line", condition=in_words(reading, when), light=expr_part(reading, then.expr))
        for when, then in pairs
    ]
    rest = statement("lights.otherwise", light=expr_part(reading, root.parts[-1].expr))
    return (statement("lights.rule"), *lines, rest)
