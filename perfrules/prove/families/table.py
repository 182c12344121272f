"""Which function encloses which class of core expressions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.prove.families import (
    arithmetic,
    choices,
    cohorts,
    combine,
    computed,
    curves,
    dates,
    facts,
    irrational,
    ledgers,
    marks,
    steps,
    tables,
)
from perfrules.prove.scene import Family

FAMILIES: Final[Mapping[type[Expr], Family]] = MappingProxyType(
    {
        core.Const: facts.constant,
        core.StateConst: facts.state_constant,
        core.Input: facts.fact,
        core.FieldOf: facts.record_field,
        core.NodeRef: facts.node,
        core.Broken: facts.broken,
        core.Dated: facts.dated,
        core.Recover: facts.recovered,
        core.Overridable: facts.overridable,
        core.IsState: facts.is_state,
        core.Arith: arithmetic.arithmetic,
        core.Parts: arithmetic.parts,
        core.Clamp: arithmetic.clamp,
        core.Round: arithmetic.rounded,
        core.Compare: choices.compare,
        core.Logic: choices.logic,
        core.Select: choices.select,
        core.Steps: steps.step_table,
        core.Lines: curves.lines,
        core.Ledger: ledgers.ledger,
        core.Irrational: irrational.irrational,
        core.DateDifference: dates.date_difference,
        core.TableAggregate: tables.table_aggregate,
        core.CohortAggregate: cohorts.cohort_aggregate,
        core.Judged: marks.judged,
        core.Demote: marks.demote,
        core.WorstLight: marks.worst_light,
        core.Combine: combine.combine,
        core.Computed: computed.computed,
    }
)
