"""Small rulesets lowered part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from attrs import frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir.conversion import number
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Node
from perfrules.ir.ruletests import RuleTest
from perfrules.lang.kinds import Points
from perfrules.model.collector import Problems
from perfrules.model.declarations import declare
from perfrules.model.lets import let_nodes
from perfrules.model.lowering import Lowering, start_lowering
from perfrules.model.parameters import parameter_nodes
from perfrules.model.ruletests import rule_tests
from perfrules.syntax.parse import parse
from perfrules.text import SourceText

DECLARATIONS = """
  input staff : persons in [0, 5000]
  input quota : persons in [1, 5000]
  input spent : 万元 decimals 2 in [0, 1000]
  input budget : 元 in [1, 100 万元]
  input rate : % in [0%, 100%]
  input other : % in [0%, 100%]
  input n : number in [0, 10]
  input visits : count in [0, 10]
  input scope : one of (central, western)
  input done : yes/no optional
  input start : date
  input finish : date
  table projects { input amount : 万元 in [0, 10]; input part : % in [0%, 100%]; input late : yes/no }
  indicator A 15 points {
    indicator A1 "Staffing" 5 points { measure staff / quota; score = 5 }
    indicator A2 10 points { score judged { "good" -> 10; "bad" -> 0 } }
  }
  indicator B { indicator B1 5 points { score = 5 } }
  grades of total { 优 >= 18; 良 >= 10; 差 otherwise }
"""


@frozen
class Lowered:
    """What came of a ruleset: its lowering at the top, its problems, and its text."""

    lowering: Lowering
    source: SourceText
    tests: tuple[RuleTest, ...]
    nodes: Mapping[str, Node]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        """The codes reported, in the order of their places."""
        return [diagnostic.code.value for diagnostic in self.diagnostics]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Each code with the text it points at."""
        return [(each.code.value, self.source.span_text(each.at)) for each in self.diagnostics if each.at is not None]

    def expr(self, name: str) -> Expr:
        """The expression of a `let` or a parameter."""
        return self.nodes[f"let.{name}" if f"let.{name}" in self.nodes else f"param.{name}"].expr


@pytest.fixture
def lower() -> Callable[..., Lowered]:
    """Lower the items of a ruleset, by default beside the declarations above."""

    def lowered(items: str, files: Mapping[str, bytes] | None = None, beside: str = DECLARATIONS) -> Lowered:
        source = SourceText("t", f'ruleset t "T" version "1" {{\n{beside}\n{items}\n}}\n')
        parsed = parse(source)
        assert parsed.diagnostics == ()
        assert parsed.tree is not None
        problems = Problems()
        declared = declare(parsed.tree, problems, (files or {}).get)
        fulls = {"A": number(15, Points()), "A.A1": number(5, Points()), "A.A2": number(10, Points())}
        lowering = start_lowering(declared, problems).with_fulls(fulls)
        nodes = {node.id: node for node in (*parameter_nodes(lowering), *let_nodes(lowering))}
        tests = rule_tests(lowering, parsed.tree, source)
        return Lowered(lowering, source, tests, nodes, problems.found())

    return lowered
