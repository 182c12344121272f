"""What becomes of a base that is extended, and what is said of overlays that do not fit it."""

from __future__ import annotations

import hashlib

import pytest

from perfrules import api
from perfrules.compose.overlay_removals import with_removals
from perfrules.compose.overlays import Overlaid, apply_overlays
from perfrules.diagnostics import Code, Diagnostic, apply_fix
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.ast.clauses import Indicator
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.ast.tree import Name
from perfrules.syntax.parse import parse
from perfrules.text import SourceText, Span

BASE = """ruleset city.template "Template" version "1" {
  effective 2021-01-01 to 2021-12-31
  param pass_mark : % = 60% "Notice 2018/12"
  param target by place : count { town -> 3; otherwise -> 2 }
  input x : number in [0, 1]
  input y : number in [0, 1]
  input place : one of (town, village)
  total 100 points
  indicator A "Budget" 40 points {
    indicator A1 "Staff" 15 points { score = x * full }
    indicator A2 "Plan" 25 points { score = y * full }
  }
  indicator B "Use" 30 points { indicator C1 30 points { score = x * full } }
  slot X "Own indicators" 30 points
  decision tighten when total < 60 points
  check x <= y "parts"
  test "t" { given x = 1, y = 1; expect total = 100 }
}
"""


def read(text: str, name: str) -> tuple[Ruleset, SourceText]:
    source = SourceText(name, text)
    parsed = parse(source)
    assert parsed.diagnostics == ()
    assert isinstance(parsed.tree, Ruleset)
    return parsed.tree, source


def extended(items: str, unchanged: str = "", base: str = BASE) -> tuple[Overlaid, SourceText]:
    tree, source = read(base, "base")
    head = f'ruleset city.office "Office" version "2" extends city.template {unchanged}'
    extension, text = read(f"{head} {{\n{items}\n}}\n", "extension")
    return apply_overlays(tree, extension, source), text


def body(text: str) -> tuple[object, ...]:
    return read(f"ruleset spec {{\n{text}\n}}\n", "expected")[0].items


def whole(text: str) -> tuple[object, ...]:
    return tuple(read(text, "expected")[0].items[:-1])  # the base's test is its last item


def only(overlaid: Overlaid) -> Diagnostic:
    [diagnostic] = overlaid.diagnostics
    return diagnostic


def test_an_extension_without_overlays_is_its_base_without_the_tests_and_what_it_adds() -> None:
    overlaid, _ = extended('output o : points = total\ntest "mine" { given x = 1 }')
    assert overlaid.diagnostics == ()
    added = body('output o : points = total\ntest "mine" { given x = 1 }')
    assert overlaid.tree.items == (*whole(BASE), *added)
    assert [name.text for name in overlaid.tree.name] == ["city", "office"]
    assert overlaid.tree.version is not None
    assert overlaid.tree.version.value == "2"
    assert overlaid.tree.extends is None


@pytest.mark.parametrize(
    ("overlay", "before", "after"),
    [
        (
            "fill X { indicator X1 30 points { score = y * full } }",
            'slot X "Own indicators" 30 points',
            'indicator X "Own indicators" 30 points { indicator X1 30 points { score = y * full } }',
        ),
        ("set A1 10 points was 15 points", '"Staff" 15 points', '"Staff" 10 points'),
        ("set A.A1 10 points was 15.0 points", '"Staff" 15 points', '"Staff" 10 points'),
        ("set X 20 points was 30 points", '"Own indicators" 30 points', '"Own indicators" 20 points'),
        ("set A 50 points was 40 points", '"Budget" 40 points', '"Budget" 50 points'),
        ("set pass_mark = 65% was 60%", '= 60% "Notice 2018/12"', "= 65%"),
        (
            'replace A1 "Posts" 15 points was "Staff" { score = y * full }',
            'A1 "Staff" 15 points { score = x * full }',
            'A1 "Posts" 15 points { score = y * full }',
        ),
        ("replace input y : % in [0%, 100%]", "input y : number in [0, 1]", "input y : % in [0%, 100%]"),
        ("replace param target : count = 5", "param target by place : count { town -> 3; otherwise -> 2 }",
         "param target : count = 5"),
        ("replace effective 2022-01-01 to 2022-12-31", "2021-01-01 to 2021-12-31", "2022-01-01 to 2022-12-31"),
        ("replace decision tighten when total < 50 points", "total < 60 points", "total < 50 points"),
        ('replace check x <= 2 * y "parts"', "check x <= y", "check x <= 2 * y"),
        ('remove A2 was "Plan"', '    indicator A2 "Plan" 25 points { score = y * full }\n', ""),
        ("remove X was 30 points", '  slot X "Own indicators" 30 points\n', ""),
        ("remove tighten", "  decision tighten when total < 60 points\n", ""),
        ("remove place", "  input place : one of (town, village)\n", ""),
    ],
)  # fmt: skip
def test_one_overlay_changes_one_thing_where_it_stood(overlay: str, before: str, after: str) -> None:
    overlaid, _ = extended(overlay)
    assert overlaid.diagnostics == ()
    assert BASE.count(before) == 1
    assert overlaid.tree.items == whole(BASE.replace(before, after))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("set A1 15 points was 12 points", "set A1 15 points was 12 points"),
        ("set A.A1 15.0 points was 12 points", "set A.A1 15 points was 12 points"),
        ("set pass_mark = 60% was 55%", "set pass_mark = 60% was 55%"),
    ],
)
def test_what_the_base_has_changed_itself_is_offered_to_be_taken_out(line: str, offered: str) -> None:
    overlaid, text = extended(f"{line}\nset A2 20 points was 25 points")
    problem = only(overlaid)
    assert (problem.code, problem.args["advice"]) == (Code.OVERLAY_BASE_MOVED, Word("base-has-it"))
    assert problem.fix is not None
    assert (problem.fix.title, problem.fix.args["old"]) == ("remove", offered)
    assert apply_fix(text, problem.fix) == text.text.replace(line, "")


