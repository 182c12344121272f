"""Bodies of definitions: parameters are replaced by what was given, and no name of the caller is seen.

A let or a record variable that has the name of something of the caller is renamed, so that neither hides the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from perfrules.compose import declared, expand
from perfrules.compose.callables import Target
from perfrules.compose.meaning import Meaning
from perfrules.compose.rewrite import everything
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, Diagnostic
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.clauses import Amount, Clause, Indicator, Let
from perfrules.syntax.ast.composition import Definition, TableType
from perfrules.syntax.ast.declarations import UnitDeclaration, UnitType
from perfrules.syntax.ast.scoring import Level, Records, TallyLine
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span


def meaning_of(target: Target, definition: Definition, path: tuple[str, ...]) -> Meaning:
    """Return what names mean in the body of a definition that makes the indicator at *path*, before any is given."""
    clauses = definition.body if isinstance(definition.body, tuple) else ()
    return Meaning(
        file=target.file,
        definition=target.full_name,
        path=path,
        codes=tuple(_codes(clauses, path)),
        levels=frozenset(
            piece.name.value for clause in clauses for piece in everything(clause) if isinstance(piece, Level)
        ),
        takes_tables=any(isinstance(each.type, TableType) for each in definition.parameters),
    )


def own_lets(work: Work, here: Meaning, clauses: Iterable[Clause]) -> dict[str, str]:
    """Return the names that the lets of one block get."""
    names = [clause.name.text for clause in clauses if isinstance(clause, Let)]
    return {name: _unlike_others(work, here, name) for name in names}


def not_closed(here: Meaning, name: str, at: Span) -> Diagnostic:
    """Say that a definition names something that is neither its own nor of its library."""
    return Diagnostic(Code.DEFINITION_NOT_CLOSED, at, args={"name": name, "definition": here.definition})


# --- names


def reference(work: Work, here: Meaning, tree: ast.Reference) -> ast.Expression:
    """Replace a name by what it means in the body."""
    first = tree.path[0]
    if first.text in here.variables and (len(tree.path) > 1 or first.text not in here.given):
        return evolve(tree, path=(evolve(first, text=here.variables[first.text]), *tree.path[1:]))
    if len(tree.path) == 1 and tree.attribute is None:
        found = _plain(work, here, tree)
        if found is not None:
            return found
    own = here.own_indicator(_code(tree))
    if own is not None:
        return evolve(tree, path=tuple(Name(text=code, span=first.span) for code in own))
    parameter = None if tree.attribute is not None or here.file is None else declared.parameter_named(here.file, tree)
    if parameter is not None:
        return evolve(tree, path=(Name(text=declared.bring(work, *parameter), span=tree.span),))
    if len(tree.path) == 1 and tree.attribute is None and _is_option(here, first.text):
        return Text(value=first.text, span=tree.span)
    work.report(not_closed(here, _code(tree), tree.span))
    return ast.Argument(value=tree, parameter="", definition="", type=TableType(span=tree.span), span=tree.span)


def reserved(work: Work, here: Meaning, tree: ast.Reserved) -> ast.Expression:
    """Keep `full` and `measure`; in the arguments of an indicator's definition they are those of that indicator."""
    match tree.word:
        case ast.Word.FULL | ast.Word.MEASURE:
            if here.whole is None:
                return tree
            attribute = ast.Attribute.FULL if tree.word is ast.Word.FULL else ast.Attribute.MEASURE
            path = tuple(Name(text=code, span=tree.span) for code in here.whole)
            return ast.Reference(path=path, attribute=attribute, span=tree.span)
    if here.file is not None:
        work.report(not_closed(here, tree.word.value, tree.span))
    return tree


def previous(work: Work, here: Meaning, tree: ast.Previous) -> ast.Expression:
    """Refuse what a definition cannot know: the caller's earlier results."""
    work.report(not_closed(here, "previous", tree.span))
    return tree


def let(work: Work, here: Meaning, tree: Let) -> Let:
    """Name a let so that it is nobody else's."""
    name = evolve(tree.name, text=here.lets.get(tree.name.text, tree.name.text))
    return evolve(tree, name=name, value=expand.rewrite(work, here, tree.value))


def amount(work: Work, here: Meaning, tree: Amount) -> Amount:
    """Put in what was given for an amount, which is a number or the name of a parameter."""
    value = expand.rewrite(work, here, tree.value)
    while isinstance(value, ast.Argument):
        value = value.value
    return evolve(tree, value=value)


# --- records


