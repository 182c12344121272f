"""What the kernel relies on for each node: in which representation its numbers are, and why that is exact.

Made from the declarations alone. Where an input has no declared range or decimals, or a range too wide for a proof, the
widest power of ten is looked for that would prove everything that depends on it. Marks that people give are supposed to
have two decimals, and lie within the limits of their levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from perfrules.batch.columns.maker import Maker
from perfrules.batch.columns.program import maker_of, program_of
from perfrules.batch.columns.proofs import Decision, Proof
from perfrules.batch.declared import Named, declared_facts
from perfrules.batch.judged import judged_ranges
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked, Holes, Lowered, Shape
from perfrules.batch.owners import owners_of
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Do, Read, Source, Type
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact

_RECORDS: Final = 1024
"""So many records of a table are supposed for one entity; the data decide."""
_WIDEST: Final = 15
_DECIMALS: Final = 100
"""Supposed for an input without declared decimals, and for marks that people give: two."""
_PROVED: Final = frozenset({Proof.WHOLE, Proof.GAP, Proof.INT64})


@frozen(kw_only=True)
class Proved:
    """One rounding or comparison of a node. *doing*: `round` or `compare`; *error* is that of the float column, below
    *allowed* (half the gap to the nearest boundary, in steps of the rounding or in the numbers compared).
    """

    doing: str
    proof: Proof
    error: Exact
    allowed: Exact | None


@frozen(kw_only=True)
class NodeDescription:
    """A node: its *representation* (`float64`, `int64`, `near`, `statistic` across entities, `Python integers`,
    `truth`, `text`), the *unit* of its whole numbers, the ends of its numbers, and what is decided for it.
    """

    id: str
    representation: str
    unit: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    proved: tuple[Proved, ...] = ()


@frozen(kw_only=True)
class Suggestion:
    """The input *name* (`table.field`) with this range and these decimals would have everything proved."""

    name: str
    low: Exact
    high: Exact
    decimals: int


@frozen(kw_only=True)
class Description:
    """All nodes in order of evaluation, what would help, and which nodes have no columns (with the reason).

    *measured* are the columns of data without declared range or decimals: those are taken from the data. *judged* are
    those of marks that people give, of which the decimals are.
    """

    nodes: tuple[NodeDescription, ...]
    measured: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...]
    unsupported: Mapping[str, str]


def describe(plan: Plan, as_of: date | None = None) -> Description:
    """Return how the columns of a plan are known to be exact, by its declarations."""
    lowered = lower(plan, Asked(as_of=as_of or plan.as_of_default, holes=Holes()))
    if lowered.unsupported:
        return Description(nodes=(), suggestions=(), unsupported=lowered.unsupported)
    declared, judged = declared_facts(plan), _of_judged(plan, as_of)
    maker = _made(lowered, _facts({**declared, **judged}, {}))
    nodes = tuple(_nodes(plan, lowered, maker))
    read = [each for each in _read_of_data(lowered) if not _is_known(declared.get(each))]
    return Description(
        nodes=nodes,
        measured=tuple(sorted(_full_name(each) for each in read if each not in judged)),
        judged=tuple(sorted(_full_name(each) for each in read if each in judged)),
        suggestions=tuple(_suggestions(lowered, declared, judged, maker)),
        unsupported={},
    )


def _of_judged(plan: Plan, as_of: date | None) -> Mapping[Named, NumberFacts]:
    ranges = judged_ranges(plan, as_of)
    return {name: NumberFacts(low=held.lo, high=held.hi, scale=_DECIMALS) for name, held in ranges.items()}


def _read_of_data(lowered: Lowered) -> Iterator[Named]:
    for op in lowered.tape.ops:
        read = op.param
        if op.do is not Do.INPUT or op.type is not Type.NUMBER or not isinstance(read, Read):
            continue
        if read.source is Source.VALUE and read.name not in lowered.nodes:
            yield read.name, read.table


def _is_known(facts: NumberFacts | None) -> bool:
    return facts is not None and None not in (facts.low, facts.high, facts.scale)


def _full_name(name: Named) -> str:
    return name[0] if name[1] is None else f"{name[1]}.{name[0]}"


def _made(lowered: Lowered, facts: Callable[[Read], NumberFacts]) -> Maker:
    maker = maker_of(lowered, facts, lambda _table: _RECORDS)
    program_of(lowered, maker, lowered.nodes, {})
    return maker


def _facts(
    declared: Mapping[Named, NumberFacts], supposed: Mapping[Named, NumberFacts]
) -> Callable[[Read], NumberFacts]:
    def facts(read: Read) -> NumberFacts:
        if read.source is Source.COUNT:
            return NumberFacts(low=Exact(0), high=Exact(_RECORDS), scale=1)
        name = (read.name, read.table)
        return supposed.get(name) or declared.get(name) or NumberFacts(low=None, high=None, scale=None)

    return facts


def _nodes(plan: Plan, lowered: Lowered, maker: Maker) -> Iterator[NodeDescription]:
    owner = owners_of(lowered, (node.id for node in plan.nodes))
    own: dict[str | None, list[Proved]] = {}
    for place, decision in sorted(maker.decisions.items()):
        own.setdefault(owner(place), []).append(_proved(lowered, place, decision))
    for node in plan.nodes:
        columns = lowered.nodes.get(node.id)
        if columns is None:
            continue
        proved = tuple(own.get(node.id, ()))
        if columns.value is None or columns.shape in (Shape.TRUTH, Shape.TEXT):
            shape = "state" if columns.value is None else columns.shape.value
            yield NodeDescription(id=node.id, representation=shape, proved=proved)
        else:
            yield _number(node.id, maker, columns.value, proved)


def _number(name: str, maker: Maker, place: int, proved: tuple[Proved, ...]) -> NodeDescription:
    fact, whole = maker.facts(place), maker.whole(place)
    unit: Exact | None = None
    op = maker.tape.ops[place]
    if fact.constant is not None:
        kind = "constant"
    elif op.do is Do.INPUT and isinstance(op.param, Read) and op.param.name == name:
        kind = "statistic"
    elif whole is not None:
        kind, unit = {"f8": "float64", "i8": "int64"}[whole.dtype], abs(whole.unit)
    elif maker.near(place) is not None:
        kind = "near"
    else:
        kind = "Python integers"
    return NodeDescription(id=name, representation=kind, unit=unit, low=fact.low, high=fact.high, proved=proved)


def _proved(lowered: Lowered, place: int, decision: Decision) -> Proved:
    doing = "round" if lowered.tape.ops[place].do is Do.ROUND else "compare"
    return Proved(doing=doing, proof=decision.proof, error=decision.error, allowed=decision.allowed)


def _suggestions(
    lowered: Lowered, declared: Mapping[Named, NumberFacts], judged: Mapping[Named, NumberFacts], maker: Maker
) -> Iterator[Suggestion]:
    """Suppose ranges for the inputs that unproved decisions read, widest first, until all of those are proved."""
    open_ = [place for place, each in maker.decisions.items() if each.proof not in _PROVED]
    reads = sorted({read for place in open_ for read in _read_by(lowered, place)}, key=str)
    wanting = [name for name in reads if name in declared]
    if not wanting:
        return
    for exponent in range(_WIDEST, 0, -1):
        supposed = {name: _supposed(declared[name], Exact(10) ** exponent) for name in wanting}
        decisions = _made(lowered, _facts({**declared, **judged}, supposed)).decisions
        if all(decisions[place].proof in _PROVED for place in open_ if place in decisions):
            for name in wanting:
                if supposed[name] != declared[name]:
                    yield _suggested(name, supposed[name])
            return


def _supposed(facts: NumberFacts, end: Exact) -> NumberFacts:
    low = Exact(0) if facts.low is None else max(facts.low, -end)
    high = end if facts.high is None else min(facts.high, end)
    return NumberFacts(low=low, high=max(high, low), scale=facts.scale or _DECIMALS)


def _suggested(name: Named, facts: NumberFacts) -> Suggestion:
    assert facts.low is not None
    assert facts.high is not None
    decimals = len(str(facts.scale or 1)) - 1
    return Suggestion(name=_full_name(name), low=facts.low, high=facts.high, decimals=decimals)


def _read_by(lowered: Lowered, place: int) -> Iterator[Named]:
    waiting, seen = [place], {place}
    while waiting:
        op = lowered.tape.ops[waiting.pop()]
        if op.do is Do.INPUT and op.type is Type.NUMBER and isinstance(op.param, Read):
            yield op.param.name, op.param.table
        fresh = [each for each in op.operands if each not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