DEFINED = """ruleset city.template version "1" {
  define part_of(v : %) "A share" { score = v * full }
  input x : % in [0%, 100%]
  indicator A "Own" 40 points = part_of(x)
  indicator B 60 points = part_of(x)
}
"""


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ('replace B "C" 60 points was "A share" 60 points { score = full }', None),
        ('replace B "C" 60 points was "A share" { score = full }', None),
        ('remove B was "A share"', None),
        ('replace A "C" 40 points was "Own" { score = full }', None),
        ('replace A "C" 40 points was "A share" { score = full }', '"Own"'),
        ('replace B "C" 60 points was "Share" 60 points { score = full }', '"A share" 60 points'),
        ('remove B was "Share"', '"A share"'),
    ],
)
def test_the_title_of_a_definition_is_that_of_the_indicator(line: str, stands: str | None) -> None:
    text = f"ruleset office extends city.template {{\n{line}\n}}\n"
    found = api.compile(text, read_resource={"city.template.perfrules": DEFINED.encode()}.get).diagnostics
    moved = [each for each in found if each.code is Code.OVERLAY_BASE_MOVED]
    assert [each.args["stands"] for each in moved] == ([] if stands is None else [stands])
    # The fix may be wrong to make, but it must be one that can be made, and the place one that is shown.
    for each in moved:
        assert each.fix is not None
        assert [edit.new_text for edit in each.fix.edits] == [stands]
        assert each.others[0].span.end - each.others[0].span.start < 30


@pytest.mark.parametrize(
    ("line", "unfilled"),
    [
        ("fill X { indicator X1 30 points { score = x * } }", 0),
        ("fill X { indicator X1 30 points score = x * full }", 0),
        ("fil X { indicator X1 30 points { score = x * full } }", 0),
        ("fill Z { indicator X1 30 points { score = x * } }", 0),  # perhaps X was meant
        ("set A 45 was", 1),
    ],
)
def test_a_slot_is_not_called_unfilled_where_what_fills_it_cannot_be_read(line: str, unfilled: int) -> None:
    text = f"ruleset office extends city.template {{\n{line}\n}}\n"
    found = api.compile(text, read_resource={"city.template.perfrules": BASE.encode()}.get).diagnostics
    assert sorted(each.code for each in found) == [*[Code.SLOT_UNFILLED] * unfilled, Code.SYNTAX_ERROR]


def test_what_was_is_told_with_the_title_of_the_definition() -> None:
    text = "ruleset office extends city.template {\nremove B\n}\n"
    found = api.compile(text, read_resource={"city.template.perfrules": DEFINED.encode()}.get).diagnostics
    [problem] = [each for each in found if each.code is Code.MISSING_CLAUSE]
    assert problem.args["suggestion"] == ('was "A share" 60 points',)


def test_an_indicator_and_one_inside_it_are_changed_together() -> None:
    overlaid, _ = extended("set A 45 points was 40 points\nset A1 20 points was 15 points")
    assert overlaid.diagnostics == ()
    text = BASE.replace('"Budget" 40', '"Budget" 45').replace('"Staff" 15', '"Staff" 20')
    assert overlaid.tree.items == whole(text)


