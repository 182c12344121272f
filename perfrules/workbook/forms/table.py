"""Which function writes the formula of each class of expression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.workbook.at import Form
from perfrules.workbook.forms.arithmetic import arith, clamp, irrational, parts
from perfrules.workbook.forms.choosing import dated, lines, recover, select, steps
from perfrules.workbook.forms.cohorts import cohort_aggregate
from perfrules.workbook.forms.combine import combine
from perfrules.workbook.forms.comparing import compare, is_state, logic
from perfrules.workbook.forms.dates import date_difference
from perfrules.workbook.forms.facts import const, field_of, node_ref, read_input, state_const
from perfrules.workbook.forms.ledgers import ledger
from perfrules.workbook.forms.marks import demote, judged, overridable, worst_light
from perfrules.workbook.forms.records import aggregate
from perfrules.workbook.forms.rounding import rounded
from perfrules.workbook.forms.without import broken, computed

FORMS: Final[Mapping[type[Expr], Form]] = {
    core.Const: const,
    core.StateConst: state_const,
    core.Input: read_input,
    core.FieldOf: field_of,
    core.NodeRef: node_ref,
    core.Arith: arith,
    core.Parts: parts,
    core.Compare: compare,
    core.Logic: logic,
    core.Select: select,
    core.IsState: is_state,
    core.Recover: recover,
    core.Steps: steps,
    core.Lines: lines,
    core.Ledger: ledger,
    core.Clamp: clamp,
    core.Round: rounded,
    core.Irrational: irrational,
    core.DateDifference: date_difference,
    core.TableAggregate: aggregate,
    core.Judged: judged,
    core.Overridable: overridable,
    core.Combine: combine,
    core.Demote: demote,
    core.Dated: dated,
    core.WorstLight: worst_light,
    core.CohortAggregate: cohort_aggregate,
    core.Computed: computed,
    core.Broken: broken,
}
"""Every class of core expression, and the form that writes it."""
