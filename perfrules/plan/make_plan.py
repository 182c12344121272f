"""Model → plan: vetoes separated from their conditions, edges, evaluation order, hashes; cycles are reported."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from attrs import fields, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir.asked_for import AskedFor
from perfrules.ir.plan import Edge, Node, Plan, Rubric
from perfrules.model.model import Model
from perfrules.plan.cycles import cycles
from perfrules.plan.digest import compiled_hash, result_names
from perfrules.plan.edges import all_references, find_edges
from perfrules.plan.order import evaluation_order
from perfrules.plan.statistic_names import statistic_names
from perfrules.plan.unvetoed import separate_vetoes

LANGUAGE_VERSION = "1"


@frozen(kw_only=True)
class Planned:
    """The plan, or None where nodes need one another; then *diagnostics* tells the cycles."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


def make_plan(model: Model) -> Planned:
    """Put the nodes of *model* into evaluation order."""
    nodes = separate_vetoes(model.nodes)
    by_id = {node.id: node for node in nodes}
    edges = find_edges(by_id, model.readings if nodes is model.nodes else all_references(nodes))
    order = evaluation_order(by_id, edges)
    if order is None:
        return Planned(plan=None, diagnostics=cycles(edges, statistic_names(by_id)))
    return Planned(plan=_plan(model, tuple(by_id[id_] for id_ in order), edges), diagnostics=())


def _plan(model: Model, nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> Plan:
    shared = {each.name: getattr(model, each.name) for each in fields(Rubric) if each.name != "nodes"}
    return Plan(
        language_version=LANGUAGE_VERSION,
        compiled_hash=AskedFor(_hashing(model)),
        nodes=nodes,
        edges=tuple(sorted(edges, key=attrgetter("target", "source"))),
        **shared,
    )


def _hashing(model: Model) -> Callable[[], str]:
    """Return what hashes all that scores depend on; the parts of the outline that people read do not matter."""
    settings = {
        "name": model.name,
        "version": model.version,
        "entity": model.entity_name,
        "effective": model.effective,
        "grades": model.grades,
        "grade stage": model.grade_stage,
        "total full": model.total_full,
        "vetoes": tuple((veto.node, veto.effect, veto.name) for veto in model.vetoes),
        "results": result_names((*model.decisions, *model.alerts, *model.outputs)),
        "flags": model.flags,
        "checks": tuple((check.node, check.warning) for check in model.checks),
        "as of": (model.as_of_dates, model.as_of_default),
        "calendar": _calendar_days(model),
        "language": LANGUAGE_VERSION,
        **({"plugins": model.plugins} if model.plugins else {}),
    }
    return partial(compiled_hash, model.inputs, model.judged, model.nodes, settings)


def _calendar_days(model: Model) -> object:
    if model.calendar is None:
        return None
    calendar = model.calendar
    return (calendar.first, calendar.last, sorted(calendar.holidays), sorted(calendar.workdays))