def test_a_slot_may_be_filled_and_given_other_marks() -> None:
    fill, set_ = "fill X { indicator X1 20 points { score = y * full } }", "set X 20 points was 30 points"
    filled = 'indicator X "Own indicators" 20 points { indicator X1 20 points { score = y * full } }'
    for overlays in (f"{fill}\n{set_}", f"{set_}\n{fill}"):
        overlaid, _ = extended(overlays)
        assert overlaid.diagnostics == ()
        assert overlaid.tree.items == whole(BASE.replace('slot X "Own indicators" 30 points', filled))


def test_a_filled_slot_is_placed_where_it_is_filled() -> None:
    overlaid, text = extended("fill X { indicator X1 30 points { score = y * full } }")
    filled = next(item for item in overlaid.tree.items if isinstance(item, Indicator) and item.code.text == "X")
    assert text.span_text(filled.code.span) == "X"
    assert filled.code.span.file == "extension"


@pytest.mark.parametrize(
    ("overlay", "expects", "stands", "mended"),
    [
        ("set A1 6 points was 5 points", "5 points", "15 points", "set A1 6 points was 15 points"),
        ("set A1 6 points was weight 15", "weight 15", "15 points", "set A1 6 points was 15 points"),
        ("set pass_mark = 65% was 0.6", "0.6", "60%", "set pass_mark = 65% was 60%"),
        (
            'remove A1 was "Posts" 15 points',
            '"Posts" 15 points',
            '"Staff" 15 points',
            'remove A1 was "Staff" 15 points',
        ),
        ('remove A1 was "Posts"', '"Posts"', '"Staff"', 'remove A1 was "Staff"'),
        ('replace A1 9 points was "Staff" 9 points', '"Staff" 9 points', '"Staff" 15 points',
         'replace A1 9 points was "Staff" 15 points'),
    ],
)  # fmt: skip
def test_an_overlay_tells_what_stands_where_it_expects_something_else(
    overlay: str, expects: str, stands: str, mended: str
) -> None:
    overlaid, text = extended(overlay)
    moved = only(overlaid)
    assert moved.code is Code.OVERLAY_BASE_MOVED
    assert (moved.args["expects"], moved.args["stands"], moved.args["base"]) == (expects, stands, "city.template")
    assert moved.at is not None
    assert text.span_text(moved.at) == expects
    [label] = moved.others
    assert label.span.file == "base"
    assert SourceText("base", BASE).span_text(label.span) == stands
    assert moved.fix is not None
    assert mended in apply_fix(text, moved.fix)


def test_what_is_not_stated_in_the_base_is_told_and_not_offered() -> None:
    moved = only(extended('remove C1 was "Work"')[0])
    assert (moved.code, moved.args["stands"], moved.fix) == (Code.OVERLAY_BASE_MOVED, Word("nothing"), None)


def test_a_parameter_with_several_values_is_not_set() -> None:
    moved = only(extended("set target = 3 was 2")[0])
    assert (moved.code, moved.args["stands"]) == (Code.OVERLAY_BASE_MOVED, Word("several-values"))


def test_the_text_of_the_base_is_told_by_the_beginning_of_its_digest() -> None:
    digest = hashlib.sha256(BASE.encode()).hexdigest()
    assert extended("", f'unchanged "{digest[:8]}"')[0].diagnostics == ()
    assert extended("", f'unchanged "{digest}"')[0].diagnostics == ()
    for stated, advice in ((digest[:7], "more-digits"), ("0" * 8, "look-at-base"), ("", "more-digits")):
        overlaid, text = extended("", f'unchanged "{stated}"')
        moved = only(overlaid)
        assert (moved.code, moved.args["stands"]) == (Code.OVERLAY_BASE_MOVED, digest[:8])
        assert moved.args["advice"] == Word(advice)
        assert moved.fix is not None
        assert f'unchanged "{digest[:8]}"' in apply_fix(text, moved.fix)


