"""The arguments of a call bound to the parameters of a definition, by place, by name or by default."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.compose.meaning import Given
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.composition import Definition, DefinitionParameter, TableType
from perfrules.syntax.ast.tree import Tree


@frozen(eq=False)
class Bound:
    """What each parameter is given; the defaults of those that are given nothing, as written in the definition."""

    given: Mapping[str, ast.Expression]
    defaults: tuple[DefinitionParameter, ...]


def bind(work: Work, call: ast.Call, definition: Definition) -> Bound | None:
    """Bind the arguments of *call*; None, reported, where they do not fit."""
    parameters = definition.parameters
    if len(call.arguments) > len(parameters):
        work.report(_wrong_count(call, definition))
        return None
    given: dict[str, ast.Expression] = {
        parameter.name.text: value for parameter, value in zip(parameters, call.arguments, strict=False)
    }
    known = [parameter.name.text for parameter in parameters]
    problems = [problem for each in call.named if (problem := _misnamed(each, known, given)) is not None]
    if problems:
        for problem in problems:
            work.report(problem)
        return None
    given |= {each.name.text: each.value for each in call.named}
    absent = tuple(parameter for parameter in parameters if parameter.name.text not in given)
    if any(parameter.default is None for parameter in absent):
        work.report(_wrong_count(call, definition))
        return None
    return Bound(given, absent)


def as_given(work: Work, value: ast.Expression, parameter: DefinitionParameter, argument: ast.Argument) -> Given | None:
    """Return what stands in the place of *parameter*: a table's name, or *argument*, which has the value; None,
    reported, for a value that is no table.
    """
    if not isinstance(parameter.type, TableType):
        return argument
    match value:
        case ast.Reference(path=(name,), attribute=None):
            return name
    args: dict[str, Argument] = {"clause": _word(value), "inside": parameter.name.text, "places": (Word("a-table"),)}
    work.report(Diagnostic(Code.WRONG_PLACE, value.span, args=args))
    return None


def _word(tree: Tree) -> str:
    """Name an expression in a message: a name as written, else the word for expressions."""
    match tree:
        case ast.Reference(path=path):
            return ".".join(name.text for name in path)
    return Word("expression")


def _misnamed(named: ast.NamedArgument, known: list[str], given: Mapping[str, object]) -> Diagnostic | None:
    name = named.name
    if name.text in given:
        return Diagnostic(Code.TWICE_STATED, name.span, args={"clause": name.text})
    if name.text in known:
        return None
    near = nearest(name.text, known) or (tuple(known) if len(known) <= 3 else ())
    fix = None
    if len(near) == 1:
        fix = Fix("replace", [Edit(name.span, near[0])], args={"new": near[0], "old": name.text})
    args: dict[str, Argument] = {"kind": Word("parameter"), "name": name.text, "suggestions": near}
    return Diagnostic(Code.UNKNOWN_NAME, name.span, args=args, fix=fix)


def _wrong_count(call: ast.Call, definition: Definition) -> Diagnostic:
    most = len(definition.parameters)
    least = sum(parameter.default is None for parameter in definition.parameters)
    args: dict[str, Argument] = {
        "function": definition.name.text,
        "expected": str(most) if least == most else f"{least}–{most}",
        "found": len(call.arguments) + len(call.named),
    }
    named = {each.name.text for each in call.named}
    behind = definition.parameters[len(call.arguments) :]
    lacking = tuple(each.name.text for each in behind if each.default is None and each.name.text not in named)
    if lacking:
        args["lacking"] = lacking
    others = [Labelled(definition.name.span, "declared-here", args={"name": definition.name.text})]
    return Diagnostic(Code.WRONG_NUMBER_OF_VALUES, call.span, args=args, others=others)
