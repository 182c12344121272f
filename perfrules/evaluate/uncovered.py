"""A value that no step takes: a problem of the data where the edges depend on data, else our own mistake."""

from collections.abc import Iterator

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.ir.expressions import Between, Const, Expr, Steps
from perfrules.lang.exact import Exact


class Uncovered(EvaluationDefect):
    """The table and the value of its subject; generated code leaves it to the reference evaluator to name them."""

    def __init__(self, table: Steps | None = None, value: object = None) -> None:
        super().__init__("no step takes the subject" if value is None else f"no step takes {value}")
        self.table = table
        self.value = value


def edges_depend_on_data(table: Steps) -> bool:
    """Tell whether only the data can show that the steps leave a hole."""
    return any(not isinstance(edge, Const) for edge in _edges(table))


def subject_text(table: Steps, value: object) -> tuple[str, str]:
    """Write the value of the subject, and the subject, as their author would."""
    from perfrules.prove.wording import expression_text, number_text, written_kind  # a good result needs no words

    kind = written_kind(table.subject, _edges(table))
    return number_text(value, kind) if isinstance(value, Exact) else str(value), expression_text(table.subject)


def _edges(table: Steps) -> Iterator[Expr]:
    for step in table.steps:
        ends = (step.takes.low, step.takes.high) if isinstance(step.takes, Between) else step.takes.options
        yield from (end for end in ends if end is not None)
