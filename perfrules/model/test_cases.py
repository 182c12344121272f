"""The cases of a test: one; one for each entity that its lines name; or one for each row of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.ruletests import ExamplePlace
from perfrules.lang.names import suggest
from perfrules.model.calendar_file import open_sheet
from perfrules.model.example_rows import examples
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.declarations import Expectation, Given, Test
from perfrules.syntax.ast.tree import Name, Text

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering
    from perfrules.text import SourceText

__test__ = False  # not one of pytest's


@frozen
class Expects:
    """One expectation with the words to show; *place* is where it stands, if that is in a file of examples."""

    tree: Expectation
    text: str
    place: ExamplePlace | None = None


@frozen(kw_only=True)
class Case:
    """What is given of one entity and expected of it; *place* is where it stands, if that is in a file of examples.

    *together*: the other cases of the test are its cohort.
    """

    title: str
    entity: str
    given: Sequence[Given]
    expect: Sequence[Expects]
    together: bool = False
    place: ExamplePlace | None = None


def cases(lowering: Lowering, test: Test, source: SourceText) -> Iterator[Case]:
    """Yield the cases of *test* in the order written; lines that do not go together are reported."""
    title = test.title.value
    expect = [Expects(tree, source.span_text(tree.span)) for tree in test.expect]
    named = [each.entity for each in _lines(test) if each.entity is not None]
    if named and _all_named(lowering, test, named):
        yield from _of_entities(lowering, test, expect)
    elif not named and test.examples is None:
        yield Case(title=title, entity=title, given=test.given, expect=expect)
    elif not named and test.examples is not None:
        yield from _of_rows(lowering, test, expect, test.examples)


def _lines(test: Test) -> tuple[Given | Expectation, ...]:
    return (*test.given, *test.expect)


def _all_named(lowering: Lowering, test: Test, named: Sequence[Name | Text]) -> bool:
    """Tell whether every line says of which entity it speaks; report the first that does not."""
    lines = [each.span for each in _lines(test) if each.entity is None]
    lines += [] if test.examples is None else [test.examples.span]
    if lines:
        first = min(lines, key=lambda span: span.start)
        others = [Labelled(named[0].span, "stated-here")]
        args = {"entity": entity_name(named[0])}
        lowering.report(Diagnostic(Code.ENTITY_UNNAMED, first, args=args, others=others))
    return not lines


def _of_entities(lowering: Lowering, test: Test, expect: Sequence[Expects]) -> Iterator[Case]:
    given: dict[str, list[Given]] = {}
    for each in test.given:
        given.setdefault(entity_name(each.entity), []).append(each)
    for line in expect:
        _report_unknown(lowering, line.tree.entity, given)
    for entity, lines in given.items():
        of_it = [line for line in expect if entity_name(line.tree.entity) == entity]
        yield Case(title=f"{test.title.value} ({entity})", entity=entity, given=lines, expect=of_it, together=True)


def _report_unknown(lowering: Lowering, entity: Name | Text | None, given: dict[str, list[Given]]) -> None:
    if entity is not None and entity_name(entity) not in given:
        name = Name(text=entity_name(entity), span=entity.span)
        lowering.report(unknown_name(name, "entity", tuple(suggest(name.text, given))))


def _of_rows(lowering: Lowering, test: Test, expect: Sequence[Expects], file: Text) -> Iterator[Case]:
    sheet = open_sheet(file, lowering.declared.read_resource, lowering.problems)
    for example in () if sheet is None else examples(lowering, sheet, file):
        # What stands beside the file holds for every row of it.
        row = f"{test.title.value} ({file.value}:{example.row})"
        place = ExamplePlace(file=file.value, row=example.row)
        cells = [Expects(tree, text, evolve(place, column=column)) for tree, text, column in example.expect]
        yield Case(
            title=row,
            entity=example.name or row,
            given=(*test.given, *example.given),
            expect=(*expect, *cells),
            together=True,
            place=place,
        )


def entity_name(entity: Name | Text | None) -> str:
    """Return what an entity is called; empty where none is named."""
    if entity is None:
        return ""
    return entity.text if isinstance(entity, Name) else entity.value
