"""Where an expression is enclosed: what is known of the inputs and nodes, and what the branch it stands in implies.

`enclose` runs the family of each expression. What a branch implies is kept by structure: an equal expression anywhere
in the branch is refined. A node that is read in a branch is enclosed again under what the branch implies, so seldom
that the cost stays linear in the size of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import JudgedMark
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything
from perfrules.lang.calendar import Calendar
from perfrules.lang.exact import Exact
from perfrules.made_often import made_often
from perfrules.prove.compared import Comparisons
from perfrules.prove.enclosure import NOTHING, UNKNOWN, Enclosure, refine
from perfrules.prove.reads import Atom, Reads, atoms_of

Family: TypeAlias = "Callable[[Expr, Scene], Enclosure]"
Assumed: TypeAlias = Mapping[Expr, Enclosure]

_READ_AGAIN: Final = 32
"""How many nodes are enclosed again within one branch."""


@made_often
@frozen(eq=False)
class Visit:
    """An expression at its place: what it can be, the operands that can be evaluated, and which cases can be reached.

    *reached* has one entry per case or step and a last one for `otherwise`, for expressions that choose.
    """

    expr: Expr
    value: Enclosure
    parts: tuple[Visit, ...] = field(repr=False)
    scene: Scene = field(repr=False)
    reached: tuple[bool, ...] = ()

    def of(self, part: Expr) -> Enclosure:
        """Return what the direct operand *part* can be; nothing where it is never evaluated."""
        return next((visit.value for visit in self.parts if visit.expr is part), NOTHING)

    def everything(self) -> Iterator[Visit]:
        """This visit and all below it, operands first."""
        waiting, found = [self], []
        while waiting:
            visit = waiting.pop()
            found.append(visit)
            waiting.extend(visit.parts)
        return reversed(found)


class Walk:
    """What is noted while expressions are enclosed; one per walk, never shared."""

    __slots__ = ("_frames", "_hushed", "_keeps")

    def __init__(self, keeps: bool) -> None:
        self._keeps = keeps
        self._hushed = 0
        self._frames: list[_Frame] = [_Frame()]

    def enter(self) -> None:
        """Begin an expression."""
        self._frames.append(_Frame())

    def leave(self, expr: Expr, found: Enclosure, scene: Scene) -> Enclosure:
        """End it; below something reported as wrong nothing is known."""
        frame = self._frames.pop()
        value = UNKNOWN if frame.reported or found.reported else found
        self._frames[-1].reported |= value.reported
        if self._keeps and not self._hushed:
            self._frames[-1].parts.append(Visit(expr, value, tuple(frame.parts), scene, frame.reached))
        return value

    def hush(self) -> None:
        """Begin an expression of which nothing is to be noted."""
        self._hushed += 1
        self.enter()

    def resume(self) -> None:
        """End it."""
        self._hushed -= 1
        self._frames.pop()

    def reach(self, reached: Sequence[bool]) -> None:
        """Note which cases of the present expression can be reached."""
        self._frames[-1].reached = tuple(reached)

    def last(self) -> Visit:
        """Take the visit of the expression that ended last, which knows this walk."""
        return self._frames[-1].parts.pop()


class _Frame:
    __slots__ = ("parts", "reached", "reported")

    def __init__(self) -> None:
        self.parts: list[Visit] = []
        self.reached: tuple[bool, ...] = ()
        self.reported = False


@frozen(eq=False)
class World:
    """What does not change while a plan is enclosed.

    *judged* is None unless the marks given so far are known. *eventual*: enclose what the values can be once nothing is
    pending any more. *if_supplied* is the scene in which missing data were supplied. *cohort* has the statistics across
    entities about which more is known than their parts tell, *over_all* what they are over all declared data where that
    was found before; *comparisons* is there if there are any.
    """

    families: Mapping[type[Expr], Family] = field(repr=False)
    nodes: Mapping[str, Node] = field(repr=False)
    inputs: Mapping[str, Enclosure] = field(repr=False)
    reads: Reads = field(repr=False)
    calendar: Calendar | None = None
    as_of: date | None = None
    effective: tuple[date, date] | None = None
    judged: Mapping[str, JudgedMark] | None = None
    overrides: Mapping[str, Exact] = field(factory=dict)
    eventual: bool = False
    if_supplied: Scene | None = field(default=None, repr=False)
    cohort: Mapping[str, Enclosure] = field(factory=dict)
    over_all: Mapping[str, Enclosure] = field(factory=dict, repr=False)
    comparisons: Comparisons | None = field(default=None, repr=False)


@frozen(eq=False)
class Scene:
    """The world, the nodes enclosed so far, and what holds in the branch at hand."""

    world: World = field(repr=False)
    values: Mapping[str, Enclosure] = field(repr=False)
    walk: Walk = field(repr=False)
    records: Mapping[str, Mapping[str, Enclosure]] = field(factory=dict)
    assumed: Assumed = field(factory=dict)
    again: dict[str, Enclosure] = field(factory=dict, repr=False)
    _done: dict[int, tuple[Expr, Enclosure]] = field(init=False, factory=dict, repr=False)
    _types: frozenset[type] = field(init=False, repr=False)
    _about: list[frozenset[Atom]] = field(init=False, factory=list, repr=False)

    @_types.default
    def _find_types(self) -> frozenset[type]:
        return frozenset(type(expr) for expr in self.assumed)

    def enclose(self, expr: Expr) -> Enclosure:
        """Enclose *expr*, and note the visit."""
        self.walk.enter()
        found = self.world.families[type(expr)](expr, self)
        if type(expr) in self._types and expr in self.assumed:
            refined = refine(found, self.assumed[expr])
            # Literals of different kinds can be equal (1 and true): what contradicts is about another expression.
            found = found if refined.is_nothing else refined
        value = self.walk.leave(expr, found, self)
        self._done[id(expr)] = (expr, value)
        return value

    def assuming(self, more: Assumed) -> Scene:
        """Return the scene within a branch that implies *more*; that is already merged with what was assumed."""
        return evolve(self, assumed=more, again={}) if more is not self.assumed else self

    def about_record(self, variable: str, fields: Mapping[str, Enclosure]) -> Scene:
        """Return the scene in which *variable* stands for a record."""
        kept = {expr: found for expr, found in self.assumed.items() if not _mentions(expr, variable)}
        return evolve(self, records={**self.records, variable: fields}, assumed=kept, again={})

    def quietly(self, expr: Expr) -> Enclosure:
        """Enclose *expr* without noting the visit; once per scene, so that nested conditions do not multiply."""
        if id(expr) not in self._done:
            self.walk.hush()
            self.enclose(expr)
            self.walk.resume()
        return self._done[id(expr)][1]

    def _concerns(self, id_: str) -> bool:
        """Tell whether the branch implies anything about what a node depends on."""
        if not self.assumed:
            return False
        if not self._about:
            self._about.append(frozenset(atom for expr in self.assumed for atom in atoms_of(expr)))
        return not self._about[0].isdisjoint(self.world.reads.all_of(id_))

    def node(self, id_: str) -> Enclosure:
        """Enclose the value of another node, under what this branch implies."""
        found = self.values.get(id_, UNKNOWN)
        node = self.world.nodes.get(id_)
        if node is None or found.reported or not self._concerns(id_):
            return found
        if id_ not in self.again and len(self.again) < _READ_AGAIN:
            self.again[id_] = found
            self.again[id_] = refine(found, evolve(self, records={}, again=self.again).quietly(node.expr))
        return self.again.get(id_, found)


def _mentions(expr: Expr, variable: str) -> bool:
    return any(isinstance(part, core.FieldOf) and part.variable == variable for part in everything(expr))
