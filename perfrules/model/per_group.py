"""Parameters by group or by date as constants of each case: the cases there are, and what an expression is in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, product

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, LogicOp
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Choice
from perfrules.methods.parts import constant

MOST_CASES = 4096
"""More combinations of groups and dates than these are not looked at."""


@frozen
class Case:
    """One combination of options by input name, and perhaps the day from which dated values are those of this case."""

    options: Mapping[str, str | bool]
    start: date | None

    @property
    def label(self) -> str:
        """The options and day, for a message; empty where there is only one case."""
        parts = [str(option) for option in self.options.values()] + ([self.start.isoformat()] if self.start else [])
        return ", ".join(parts)


@frozen
class Groups:
    """The parameters' nodes by id."""

    parameters: Mapping[str, Node]

    def cases(self, exprs: Iterable[Expr]) -> Iterator[Case]:
        """Yield the cases in which *exprs* may differ, at most MOST_CASES of them."""
        options: dict[str, tuple[str | bool, ...]] = {}
        starts: set[date] = set()
        for part in self._parts(exprs):
            match part:
                case core.Input(name=name, kind=Choice(options=known)):
                    options[name] = known
                case core.Input(name=name):
                    options[name] = (True, False)
                case core.Dated(entries=entries):
                    starts.update(start for start, _ in entries)
        names = sorted(options)
        days: list[date | None] = [*sorted(starts)] or [None]
        combinations = product(product(*(options[name] for name in names)), days)
        for chosen, day in islice(combinations, MOST_CASES):
            yield Case(dict(zip(names, chosen, strict=True)), day)

    def value(self, expr: Expr, case: Case) -> Exact | None:
        """Return what *expr* is in a case, None where that still depends on data."""
        return constant(self._fixed(expr, case))

    def _parts(self, exprs: Iterable[Expr]) -> Iterator[Expr]:
        waiting, seen = list(exprs), set[str]()
        while waiting:
            for part in everything(waiting.pop()):
                yield part
                if isinstance(part, core.NodeRef) and part.id in self.parameters and part.id not in seen:
                    seen.add(part.id)
                    waiting.append(self.parameters[part.id].expr)

    def _fixed(self, expr: Expr, case: Case) -> Expr:
        match expr:
            case core.NodeRef(id=id_) if id_ in self.parameters:
                return self._fixed(self.parameters[id_].expr, case)
            case core.Arith():
                return evolve(expr, operands=tuple(self._fixed(part, case) for part in expr.operands))
            case core.Select():
                for condition, value in expr.cases:
                    holds = _holds(condition, case)
                    if holds is None:
                        return expr
                    if holds:
                        return self._fixed(value, case)
                return self._fixed(expr.otherwise, case)
            case core.Dated(entries=entries):
                reached = [value for start, value in entries if case.start is not None and start <= case.start]
                return self._fixed(reached[-1], case) if reached else expr
        return expr


def _holds(condition: Expr, case: Case) -> bool | None:
    match condition:
        case core.Input(name=name) if isinstance(case.options.get(name), bool):
            return case.options[name] is True
        case core.Compare(op=CompareOp.EQUAL, left=core.Input(name=name), right=core.Const(value=option)):
            return case.options[name] == option if name in case.options else None
        case core.Logic(op=op, operands=operands):
            found = [_holds(part, case) for part in operands]
            if None in found:
                return None
            if op is LogicOp.NOT:
                return not found[0]
            return all(found) if op is LogicOp.AND else any(found)
    return None
