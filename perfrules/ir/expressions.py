"""Core expressions: a small set of total operations over exact values and states.

Meaning common to all of them: a value is an exact number, a boolean, a text, a date, a tuple of records, or one of the
states missing, excluded, pending. Unless an operation says otherwise, an operand in a state makes the result that
state; where operands are in different states, `perfrules.lang.states.join` says which. Conditions are three-valued: a
condition that is in a state is undecided. Units are gone: conversions are multiplications by exact constants.

Operands are evaluated left to right, and lazily where that is stated; an operand that is not evaluated has no step.
"""

from __future__ import annotations

from perfrules.ir.marks import (
    Among,
    Between,
    Clamp,
    Combine,
    CombineOp,
    Demote,
    GradeVeto,
    Judged,
    JudgedLevel,
    Ledger,
    LedgerLine,
    Lines,
    Member,
    Overridable,
    Parts,
    PartsRule,
    ShareRule,
    Step,
    Steps,
    WorstLight,
)
from perfrules.ir.operations import (
    AggregateOp,
    Arith,
    ArithOp,
    Broken,
    CohortAggregate,
    CohortOp,
    Compare,
    CompareOp,
    Computed,
    ComputedFunction,
    Const,
    Dated,
    DateDifference,
    FieldOf,
    Input,
    Irrational,
    IrrationalFunction,
    IsState,
    Logic,
    LogicOp,
    NodeRef,
    PercentileMethod,
    Recover,
    Round,
    Select,
    StateConst,
    TableAggregate,
    TiesRule,
    Trimming,
    WrittenAt,
)
from perfrules.ir.origin import Core, Origin

Expr = (
    Const
    | StateConst
    | Input
    | FieldOf
    | NodeRef
    | Arith
    | Parts
    | Compare
    | Logic
    | Select
    | IsState
    | Recover
    | Steps
    | Lines
    | Ledger
    | Clamp
    | Round
    | Irrational
    | DateDifference
    | TableAggregate
    | Judged
    | Overridable
    | Combine
    | Demote
    | Dated
    | WorstLight
    | CohortAggregate
    | Computed
    | Broken
)

__all__ = [
    "AggregateOp",
    "Among",
    "Arith",
    "ArithOp",
    "Between",
    "Broken",
    "Clamp",
    "CohortAggregate",
    "CohortOp",
    "Combine",
    "CombineOp",
    "Compare",
    "CompareOp",
    "Computed",
    "ComputedFunction",
    "Const",
    "Core",
    "DateDifference",
    "Dated",
    "Demote",
    "Expr",
    "FieldOf",
    "GradeVeto",
    "Input",
    "Irrational",
    "IrrationalFunction",
    "IsState",
    "Judged",
    "JudgedLevel",
    "Ledger",
    "LedgerLine",
    "Lines",
    "Logic",
    "LogicOp",
    "Member",
    "NodeRef",
    "Origin",
    "Overridable",
    "Parts",
    "PartsRule",
    "PercentileMethod",
    "Recover",
    "Round",
    "Select",
    "ShareRule",
    "StateConst",
    "Step",
    "Steps",
    "TableAggregate",
    "TiesRule",
    "Trimming",
    "WorstLight",
    "WrittenAt",
]
