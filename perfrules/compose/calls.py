"""Calls of definitions where a value is expected, and the arguments of all calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from attrs import evolve

from perfrules.compose import bodies, declared, expand
from perfrules.compose.bind import Bound, as_given, bind
from perfrules.compose.callables import Other, Target, meant_by, place_of_call
from perfrules.compose.file import File
from perfrules.compose.meaning import Given, Meaning
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.composition import Definition, TableType
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span


def call(work: Work, here: Meaning, tree: ast.Call) -> ast.Expression:
    """Expand a call that stands where a value is expected."""
    tree = with_arguments(work, here, tree)
    file = file_at(work, here, tree.function.span)
    meant = meant_by(tree, file)
    match meant:
        case Diagnostic():
            return reported(work, meant, tree.span)
        case Target(item=Definition() as definition):
            return _value(work, here, tree, meant, definition)
        case Target(item=None):
            return nothing(tree.span)  # what is wrong with it is told where it stands
        case Target():
            problem = _named(tree)
            if problem is not None:
                return reported(work, problem, tree.span)
            name = Name(text=declared.schedule(work, meant), span=place_of_call(tree))
            return evolve(tree, function=name, library=())
        case Other.UNKNOWN if here.file is not None:
            return reported(work, bodies.not_closed(here, tree.function.text, tree.function.span), tree.span)
        case Other.PLUGIN:
            work.plugins.append(file.plugins[tree.function.text])
            return tree
        case Other():
            problem = _named(tree)
            return tree if problem is None else reported(work, problem, tree.span)


def with_arguments(work: Work, here: Meaning, tree: ast.Call) -> ast.Call:
    """Return a call with its arguments expanded."""
    arguments = tuple(expand.rewrite(work, here, each) for each in tree.arguments)
    named = tuple(evolve(each, value=expand.rewrite(work, here, each.value)) for each in tree.named)
    return evolve(tree, arguments=arguments, named=named)


def file_at(work: Work, here: Meaning, span: Span) -> File:
    """Return the file whose declarations a name at *span* means."""
    return here.file if here.file is not None else work.files[span.file]


def body_of(
    work: Work,
    here: Meaning,
    tree: ast.Call,
    target: Target,
    definition: Definition,
    *,
    path: tuple[str, ...],
    place: str | None,
) -> Meaning | None:
    """Return what names mean in the body of *definition* as called; None, reported, where it cannot be."""
    bound = bind(work, tree, definition)
    if bound is None or not work.spend(definition, tree.span):
        return None
    body = evolve(bodies.meaning_of(target, definition, path), around=here.named, calls=(*here.calls, tree.span))
    given = _given(work, body, bound, definition, place=place)
    return None if given is None else evolve(body, given=given)


@contextmanager
def opened(work: Work, target: Target) -> Iterator[None]:
    """Expand the body of a definition; that it needs itself is found so."""
    work.opening.append(target.full_name)
    work.called.add(target.full_name)
    try:
        yield
    finally:
        work.opening.pop()


def needs_itself(work: Work, target: Target, tree: ast.Call) -> bool:
    """Tell whether a definition is being expanded already, or too many are, and report it."""
    if target.full_name not in work.opening:
        return work.too_deep("definitions", len(work.opening) + 1, place_of_call(tree))
    ring = (*work.opening[work.opening.index(target.full_name) :], target.full_name)
    args: dict[str, Argument] = {"name": target.full_name, "path": " → ".join(ring)}
    work.report(Diagnostic(Code.CYCLE, place_of_call(tree), args=args))
    return True


def nothing(span: Span) -> ast.Argument:
    """Return what stands where an expression could not be had."""
    return ast.Argument(
        value=ast.YesNo(value=False, span=span), parameter="", definition="", type=TableType(span=span), span=span
    )


def reported(work: Work, problem: Diagnostic, span: Span) -> ast.Argument:
    """Report, and return what stands where an expression could not be had."""
    work.report(problem)
    return nothing(span)


def _value(work: Work, here: Meaning, tree: ast.Call, target: Target, definition: Definition) -> ast.Expression:
    if isinstance(definition.body, tuple):
        places = (f"indicator … = {definition.name.text}(…)",)
        args: dict[str, Argument] = {"clause": definition.name.text, "inside": Word("expression"), "places": places}
        return reported(work, Diagnostic(Code.WRONG_PLACE, place_of_call(tree), args=args), tree.span)
    if needs_itself(work, target, tree):
        return nothing(tree.span)
    body = body_of(work, here, tree, target, definition, path=here.path, place=None)
    if body is None:
        return nothing(tree.span)
    with opened(work, target):
        return expand.rewrite(work, body, definition.body)


def _given(
    work: Work, body: Meaning, bound: Bound, definition: Definition, *, place: str | None
) -> Mapping[str, Given] | None:
    """Return what each parameter stands for; defaults are meant in the definition, and may use earlier parameters."""
    given: dict[str, Given] = {}
    absent = {parameter.name.text for parameter in bound.defaults}
    for parameter in definition.parameters:
        name = parameter.name.text
        if name in absent and parameter.default is not None:
            value, where = expand.rewrite(work, evolve(body, given=given), parameter.default), None
        else:
            value, where = bound.given[name], place
        argument = ast.Argument(
            value=value,
            parameter=name,
            definition=body.definition,
            type=expand.rewrite(work, body, parameter.type),
            range=None if parameter.range is None else expand.rewrite(work, body, parameter.range),
            place=where,
            span=value.span,
        )
        stands = as_given(work, value, parameter, argument)
        if stands is None:
            return None
        given[name] = stands
    return given


def _named(tree: ast.Call) -> Diagnostic | None:
    """Report a named argument of something other than a definition."""
    if not tree.named:
        return None
    name = tree.named[0].name
    args: dict[str, Argument] = {
        "clause": f"{name.text}:",
        "inside": f"{tree.function.text}(…)",
        "places": (Word("definition-call"),),
    }
    return Diagnostic(Code.WRONG_PLACE, name.span, args=args)
