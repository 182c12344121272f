"""What a library declares beside definitions, brought into the ruleset under the name of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import evolve

from perfrules.compose import bodies, expand
from perfrules.compose.callables import Target
from perfrules.compose.file import File
from perfrules.compose.meaning import Meaning
from perfrules.compose.work import Work
from perfrules.lang.units import MULTIPLIERS
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.declarations import ChoiceType, Holidays, Parameter, Schedule, UnitDeclaration
from perfrules.syntax.ast.tree import Name, Text, Tree


def reference(work: Work, _here: Meaning, tree: ast.Reference) -> ast.Expression:
    """Bring in a library's parameter that a ruleset names in full: `mof.common.pass_mark`."""
    if len(tree.path) == 1 or tree.attribute is not None:
        return tree
    file = work.files[tree.span.file]
    found = parameter_named(file, tree) if file.uses else None
    return tree if found is None else evolve(tree, path=(Name(text=bring(work, *found), span=tree.span),))


def parameter_named(file: File, tree: ast.Reference) -> tuple[File, str] | None:
    """Return the parameter that a name means in *file*: its own, of one of its libraries, or in full."""
    last = tree.path[-1].text
    if len(tree.path) == 1:
        found = [each for each in (file, *file.uses) if each.has(Parameter, last)]
        return (found[0], last) if found and (found[0] is file or len(found) == 1) else None
    owner = ".".join(name.text for name in tree.path[:-1])
    library = next((each for each in (file, *file.uses) if each.name == owner and each.prefix), None)
    return (library, last) if library is not None and library.has(Parameter, last) else None


def bring(work: Work, file: File, name: str) -> str:
    """Bring a parameter in, and return the name it has in the ruleset."""
    return _brought(work, file, name, lambda: file.find(Parameter, name))


def schedule(work: Work, target: Target) -> str:
    """Bring a schedule in, and return the name it has in the ruleset."""
    return _brought(work, target.file, target.name, lambda: target.file.find(Schedule, target.name))


def parameter(work: Work, here: Meaning, tree: Parameter) -> Parameter:
    """Expand the values of a parameter; the file it may stand in is the one beside the file it is declared in."""
    if here.file is not None:
        for name in tree.by:
            work.report(bodies.not_closed(here, name.text, name.span))
    found = expand.rewrite_inside(work, here, tree)
    return found if found.file is None else evolve(found, file=_beside(work, here, found.file))


def file_of(work: Work, here: Meaning, tree: Holidays) -> Holidays:
    """Name a file as the one beside the text it is named in."""
    return evolve(tree, file=_beside(work, here, tree.file))


def unit(work: Work, here: Meaning, name: Name) -> Name:
    """Return the name by which the ruleset knows a unit; one that a library declares is brought in."""
    for file in () if here.file is None else (here.file, *here.file.uses):
        for prefix in ("", *(each for each in MULTIPLIERS if name.text.startswith(each))):
            own = name.text.removeprefix(prefix)
            if file.has(UnitDeclaration, own):
                return evolve(name, text=prefix + _unit(work, file, own))
    return name


def options_of(types: Iterable[Tree]) -> frozenset[str]:
    """Return the options of the choices among some types."""
    found = (option for each in types if isinstance(each, ChoiceType) for option in each.options)
    return frozenset(option.text if isinstance(option, Name) else option.value for option in found)


def options_in(file: File) -> frozenset[str]:
    """Return the options of the parameters and schedules that a file declares."""
    return options_of(item.type for item in _plain_items(file))


def _plain_items(file: File) -> Iterator[Parameter | Schedule]:
    parameters = (file.find(Parameter, name) for name in file.names(Parameter))
    schedules = (file.find(Schedule, name) for name in file.names(Schedule))
    yield from (item for item in (*parameters, *schedules) if item is not None)


def _brought(work: Work, file: File, name: str, find: Callable[[], Parameter | Schedule | None]) -> str:
    full = file.full_name(name)
    if file.prefix and full not in work.needed:
        work.needed[full] = None  # it is being brought, also where it needs itself
        item = find()
        if item is not None:
            inside = expand.rewrite(work, Meaning(file=file, definition=file.name), item)
            work.needed[full] = evolve(inside, name=evolve(item.name, text=full))
    return full


def _unit(work: Work, file: File, name: str) -> str:
    """Two units that are declared alike are one, so that what is given in the one can be used as the other."""
    item = file.find(UnitDeclaration, name)
    if not file.prefix or item is None or work.own_units.get(name) == item:
        return name
    if item not in work.units:
        full = file.full_name(name)
        work.units[item] = full
        inside = expand.rewrite(work, Meaning(file=file, definition=file.name), item)
        work.needed[f"unit {full}"] = evolve(inside, name=evolve(item.name, text=full))
    return work.units[item]


def _beside(work: Work, here: Meaning, file: Text) -> Text:
    asker = here.file if here.file is not None else work.files[file.span.file]
    return evolve(file, value=asker.home.key(file.value))
