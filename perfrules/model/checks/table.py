"""The checks of the structure of a ruleset that need no more than its blocks, worths and nodes; one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir.plan import Node
from perfrules.model.block import Block, Settings
from perfrules.model.checks.ceiling_unstated import ceiling_unstated
from perfrules.model.checks.checks_of_results import checks_of_results
from perfrules.model.checks.inputs_without_range import inputs_without_range
from perfrules.model.checks.pool_not_shared import pool_not_shared
from perfrules.model.checks.twice_stated import twice_stated
from perfrules.model.checks.unused_inputs import unused_inputs
from perfrules.model.checks.veto_names import veto_names
from perfrules.model.checks.wrong_place import wrong_place
from perfrules.model.declared import Declared
from perfrules.model.readings import Readings
from perfrules.model.vetoes import Cause
from perfrules.model.worth import Worth


@frozen(kw_only=True)
class Ground:
    """What the checks look at."""

    root: Block
    declared: Declared
    settings: Settings
    worths: Mapping[str, Worth]
    nodes: tuple[Node, ...]
    readings: Readings
    causes: tuple[Cause, ...]
    grades: tuple[str, ...]


def structural_mistakes(ground: Ground) -> Iterator[Diagnostic]:
    """Yield what every check finds."""
    yield from twice_stated(ground.root)
    yield from wrong_place(ground.root)
    yield from veto_names(ground.causes, ground.grades)
    yield from ceiling_unstated(ground.root, ground.worths, ground.settings)
    yield from pool_not_shared(ground.nodes)
    yield from inputs_without_range(ground.declared.inputs)
    yield from unused_inputs(ground.declared.names, ground.readings)
    yield from checks_of_results(ground.nodes, ground.declared.inputs)
