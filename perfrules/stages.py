"""Text → plan: the only module that knows the order of the stages. The stages are loaded when something is compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from perfrules.compose.search import Home, Search
from perfrules.diagnostics import Code, Diagnostic, has_errors, in_order
from perfrules.diagnostics.unreadable_text import unreadable_text
from perfrules.ir.plan import Plan
from perfrules.ir.ruletests import RuleTest
from perfrules.lang.collector import collector_paused
from perfrules.text import SourceText, TextProblem

if TYPE_CHECKING:
    from perfrules.compose.composed import Composed
    from perfrules.compose.load import Opening
    from perfrules.ir.result_shape import ResultShape
    from perfrules.syntax.ast.ruleset import Library, Ruleset
    from perfrules.syntax.parse import Parsed

_NOTHING_TO_READ: Final = frozenset({Code.FILE_TOO_LARGE, Code.NOT_UTF_8})
_FILES_THAT_LACK: Final = frozenset({Code.LIBRARY_NOT_FOUND, Code.HEADER_MISMATCH, Code.FILE_CYCLE})
_OF_ALL_THAT_IS_READ: Final = frozenset(
    {Code.UNUSED_INPUT, Code.UNUSED_NAME, Code.INPUT_WITHOUT_RANGE, Code.NEVER_CHANGES_TOTAL}
)


@frozen(kw_only=True)
class Made:
    """What could be made of a text: a plan where it has no errors and is a ruleset.

    *sources* has the texts that problems may point into, by name; *slots* are those that wait to be filled. Where
    something *asks_for_plugins*, what was made depends on more than texts.
    """

    plan: Plan | None = None
    tests: tuple[RuleTest, ...] = ()
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceText]
    slots: tuple[str, ...] = ()
    is_library: bool = False
    asks_for_plugins: bool = False


@frozen(kw_only=True)
class _Way:
    """How files are found, which plug-ins may be loaded, where the file at hand lies, and for which others it is
    compiled.
    """

    search: Search
    plugins: tuple[str, ...]
    home: Home
    asking: tuple[Opening, ...] = ()


@frozen(kw_only=True)
class _Planned:
    """The plan of a tree, its tests, and what was found on the way; *composed* knows the rulesets whose results it
    reads, and *plugged* tells whether it or any of those asks for plug-ins.
    """

    composed: Composed
    plan: Plan | None = None
    tests: tuple[RuleTest, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    plugged: bool = False


@frozen
class _Others:
    """A ruleset with the files of those whose results it reads, what is known of the results, and whether any of those
    asks for plug-ins.
    """

    composed: Composed
    shapes: Mapping[str, ResultShape]
    plugged: bool


def compiled_text(source: SourceText, problems: Sequence[TextProblem], search: Search, plugins: Iterable[str]) -> Made:
    """Go through all stages. *problems* are those of reading the text; *plugins* may be loaded."""
    with collector_paused():  # what is loaded and made stays
        return _all_stages(source, list(unreadable_text(source, problems)), search, plugins)


def _all_stages(source: SourceText, found: list[Diagnostic], search: Search, plugins: Iterable[str]) -> Made:
    from perfrules.compose.compose import compose
    from perfrules.syntax.parse import parse

    sources = {source.name: source}
    if any(each.code in _NOTHING_TO_READ for each in found):
        return Made(diagnostics=in_order(found), sources=sources)
    parsed = parse(source)
    found += parsed.diagnostics
    if parsed.tree is None:
        return Made(diagnostics=in_order(found), sources=sources)
    composed = compose(parsed.tree, source, search)
    planned = _planned(composed, source, _Way(search=search, plugins=tuple(plugins), home=search.home))
    found += _not_of_what_is_unread(parsed, (*planned.composed.diagnostics, *planned.diagnostics))
    return _made(parsed.tree, planned.composed, planned, found, search)


def _planned(composed: Composed, source: SourceText, way: _Way) -> _Planned:
    from perfrules.compose.overlay_removals import with_removals
    from perfrules.model.plugins import used_plugins
    from perfrules.model.resolve import resolve
    from perfrules.plan.make_plan import make_plan
    from perfrules.prove.prove import prove
    from perfrules.prove.result_shape import with_earlier_ranges

    if composed.tree is None:
        return _Planned(composed=composed)
    others = _with_others(composed, composed.tree, way)
    composed = others.composed
    assert composed.tree is not None
    used = used_plugins(composed.plugins, way.plugins)
    resolved = resolve(composed.tree, source, way.search.resource, others.shapes, used, composed.sources)
    planned = make_plan(resolved.model)
    plan = None if planned.plan is None else with_earlier_ranges(planned.plan)
    proved = () if plan is None else prove(plan)
    found = with_removals((*resolved.diagnostics, *planned.diagnostics, *proved), composed.removed)
    plugged = others.plugged or bool(composed.plugins)
    return _Planned(composed=composed, plan=plan, tests=resolved.model.tests, diagnostics=found, plugged=plugged)


def _with_others(composed: Composed, tree: Ruleset, way: _Way) -> _Others:
    """Compile the rulesets whose results are read; return what is known of those, and the files it took."""
    from perfrules.compose.load import opening_of
    from perfrules.compose.other_rulesets import other_rulesets

    shapes: dict[str, ResultShape] = {}
    plugged = False
    asking = (*way.asking, opening_of(tree))
    for other in other_rulesets(tree, way.search, way.home, asking):
        composed = evolve(
            composed,
            sources={**other.sources, **composed.sources},
            identities=tuple(dict.fromkeys((*composed.identities, *other.identities))),
            diagnostics=(*composed.diagnostics, *other.diagnostics),
        )
        if other.tree is not None and other.source is not None and other.home is not None:
            there = evolve(way, home=other.home, asking=asking)
            found = _shape_of_other(composed, other.tree, other.source, there)
            composed, plugged = found.composed, plugged or found.plugged
            if found.shape is not None:
                shapes[other.alias] = found.shape
    return _Others(composed, shapes, plugged)


@frozen
class _Shape:
    """What is known of the results of another ruleset: None where it has errors."""

    composed: Composed
    shape: ResultShape | None
    plugged: bool


def _shape_of_other(composed: Composed, tree: Ruleset, source: SourceText, way: _Way) -> _Shape:
    """Compile another ruleset; its errors are told, its warnings are its own affair."""
    from perfrules.compose.compose import compose
    from perfrules.prove.result_shape import result_shape

    planned = _planned(compose(tree, source, way.search, way.home), source, way)
    wrong = [each for each in (*planned.composed.diagnostics, *planned.diagnostics) if has_errors([each])]
    composed = evolve(
        composed,
        sources={**planned.composed.sources, **composed.sources},
        identities=tuple(dict.fromkeys((*composed.identities, *planned.composed.identities))),
        diagnostics=(*composed.diagnostics, *wrong),
    )
    shape = None if planned.plan is None or wrong else result_shape(planned.plan)
    return _Shape(composed, shape, planned.plugged)


def _made(
    tree: Ruleset | Library, composed: Composed, planned: _Planned, found: Sequence[Diagnostic], search: Search
) -> Made:
    from perfrules.compose.library_check import without_those_of_rulesets
    from perfrules.syntax.ast.ruleset import Library

    is_library = isinstance(tree, Library)
    of_kind = without_those_of_rulesets(found, tree) if isinstance(tree, Library) else found
    certain = _once_each(_certain(_not_of_tests_that_lack_files(of_kind, tree)), tree)
    diagnostics = _in_words_around(certain, composed.sources, tree.span.file)
    sound = planned.plan is not None and not is_library and not has_errors(diagnostics)
    return Made(
        plan=_with_identities(planned.plan, composed, search) if planned.plan and sound else None,
        tests=planned.tests,
        diagnostics=diagnostics,
        sources=composed.sources,
        slots=tuple(each.code.text for each in composed.slots),
        is_library=is_library,
        asks_for_plugins=planned.plugged,
    )


def _with_identities(plan: Plan, composed: Composed, search: Search) -> Plan:
    from perfrules.compose.compose import identities_of

    return evolve(plan, sources=identities_of(composed, search), lineage=composed.lineage)


def _not_of_tests_that_lack_files(found: Sequence[Diagnostic], tree: Ruleset | Library) -> Sequence[Diagnostic]:
    """Leave out what tests are told of indicators whose definitions are in a file that cannot be had."""
    from perfrules.syntax.ast.declarations import Test

    if not any(each.code in _FILES_THAT_LACK for each in found):
        return found
    tests = [item.span for item in tree.items if isinstance(item, Test)]
    return [
        each
        for each in found
        if each.at is None
        or not any(span.file == each.at.file and span.start <= each.at.start < span.end for span in tests)
    ]


def _certain(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Say that something is unused, or changes nothing, only where everything was understood."""
    wrong = has_errors(found)
    return in_order(each for each in found if not (wrong and each.code in _OF_ALL_THAT_IS_READ))


