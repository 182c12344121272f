"""Tree → model: names, marks, rules and results of a ruleset, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir.plan import Node
from perfrules.ir.result_shape import ResultShape
from perfrules.model.block import Block, read_block, read_settings
from perfrules.model.checks.table import Ground, structural_mistakes
from perfrules.model.collector import Problems
from perfrules.model.data_checks import data_checks
from perfrules.model.declarations import declare
from perfrules.model.fallbacks import read_guards
from perfrules.model.grade_nodes import grade_names
from perfrules.model.indicator_nodes import Surroundings
from perfrules.model.lets import let_nodes
from perfrules.model.lowering import Lowering, start_lowering
from perfrules.model.marks import find_worths, full_to_read
from perfrules.model.model import Model
from perfrules.model.model_parts import assemble
from perfrules.model.parameters import parameter_nodes
from perfrules.model.per_group import Groups
from perfrules.model.plugins import NO_PLUGINS, UsedPlugins, hidden_by_schedules
from perfrules.model.readings import readings
from perfrules.model.resources import ReadResource, no_resources
from perfrules.model.results import results
from perfrules.model.results_read import with_results_read
from perfrules.model.rule_nodes import rule_nodes
from perfrules.model.ruletests import rule_tests
from perfrules.model.schedules import check_schedules
from perfrules.model.stand_ins import with_stand_ins
from perfrules.model.vetoes import with_vetoes_named
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.text import SourceText


@frozen(kw_only=True)
class Resolved:
    """The model, as complete as the tree allows, and everything that is wrong with the ruleset."""

    model: Model
    diagnostics: tuple[Diagnostic, ...]


def resolve(
    tree: Ruleset,
    source: SourceText,
    read_resource: ReadResource | None = None,
    others: Mapping[str, ResultShape] | None = None,
    plugins: UsedPlugins = NO_PLUGINS,
    sources: Mapping[str, SourceText] | None = None,
) -> Resolved:
    """Look every name up, expand every construct, and report every problem at once.

    *read_resource* gives the content of files beside the ruleset. *others* has what can be read of the results of other
    rulesets, by the names that *tree* gives them. *plugins* are those
    that it uses. *sources* has the texts that *tree* was put together from, if there are others. `Broken` stands in
    place of what is wrong.
    """
    problems = Problems()
    for diagnostic in plugins.diagnostics:
        problems.report(diagnostic)
    declared = declare(tree, problems, read_resource or no_resources, others or {})
    declared = evolve(declared, plugins=plugins)
    for diagnostic in hidden_by_schedules(plugins, declared.names):
        problems.report(diagnostic)
    lowering = start_lowering(declared, problems, tree)
    root = read_block(tree, declared.names)
    parameters = parameter_nodes(lowering)
    surroundings = _surroundings(root, parameters, lowering)
    lowering = surroundings.lowering
    parameters += parameter_nodes(lowering, of_results=True)
    rules = rule_nodes(root, surroundings)
    answers = results(root, lowering)
    check_schedules(lowering)
    checks = data_checks(root, lowering)
    nodes = (*parameters, *let_nodes(lowering), *rules.nodes, *answers.nodes, *checks.nodes, *lowering.cohorts.nodes())
    read = readings(nodes)
    lowering = with_results_read(lowering, tree, nodes, read)
    ground = Ground(
        root=root,
        declared=lowering.declared,
        settings=surroundings.settings,
        worths=surroundings.worths,
        nodes=nodes,
        readings=read,
        causes=rules.causes,
        grades=grade_names(surroundings.settings),
    )
    for diagnostic in structural_mistakes(ground):
        problems.report(diagnostic)
    tests = rule_tests(with_vetoes_named(lowering, rules.causes), tree, source)
    model = assemble(
        tree,
        source,
        ground,
        sources=sources or {source.name: source},
        answers=answers,
        checks=checks.outlines,
        tests=tests,
        lowering=lowering,
        nodes=with_stand_ins(nodes, read, problems),
    )
    return Resolved(model=model, diagnostics=problems.found())


def _surroundings(root: Block, parameters: tuple[Node, ...], lowering: Lowering) -> Surroundings:
    settings = read_settings(root)
    groups = Groups({node.id: node for node in parameters})
    worths = find_worths(root, lowering, groups, settings)
    fulls = {path: full for path, worth in worths.items() if (full := full_to_read(path, worth)) is not None}
    return Surroundings(lowering=lowering.with_fulls(fulls), worths=worths, settings=settings, guards=read_guards(root))