def aggregate(work: Work, here: Meaning, tree: ast.Aggregate) -> ast.Aggregate:
    """Open the table that was given."""
    inside, variable = _with_variable(work, here, tree.variable)
    found = expand.rewrite_inside(work, inside, evolve(tree, empty=None))
    empty = tree.empty
    if empty is not None and not isinstance(empty, ast.StateWord):
        empty = expand.rewrite(work, here, empty)
    return evolve(found, variable=variable, table=_table(work, here, tree.table), empty=empty)


def tally_line(work: Work, here: Meaning, tree: TallyLine) -> TallyLine:
    """Open the table of a line that counts records; all of the line may speak of the record."""
    subject = tree.subject
    if not isinstance(subject, Records):
        return expand.rewrite_inside(work, here, tree)
    inside, variable = _with_variable(work, here, subject.variable)
    found = expand.rewrite_inside(work, inside, tree)
    assert isinstance(found.subject, Records)
    table = _table(work, here, subject.table)
    return evolve(found, subject=evolve(found.subject, variable=variable, table=table))


def across(work: Work, here: Meaning, tree: Across) -> Across:
    """Put in the names that say which entities are one group, and where the definition is used."""
    within = tuple(_group(work, here, name) for name in tree.within)
    return evolve(expand.rewrite_inside(work, here, tree), within=within, used_at=here.calls)


# --- units


def quantity(work: Work, here: Meaning, tree: ast.Quantity) -> ast.Quantity:
    """Name the unit as the ruleset knows it."""
    return evolve(tree, unit=declared.unit(work, here, tree.unit))


def unit_type(work: Work, here: Meaning, tree: UnitType) -> UnitType:
    """Name the units as the ruleset knows them."""
    per = None if tree.per is None else declared.unit(work, here, tree.per)
    return evolve(tree, unit=declared.unit(work, here, tree.unit), per=per)


def unit_declaration(work: Work, here: Meaning, tree: UnitDeclaration) -> UnitDeclaration:
    """Name the unit that another is made of as the ruleset knows it."""
    base = None if tree.base is None else declared.unit(work, here, tree.base)
    return evolve(expand.rewrite_inside(work, here, tree), base=base)


# --- parts


def _plain(work: Work, here: Meaning, tree: ast.Reference) -> ast.Expression | None:
    name = tree.path[0]
    if name.text in here.lets:
        return evolve(tree, path=(evolve(name, text=here.lets[name.text]),))
    given = here.given.get(name.text)
    if isinstance(given, Name):
        return evolve(tree, path=(given,))
    if given is not None:
        work.spend(given, tree.span)
        return given
    if here.own_indicator(name.text) is None and name.text in here.levels:
        return Text(value=name.text, span=tree.span)
    return None


def _is_option(here: Meaning, name: str) -> bool:
    """Tell whether a bare name can only be an option: such a name is never the caller's."""
    if here.takes_tables and here.variables:
        return True  # the columns of a table that is given have options that only the caller knows
    types = [given.type for given in here.given.values() if isinstance(given, ast.Argument)]
    return name in declared.options_of(types) or (here.file is not None and name in declared.options_in(here.file))


def _with_variable(work: Work, here: Meaning, name: Name) -> tuple[Meaning, Name]:
    new = _unlike_others(work, here, name.text)
    return here.with_variable(name.text, new), evolve(name, text=new)


def _unlike_others(work: Work, here: Meaning, name: str) -> str:
    """Return *name* if nothing else has it, else one that shows which definition it is of."""
    if name not in work.taken and name not in here.named:
        return name
    new = f"{here.definition}.{name}"
    while new in work.taken or new in here.named:
        new += "_"
    return new


def _table(work: Work, here: Meaning, name: Name) -> Name:
    given = here.given.get(name.text)
    if isinstance(given, Name):
        return evolve(name, text=given.text)
    work.report(not_closed(here, name.text, name.span))
    return name


def _group(work: Work, here: Meaning, name: Name) -> Name:
    if name.text in here.lets:
        return evolve(name, text=here.lets[name.text])
    given = here.given.get(name.text)
    while isinstance(given, ast.Argument):
        match given.value:
            case ast.Reference(path=(inner,), attribute=None):
                return inner
            case ast.Argument() as outer:
                given = outer
            case _:
                break
    work.report(not_closed(here, name.text, name.span))
    return name


def _codes(clauses: Iterable[Clause], path: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    for clause in clauses:
        if isinstance(clause, Indicator):
            own = (*path, clause.code.text)
            yield own
            yield from _codes(clause.clauses, own)


def _code(tree: ast.Reference) -> str:
    return ".".join(name.text for name in tree.path)
