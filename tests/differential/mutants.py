"""Mistakes planted in the generator, each of which the comparison with the reference has to find."""

# ruff: noqa: E501 - a mistake is easier to read beside the text it replaces

import __future__

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from perfrules.evaluate.generated import (
    arithmetic,
    choices,
    combining,
    comparing,
    curves,
    expressions,
    marks,
    members,
    rendering,
    rounding,
    runtime,
    statistics,
    tables,
    terms,
)
from tests.differential.run import compare_many
from tests.differential.sources import compare_sources


@frozen
class Mutant:
    """A function, a piece of its text, and the mistaken text in its place."""

    name: str
    function: Callable[..., Any]
    text: str
    mistake: str


MUTANTS = (
    Mutant(
        "half even instead of half up",
        rounding.whole,
        "match mode:",
        "mode = Mode.HALF_EVEN if mode is Mode.HALF_UP else mode\n    match mode:",
    ),
    Mutant(
        "half up instead of half down",
        rounding.whole,
        "match mode:",
        "mode = Mode.HALF_UP if mode is Mode.HALF_DOWN else mode\n    match mode:",
    ),
    Mutant(
        "half up instead of half even",
        rounding.whole,
        "match mode:",
        "mode = Mode.HALF_UP if mode is Mode.HALF_EVEN else mode\n    match mode:",
    ),
    Mutant(
        "truncate as floor",
        rounding.whole,
        "match mode:",
        "mode = Mode.FLOOR if mode is Mode.TRUNCATE else mode\n    match mode:",
    ),
    Mutant(
        "ceiling as floor",
        rounding.whole,
        '-(-{n} // {d})"\n        case Mode.TRUNCATE',
        '{n} // {d}"\n        case Mode.TRUNCATE',
    ),
    Mutant("`<` for `<=`", comparing.compared, "{PYTHON[op]}", "{PYTHON[op].replace('<=', '<')}"),
    Mutant("`>` for `>=`", comparing.compared, "{PYTHON[op]}", "{PYTHON[op].replace('>=', '>')}"),
    Mutant("started as whole", curves.parts, "-(-({n}) // ({d}))", "({n}) // ({d})"),
    Mutant("whole as started", curves.parts, '{n} // ({d})"', '-(-({n}) // ({d}))"'),
    Mutant("floor of a negative toward zero", curves.parts, '{n} // ({d})"', 'int(F({n}, {d}))"'),
    Mutant("a curve's height at the wrong place", curves._known_line, "y1 - slope * x1", "y1 - slope * x2"),
    Mutant("a curve's piece starts at the wrong end", curves._scaled_line, "({at} - {x1})", "({at} - {x2})"),
    Mutant(
        "cap before floor",
        arithmetic.hold,
        'raised = term if floor is None else _better(e, term, floor, ">")',
        "capped = term if ceiling is None else _better(e, term, ceiling, '<')\n    return capped if floor is None else _better(e, capped, floor, '>')\n    raised = term",
    ),
    Mutant(
        "dropped conversion to a common denominator",
        arithmetic.total,
        "times(term.top, common // int(term.bottom))",
        "term.top",
    ),
    Mutant("a sum of pairs forgets one denominator", arithmetic.total, "mine = product_code(n, bottom)", "mine = n"),
    Mutant(
        "the sign of a divisor is dropped",
        arithmetic.quotient,
        "{top} = -{top}; {bottom} = -{bottom}",
        "{bottom} = -{bottom}",
    ),
    Mutant(
        "a zero divisor passes",
        arithmetic.quotient,
        "if not {bottom}: raise Defect('a divisor is zero')",
        "{bottom} = {bottom} or 1",
    ),
    Mutant("an absolute value keeps its sign", arithmetic.absolute, "abs({term.top})", "{term.top}"),
    Mutant(
        "pairs compared by numerators", terms.crossed, "return product_code(n, e), product_code(m, d)", "return n, m"
    ),
    Mutant(
        "scaled numbers compared by numerators",
        terms.crossed,
        "times(left.top, b // shared), times(right.top, a // shared)",
        "left.top, right.top",
    ),
    Mutant("off-by-one slot of a ledger's sum", marks.ledger, "placed.slot + 1", "placed.slot - 1"),
    Mutant("off-by-one slot of the applicable full", combining.combine, "placed.slot + 2", "placed.slot + 1"),
    Mutant("an undecided zero is taken as true", marks._summed, "{term.top} is True", "{term.top}"),
    Mutant("the mildest veto wins", runtime.demoted, "max(holding", "min(holding"),
    Mutant("an `at most` veto raises", runtime.demoted, "max(rank[name], reached)", "rank[name]"),
    Mutant("blue is worse than yellow", runtime.worst_light, '"yellow", "blue"', '"blue", "yellow"'),
    Mutant(
        "the first state wins instead of the join",
        runtime.joined,
        "join(*(operand for operand in operands if isinstance(operand, State)))",
        "next(operand for operand in operands if isinstance(operand, State))",
    ),
    Mutant(
        "rescaled by the wrong full",
        members._shared_sum,
        "divide(earned * full, full - lost)",
        "divide(earned * full, full)",
    ),
    Mutant(
        "an excluded child counts zero",
        members._shared,
        "share = spec.share",
        "share = ShareRule.LOST if spec.share else None",
    ),
    Mutant("marks that go to another stay lost", members._shared_sum, "full + lost", "full"),
    Mutant("weights that go to another stay lost", members._shared_mean, "weight + lost", "weight"),
    Mutant("a lost weight is not kept", members._shared_mean, "elif share is ShareRule.LOST", "elif False"),
    Mutant("an excluded bonus leaves the denominator", members.combined, "if not row[3]]", "]"),
    Mutant("a bonus is dropped", combining._without_states, "[(1, combined), *bonuses]", "[(1, combined)]"),
    Mutant("a weighted mean forgets the weights", combining._of_ordinary, "product(e, weight, term)", "term"),
    Mutant("what was skipped seems to have run", rendering.was_run, "raw[marker] is not None", "True"),
    Mutant(
        "an undecided operand beats a decisive one",
        choices.decided,
        "is not None and {'not ' if decisive else ''}{result}:",
        "is not None:",
    ),
    Mutant(
        "an `and` goes on after false", choices.decided, "if {'not ' if decisive else ''}{result}:\"):", 'if True:"):'
    ),
    Mutant("a dated value begins a day late", choices.dated, "start <= e.as_of", "start < e.as_of"),
    Mutant("the first dated value instead of the latest", choices.dated, "max(begun", "min(begun"),
    Mutant(
        "a recovery recovers from every state",
        choices.recover,
        "if {operand.top} is {e.state_name(expr.state)}:",
        "if type({operand.top}) is State:",
    ),
    Mutant("skipping missing records does not", tables._skip, "if expr.skipping_missing:", "if False:"),
    Mutant(
        "high and low trimmed the wrong way round",
        runtime.trimmed,
        "ordered[trimming.low :]",
        "ordered[trimming.high :]",
    ),
    Mutant(
        "the median of an even number is the upper one",
        statistics._of_numbers,
        "{ordered}[-1 - {half}]",
        "{ordered}[{half}]",
    ),
    Mutant("a sample's deviation over n", statistics._of_numbers, "{op is AggregateOp.DEVIATION_POPULATION}", "True"),
    Mutant(
        "days counted backwards",
        expressions._days_between,
        "{end.top}.toordinal() - {start.top}.toordinal()",
        "{start.top}.toordinal() - {end.top}.toordinal()",
    ),
)


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Put the mistake in for a while: the function keeps its identity and gets other code."""
    source = textwrap.dedent(inspect.getsource(mutant.function))
    if source.count(mutant.text) < 1:
        raise LookupError(f"{mutant.name}: {mutant.function.__qualname__} holds no `{mutant.text}`")
    made: dict[str, Any] = {}
    mistaken = source.replace(mutant.text, mutant.mistake)
    flags = __future__.annotations.compiler_flag  # what is imported for type checkers only is not there
    exec(compile(mistaken, mutant.name, "exec", flags), mutant.function.__globals__, made)
    code, mutant.function.__code__ = mutant.function.__code__, made[mutant.function.__name__].__code__
    try:
        yield
    finally:
        mutant.function.__code__ = code


def pairs_to_kill(mutant: Mutant, limit: int, seed: int) -> int | None:
    """Return after how many pairs the comparison finds the mistake; None if it does not within *limit*."""
    with planted(mutant):
        for chunk in range(0, limit, 400):
            try:
                counts, reproduce = compare_many(400, seed + chunk)
            except Exception:  # a crash of mistaken code is found just as well
                return chunk + 400
            if reproduce:
                return chunk + counts["pairs"]
    return None


def source_pairs_to_kill(mutant: Mutant, limit: int, seed: int, rows: int = 10) -> int | None:
    """Return after how many pairs of a ruleset as text and a row the comparison finds the mistake."""
    with planted(mutant):
        for chunk in range(0, limit, rows):
            try:
                counts, different = compare_sources(rows, f"{seed}/{chunk}", rows, rewritten=False)
            except Exception:  # a crash of mistaken code is found just as well
                return chunk + rows
            if different is not None:
                return chunk + counts["pairs"]
    return None
