"""What plug-ins' methods did, in their own words: one step for each call that mattered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.diagnostics.catalogue import LANGUAGES
from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import value_of
from perfrules.explain.explanation import Step
from perfrules.explain.reading import Reading, all_placed, kind_of
from perfrules.explain.statement import Part, Phrase, Statement, Told, statement, value_part
from perfrules.explain.words import say
from perfrules.ir import expressions as core
from perfrules.ir.origin import MethodCall
from perfrules.ir.plan import Role
from perfrules.lang.kinds import Kind
from perfrules.lang.states import State


def plugin_steps(reading: Reading, root: Placed) -> tuple[Step, ...]:
    """Tell each call below *root*, and in the parts of expressions (`let`) that it reads, inner calls first."""
    found: dict[int, Step] = {}
    for placed in _calls(reading, root, set()):
        call = placed.expr.origin.call
        if call is not None and id(call) not in found:
            says = _told(reading, placed, call)
            if says is not None:
                found[id(call)] = Step(construct="plugin", says=says)
    return tuple(found.values())


def _calls(reading: Reading, root: Placed, seen: set[str]) -> Iterator[Placed]:
    for placed in reversed(tuple(all_placed(root))):
        expr = placed.expr
        if isinstance(expr, core.NodeRef) and expr.id not in seen and _is_let(reading, expr.id):
            seen.add(expr.id)
            yield from _calls(reading, reading.root(expr.id), seen)
        if expr.origin.call is not None and reading.was_evaluated(placed):
            yield placed


def _is_let(reading: Reading, id_: str) -> bool:
    node = reading.index.nodes.get(id_)
    return node is not None and node.role is Role.LET


def _told(reading: Reading, placed: Placed, call: MethodCall) -> Statement | None:
    """Return what the plug-in says, else the call with its values; None while any of them has no value."""
    values = [(value_of(reading, argument), argument.kind) for argument in call.arguments]
    result = (reading.value(placed), kind_of(reading, placed))
    if any(value is None or isinstance(value, State | tuple) for value, _ in (*values, result)):
        return None
    parts = [value_part(value, kind) for value, kind in values]
    shown = Phrase(tuple(each for part in parts for each in (", ", part))[1:])
    texts = {language: _sentence(call, values, result, language) for language in LANGUAGES}
    args: dict[str, Part] = {"name": call.name, "values": shown, "result": value_part(*result)}
    said = tuple((language, text) for language, text in texts.items() if text is not None)
    if len(said) < len(LANGUAGES):
        return statement("plugin.value", **args)
    return statement("plugin.step", said=Told(said), **args)


def _sentence(
    call: MethodCall, values: Sequence[tuple[object, Kind]], result: tuple[object, Kind], language: str
) -> str | None:
    shown = tuple((value, say(value_part(value, kind), language)) for value, kind in values)
    return call.sentence(language, shown, (result[0], say(value_part(*result), language)))
