"""One Python function per plan and as-of date: from the facts to a flat tuple of whole numbers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final, TypeAlias

from attrs import field, frozen

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.generated import members, runtime
from perfrules.evaluate.generated.emitter import Emitter, KeptTerm
from perfrules.evaluate.generated.expressions import emit
from perfrules.evaluate.generated.reading import read
from perfrules.evaluate.generated.rendering import Constant, GeneratedRendering, Kept, Place, RecordSteps
from perfrules.evaluate.generated.terms import Rep, Unknown
from perfrules.evaluate.generated.writer import TooDeep
from perfrules.evaluate.judged_facts import judged_inputs
from perfrules.evaluate.means import geometric_mean, harmonic_mean, median
from perfrules.evaluate.numbering import Layout, layout_of
from perfrules.evaluate.stack import run_on_stack
from perfrules.evaluate.trace import NOT_EVALUATED
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir.expressions import Input
from perfrules.ir.inputs import CohortFact, FactValue, JudgedMark
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.calendar import workdays
from perfrules.lang.irrational import standard_deviation
from perfrules.lang.rounding import round_exact
from perfrules.lang.states import State

Run: TypeAlias = Callable[
    [Mapping[str, FactValue], Mapping[str, JudgedMark], Mapping[str, CohortFact]], tuple[object, ...]
]

HEADER: Final = "def run(values, judged, cohort):"
_GLOBALS: Final[Mapping[str, object]] = {
    "Defect": EvaluationDefect,
    "Uncovered": Uncovered,
    "F": Fraction,
    "NOT_EVALUATED": NOT_EVALUATED,
    "State": State,
    "Unusual": runtime.Unusual,
    "combined": members.combined,
    "demoted": runtime.demoted,
    "deviation": standard_deviation,
    "geometric_mean": geometric_mean,
    "harmonic_mean": harmonic_mean,
    "interpolated": runtime.interpolated,
    "irrational_result": runtime.irrational_result,
    "joined": runtime.joined,
    "median": median,
    "number": runtime.number,
    "round_exact": round_exact,
    "trimmed": runtime.trimmed,
    "whole_power": runtime.whole_power,
    "workdays": workdays,
    "worst_light": runtime.worst_light,
}


@frozen(eq=False)
class Compiled:
    """A plan's function and how to read what it returns. *source* is its Python text, for whoever wants to look."""

    run: Run = field(repr=False)
    rendering: GeneratedRendering = field(repr=False)
    source: str = field(repr=False)


def compile_plan(plan: Plan, as_of: date | None) -> Compiled | None:
    """Generate the function; None if its code would be nested more deeply than Python allows."""
    try:
        source, constants, rendering = generate(plan, as_of)
        code = compile(source, f"<ruleset {plan.name}>", "exec")
    except (TooDeep, SyntaxError, RecursionError):
        return None
    names = {**_GLOBALS, **constants}
    exec(code, names)
    run: Run = names["run"]  # type: ignore[assignment]  # the source defines it
    return Compiled(run, rendering, source)


def generate(plan: Plan, as_of: date | None) -> tuple[str, Mapping[str, object], GeneratedRendering]:
    """Return the text of the function, the constants it names, and the rendering of its result."""
    layout = layout_of(plan)
    e = Emitter(plan, as_of)
    declared = {**{declaration.name: declaration for declaration in plan.inputs}, **judged_inputs(plan)}
    e.inputs = {name: read(e, f"values[{name!r}]", declared.get(name)) for name in _used_inputs(plan)}
    for node in plan.nodes:
        e.nodes[node.id] = run_on_stack(partial(emit, e), layout.roots[node.id])
    names, places = _places(e.slots, layout)
    preset = [name for name in names if name in e.writer.nested_names]
    return e.writer.text(HEADER, preset, names), e.writer.constants, GeneratedRendering(places)


def _used_inputs(plan: Plan) -> Iterable[str]:
    parts = (part for node in plan.nodes for part in everything(node.expr))
    return dict.fromkeys(part.name for part in parts if isinstance(part, Input))


def _places(slots: Mapping[int, KeptTerm], layout: Layout) -> tuple[list[str], dict[int, Place]]:
    """Give each name that is needed a position in the result, and each slot its place among them."""
    positions: dict[str, int] = {}

    def position(name: str) -> int:
        return positions.setdefault(name, len(positions))

    places: dict[int, Place] = {}
    for slot in range(layout.size):
        if slot not in slots:
            continue
        term, marker_name, records = slots[slot]
        marker = None if marker_name is None else position(marker_name)
        if records:
            places[slot] = RecordSteps(term.rep, position(term.top), int(_known(term.bottom)), marker)
        elif not isinstance(term.constant, Unknown):
            places[slot] = Constant(term.constant, marker)
        else:
            bottom = term.bottom if isinstance(term.bottom, int) else position(term.bottom)
            is_position = term.rep is Rep.PAIR and isinstance(term.bottom, str)
            places[slot] = Kept(term.rep, position(term.top), bottom, is_position, marker)
    return list(positions), places


def _known(bottom: int | str) -> int:
    return bottom if isinstance(bottom, int) else 1
