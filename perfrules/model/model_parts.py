"""The parts of a model put together: what the ruleset says of itself, its declarations, nodes, outline and results."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from perfrules.ir.inputs import JudgedDeclaration
from perfrules.ir.plan import CheckOutline, Node
from perfrules.ir.ruletests import RuleTest
from perfrules.methods import judged
from perfrules.methods.lowers import Marked
from perfrules.model.block import Block, all_blocks
from perfrules.model.checks.table import Ground
from perfrules.model.lowering import Lowering
from perfrules.model.model import Model
from perfrules.model.outline import outline_of, remarks
from perfrules.model.parameters import as_of_dates, as_of_default
from perfrules.model.results import Results
from perfrules.model.total_nodes import ROUNDED_TOTAL, TOTAL
from perfrules.model.vetoes import flags
from perfrules.syntax.ast import clauses
from perfrules.syntax.ast.declarations import Entity, Stage
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.ast.scoring import Judged
from perfrules.text import SourceText

DEFAULT_ENTITY = "entity"


def assemble(
    tree: Ruleset,
    source: SourceText,
    ground: Ground,
    *,
    sources: Mapping[str, SourceText],
    answers: Results,
    checks: tuple[CheckOutline, ...],
    tests: tuple[RuleTest, ...],
    lowering: Lowering,
    nodes: tuple[Node, ...],
) -> Model:
    """Return the model."""
    root = ground.root
    entity = root.first(Entity)
    total = ground.worths.get("")
    return Model(
        name=".".join(name.text for name in tree.name),
        title=root.title,
        version=tree.version.value if tree.version else None,
        source_hash=hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest(),
        authority=remarks(root, clauses.RemarkWord.AUTHORITY),
        citations=remarks(root, clauses.RemarkWord.CITE),
        effective=ground.declared.period,
        entity_name=entity.name.text if entity else DEFAULT_ENTITY,
        entity_title=entity.title.value if entity and entity.title else None,
        inputs=ground.declared.inputs,
        judged=tuple(_judged(root)),
        nodes=nodes,
        outline=tuple(outline_of(child, ground.worths, sources) for child in root.children),
        vetoes=tuple(cause.outline() for cause in ground.causes),
        grades=ground.grades,
        grade_stage=_grade_stage(ground),
        total_full=total.full if total else None,
        decisions=answers.decisions,
        alerts=answers.alerts,
        outputs=answers.outputs,
        flags=flags(ground.causes),
        as_of_dates=as_of_dates(lowering),
        as_of_default=as_of_default(lowering),
        calendar=ground.declared.calendar,
        checks=checks,
        plugins=ground.declared.plugins.identities,
        tests=tests,
        readings=ground.readings.nodes,
    )


def _judged(root: Block) -> Iterator[JudgedDeclaration]:
    for block in all_blocks(root):
        clause = block.first(clauses.ScoreClause)
        if clause is not None and isinstance(clause.score, Judged) and not block.marked:
            marked = Marked(code=block.path, title=block.title, full=None, span=block.span)
            yield judged.declaration(clause.score, marked)


def _grade_stage(ground: Ground) -> str | None:
    grades = ground.settings.grades
    if grades is None:
        return None
    is_rounded = grades.stage is Stage.ROUNDED_TOTAL and ground.settings.round_total is not None
    return ROUNDED_TOTAL if is_rounded else TOTAL
