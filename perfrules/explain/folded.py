"""A formula of children as a sum: how many marks of the parent each mark of a child is, and what else it adds.

Only where that holds whatever the children have: their marks are added, and multiplied by what does not depend on
them. A limit is looked through where it takes nothing; cases, where they do not ask about the children.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import nodes_behind
from perfrules.explain.members import MemberRead
from perfrules.explain.reading import Reading
from perfrules.explain.reasons import taken
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp
from perfrules.ir.plan import MarksStyle, Role
from perfrules.lang.exact import Exact

_ONE = Exact(1)


@frozen(eq=False)
class _Term:
    """Something that is added, times a factor: a child's marks, or what does not depend on the children."""

    placed: Placed
    factor: Exact
    code: str | None = None


@frozen(eq=False)
class Folded:
    """The children that are added, each with its share, and the *others* that are added to them."""

    members: tuple[MemberRead, ...]
    others: tuple[Placed, ...]


def folded(reading: Reading, heart: Placed, codes: Sequence[str]) -> Folded | None:
    """Read *heart* as a sum over the children *codes*; None where it is none, or a child has no marks yet."""
    terms = _sum(reading, heart, frozenset(codes), _ONE)
    if terms is None or sum((_value(reading, term) for term in terms), Exact(0)) != reading.exact(heart):
        return None
    members = tuple(_members(reading, terms, codes))
    if not members or any(member.full is None or member.score is None or member.bonus for member in members):
        return None
    others = tuple(term.placed for term in terms if term.code is None and not isinstance(term.placed.expr, core.Const))
    return Folded(members, others)


def _value(reading: Reading, term: _Term) -> Exact:
    return term.factor * (reading.exact(term.placed) or Exact(0))


def _members(reading: Reading, terms: Sequence[_Term], codes: Sequence[str]) -> Iterator[MemberRead]:
    for code in codes:
        found = [term for term in terms if term.code == code]
        if found:
            share = sum((term.factor for term in found), Exact(0))
            style = reading.index.items[code].style
            yield MemberRead(
                code=code,
                placed=found[0].placed,
                score=reading.score(code),
                weight=None,
                full=reading.full(code),
                bonus=style is MarksStyle.BONUS,
                excluded=False,
                share=share,
            )


def _sum(reading: Reading, placed: Placed, codes: frozenset[str], factor: Exact) -> list[_Term] | None:
    """Return what *factor* times *placed* adds up from."""
    expr = placed.expr
    if reading.exact(placed) is None:
        return None
    if isinstance(expr, core.NodeRef) and expr.id in codes:
        return [_Term(placed, factor, expr.id)]
    if not _depends(reading, placed, codes):
        return [_Term(placed, factor)]
    match expr:
        case core.NodeRef(id=id_) if reading.index.nodes[id_].role is Role.LET:
            return _sum(reading, reading.root(id_), codes, factor)
        case core.Arith():
            return _of_arithmetic(reading, placed, codes, factor)
        case core.Clamp():
            return _through(reading, placed, placed.parts[:1], codes, factor)
        case core.Select():
            return _of_case(reading, placed, codes, factor)
    return None


def _of_arithmetic(reading: Reading, placed: Placed, codes: frozenset[str], factor: Exact) -> list[_Term] | None:
    assert isinstance(placed.expr, core.Arith)
    parts = placed.parts
    match placed.expr.op:
        case ArithOp.ADD:
            return _all(reading, [(part, factor) for part in parts], codes)
        case ArithOp.SUBTRACT:
            return _all(reading, [(parts[0], factor), (parts[1], -factor)], codes)
        case ArithOp.NEGATE:
            return _sum(reading, parts[0], codes, -factor)
        case ArithOp.MULTIPLY:
            return _product(reading, parts, codes, factor)
        case ArithOp.DIVIDE if not _depends(reading, parts[1], codes):
            divisor = reading.exact(parts[1])
            return _sum(reading, parts[0], codes, factor / divisor) if divisor else None
        case ArithOp.MINIMUM | ArithOp.MAXIMUM:
            return _through(reading, placed, parts, codes, factor)
    return None


def _all(reading: Reading, parts: Sequence[tuple[Placed, Exact]], codes: frozenset[str]) -> list[_Term] | None:
    found: list[_Term] = []
    for part, factor in parts:
        terms = _sum(reading, part, codes, factor)
        if terms is None:
            return None
        found += terms
    return found


def _product(reading: Reading, parts: Sequence[Placed], codes: frozenset[str], factor: Exact) -> list[_Term] | None:
    dependent = [part for part in parts if _depends(reading, part, codes)]
    if len(dependent) != 1:
        return None
    for part in parts:
        if part is not dependent[0]:
            value = reading.exact(part)
            if value is None:
                return None
            factor *= value
    return _sum(reading, dependent[0], codes, factor)


def _through(
    reading: Reading, placed: Placed, parts: Sequence[Placed], codes: frozenset[str], factor: Exact
) -> list[_Term] | None:
    """Look through a limit that takes nothing: the only operand with the children has the value."""
    dependent = [part for part in parts if _depends(reading, part, codes)]
    if len(dependent) != 1 or reading.exact(dependent[0]) != reading.exact(placed):
        return None
    return _sum(reading, dependent[0], codes, factor)


def _of_case(reading: Reading, placed: Placed, codes: frozenset[str], factor: Exact) -> list[_Term] | None:
    if any(_depends(reading, condition, codes) for condition in placed.parts[:-1:2]):
        return None
    found = taken(reading, placed)
    return None if found is None else _sum(reading, found.value, codes, factor)


def _depends(reading: Reading, placed: Placed, codes: frozenset[str]) -> bool:
    return not codes.isdisjoint(nodes_behind(reading, placed.expr))