def _once_each(found: Sequence[Diagnostic], tree: Ruleset | Library) -> tuple[Diagnostic, ...]:
    """Tell a mistake in a definition once, however often it is used; a fix there would be in words of one use."""
    from perfrules.syntax.ast.ruleset import Ruleset

    own = tree.span.file if isinstance(tree, Ruleset) else None
    kept: dict[object, Diagnostic] = {}
    for each in found:
        of_definition = each.at is not None and each.at.file != own
        if own is not None and of_definition and each.fix and any(edit.span.file != own for edit in each.fix.edits):
            each = evolve(each, fix=None)
        kept.setdefault((each.code, each.at) if of_definition else each, each)
    return tuple(kept.values())


def _not_of_what_is_unread(parsed: Parsed, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out what may hold only because of a part of the file that could not be read."""
    from perfrules.syntax.unread import not_caused_by, not_unfilled_by

    if parsed.tree is None:
        return tuple(found)
    name = parsed.tree.span.file
    own = [each for each in found if each.at is None or each.at.file == name]
    others = [each for each in found if each.at is not None and each.at.file != name]
    return (*not_caused_by(parsed.unread, parsed.tree, own), *not_unfilled_by(parsed.unread, others))


def _in_words_around(
    found: Sequence[Diagnostic], sources: Mapping[str, SourceText], own: str
) -> tuple[Diagnostic, ...]:
    """Offer what problems offer in the language of the text that each points into."""
    from perfrules.syntax.words_around import in_words_around, language_of

    language = language_of(sources[own]) if found and own in sources else "en"
    told = [each for each in found if each.at is None or each.at.file not in sources]
    for name, source in sources.items():
        of_text = [each for each in found if each.at is not None and each.at.file == name]
        told += in_words_around(of_text, source, language)
    return in_order(told)
