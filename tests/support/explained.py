"""From a ruleset's text and one entity's data to the result that explanations are made of."""

from collections.abc import Callable, Mapping

from perfrules.diagnostics import Severity
from perfrules.evaluate.evaluate import evaluate
from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.model.resolve import resolve
from perfrules.plan.make_plan import make_plan
from perfrules.readers.mapping import read_mapping
from perfrules.syntax.parse import parse
from perfrules.text import SourceText


def plan_of(text: str, read_resource: Callable[[str], bytes | None] | None = None) -> Plan:
    """Compile a text that has no errors; *read_resource* gives the files it names."""
    source = SourceText("test", text)
    parsed = parse(source)
    assert parsed.tree is not None, parsed.diagnostics
    resolved = resolve(parsed.tree, source, read_resource)
    planned = make_plan(resolved.model)
    found = (*parsed.diagnostics, *resolved.diagnostics, *planned.diagnostics)
    errors = [each for each in found if each.severity is Severity.ERROR]
    assert not errors, errors
    assert planned.plan is not None
    return planned.plan


def result_of(plan: Plan, data: Mapping[str, object]) -> Result:
    """Score one entity."""
    row = read_mapping(plan, data)
    assert row.facts is not None, row.problems
    return evaluate(plan, row.facts)