@pytest.mark.parametrize(
    ("overlay", "kind", "near"),
    [
        ("fill Y1 { indicator X1 30 points }", "slot", ()),
        ("fill A1 { indicator X1 30 points }", "slot", ()),
        ("set A3 6 points was 5 points", "indicator", ("A", "A1", "A2")),
        ('replace D1 6 points was "Staff"', "indicator", ("A1", "C1")),
        ("set pas_mark = 65% was 60%", "parameter", ("pass_mark",)),
        ("replace input plase : text", "input", ("place",)),
        ("remove tigten", "item", ("tighten",)),
        ("remove A.A3 was 3 points", "indicator", ("A.A1", "A.A2")),
        ('replace check x <= y "part"', "check", ("parts",)),
    ],
)
def test_what_the_base_does_not_have_is_reported_with_what_may_be_meant(
    overlay: str, kind: str, near: tuple[str, ...]
) -> None:
    unknown = only(extended(overlay)[0])
    assert (unknown.code, unknown.args["kind"]) == (Code.UNKNOWN_NAME, Word(kind))
    assert set(unknown.args["suggestions"]) >= set(near)  # type: ignore[arg-type]


def test_a_code_that_several_have_is_ambiguous() -> None:
    base = BASE.replace("indicator C1", "indicator A1")
    ambiguous = only(extended("set A1 6 points was 15 points", base=base)[0])
    assert (ambiguous.code, ambiguous.args["candidates"]) == (Code.AMBIGUOUS_NAME, ("A.A1", "B.A1"))


def test_what_a_base_never_stated_is_not_replaced_but_added() -> None:
    overlaid, text = extended('replace holidays from "cn.csv"')
    missing = only(overlaid)
    assert missing.code is Code.MISSING_CLAUSE
    assert missing.fix is not None
    assert '{\nholidays from "cn.csv"\n}' in apply_fix(text, missing.fix)


def test_an_indicator_is_not_taken_away_without_saying_what_it_was() -> None:
    overlaid, text = extended("remove A1")
    missing = only(overlaid)
    assert (missing.code, missing.args["clause"]) == (Code.MISSING_CLAUSE, "was")
    assert missing.fix is not None
    assert 'remove A1 was "Staff" 15 points\n' in apply_fix(text, missing.fix)


@pytest.mark.parametrize(
    ("overlays", "twice"),
    [
        ("set A1 6 points was 15 points\nset A.A1 7 points was 15 points", "A.A1"),
        ("set A1 6 points was 15 points\nremove A1 was 15 points", "A1"),
        ("remove A was 40 points\nset A1 6 points was 15 points", "A1"),
        ("set A1 6 points was 15 points\nremove A was 40 points", "A1"),
        ("fill X { note \"a\" }\nfill X { note \"b\" }", "X"),
        ("set X 20 points was 30 points\nset X 25 points was 30 points", "X"),
        ("fill X { note \"a\" }\nremove X was 30 points", "X"),
        ("set pass_mark = 65% was 60%\nreplace param pass_mark : % = 70%", "pass_mark"),
        ("replace effective 2022-01-01 to 2022-12-31\nreplace effective 2023-01-01 to 2023-12-31", "effective"),
    ],
)  # fmt: skip
def test_two_overlays_of_one_thing_are_reported_with_both_places(overlays: str, twice: str) -> None:
    overlaid, text = extended(overlays)
    problem = only(overlaid)
    assert (problem.code, problem.args["clause"]) == (Code.TWICE_STATED, twice)
    [first] = problem.others
    assert problem.at is not None
    assert first.span.end < problem.at.start
    assert text.line_column(problem.at.start)[0] == 3


def test_who_still_reads_what_was_taken_away_is_told_where_it_went() -> None:
    overlaid, text = extended("remove A was 40 points\nremove place")
    name = Name(text="A.A1", span=Span("extension", 0, 1))
    unknown = Diagnostic(Code.UNKNOWN_NAME, name.span, args={"kind": Word("indicator"), "name": "A.A1"})
    other = Diagnostic(Code.UNKNOWN_NAME, name.span, args={"kind": Word("indicator"), "name": "Z"})
    [told, untold] = with_removals([unknown, other], overlaid.removed)
    assert untold == other
    [label] = told.others
    assert (label.label, text.span_text(label.span)) == ("removed-here", "A")
    assert {name for name, _ in overlaid.removed} == {"A", "A.A1", "A1", "A.A2", "A2", "place"}


def test_marks_are_set_once_also_of_a_slot_that_is_filled() -> None:
    overlaid, _ = extended('fill X { note "a" }\nset X 20 points was 30 points\nset X 25 points was 30 points')
    assert only(overlaid).code is Code.TWICE_STATED


def test_a_replacement_takes_away_what_it_does_not_have() -> None:
    overlaid, _ = extended('replace A 40 points was "Budget" { indicator A1 40 points { score = x * full } }')
    assert overlaid.diagnostics == ()
    assert {name for name, _ in overlaid.removed} == {"A.A2", "A2"}
