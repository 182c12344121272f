"""Text → plan in one step, for tests that look at what an author's words become."""

from collections.abc import Callable, Mapping

import pytest
from attrs import frozen

from perfrules.diagnostics import Diagnostic, in_order
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Plan
from perfrules.model.model import Model
from perfrules.model.resolve import resolve
from perfrules.plan import make_plan
from perfrules.syntax.parse import parse
from perfrules.text import SourceText


@frozen
class Compiled:
    """Everything the stages made of a text."""

    source: SourceText
    model: Model
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def nodes(self) -> Mapping[str, Expr]:
        """The expressions of the model by node id; of the plan, where there is one."""
        return {node.id: node.expr for node in (self.plan or self.model).nodes}

    @property
    def errors(self) -> list[str]:
        """The codes of the errors, with the text they point at."""
        return [
            f"{each.code.value} at {self.source.span_text(each.at) if each.at else '?'}"
            for each in self.diagnostics
            if each.severity.value == "error"
        ]

    def only(self, code: str) -> Diagnostic:
        """Return the one error there is, which has this code."""
        [found] = [each for each in self.diagnostics if each.severity.value == "error"]
        assert found.code.value == code
        return found


def compile_text(text: str, files: Mapping[str, bytes] | None = None) -> Compiled:
    """Take a text through all stages."""
    source = SourceText("rules", text)
    parsed = parse(source)
    assert parsed.tree is not None
    resolved = resolve(parsed.tree, source, (files or {}).get)
    planned = make_plan(resolved.model)
    found = in_order((*parsed.diagnostics, *resolved.diagnostics, *planned.diagnostics))
    return Compiled(source, resolved.model, planned.plan, found)


@pytest.fixture
def compiled() -> Callable[..., Compiled]:
    """Compile the text of a whole ruleset."""
    return compile_text


@pytest.fixture
def scored() -> Callable[[str], Compiled]:
    """Compile one indicator `A` worth 10 points with the clauses given, among inputs that most rules can use."""

    def compile_clauses(clauses: str) -> Compiled:
        return compile_text(
            'ruleset t "T" version "1" {\n  total 10 points\n'
            "  input rate : % decimals 2 in [0%, 200%]\n"
            "  input done : count in [0, 100]\n"
            "  input late : workdays in [0, 100]\n"
            "  input spent : 万元 in [1, 100]\n"
            "  input budget : 亿元 in [1, 100]\n"
            "  input fraud : yes/no\n  input filed : yes/no\n"
            "  input place : one of (city, county, town)\n"
            "  table faults { input matter : text; input excused : yes/no; input marks : points in [0, 5] }\n"
            f'  indicator A "A" 10 points {{\n{clauses}\n  }}\n}}\n'
        )

    return compile_clauses
