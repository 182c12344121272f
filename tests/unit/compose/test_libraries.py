"""What rulesets make of libraries: one meaning wherever a definition is used, each file named, none read in vain."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from perfrules import api
from perfrules.diagnostics import has_errors
from perfrules.diagnostics.codes import Code

COMMON = """library common "Common" version "3" {
  param pass_mark : % = 60%
  define execution(spent : money, budget : money in [1 元, 1_000_000 元]) "Execution" {
    let rate = spent / budget
    measure rate
    score cases { when rate >= pass_mark -> full; otherwise -> 0 }
  }
}
"""


def made(text: str, **files: str) -> api.Compiled:
    contents = {f"{name}.perfrules": content.encode() for name, content in files.items()}
    contents |= {name.replace("_csv", ".csv"): content.encode() for name, content in files.items()}
    return api.compile(f'ruleset r "R" version "1" {{\n{text}\n}}\n', read_resource=contents.get)


def ruleset(text: str, **files: str) -> api.Ruleset:
    found = made(text, **files)
    assert found.ruleset is not None, found.diagnostics
    return found.ruleset


def codes(text: str, **files: str) -> list[Code]:
    return [each.code for each in made(text, **files).diagnostics if has_errors([each])]


def test_a_ruleset_that_uses_a_definition_is_the_one_that_says_the_same_itself() -> None:
    inputs = "input a : 元 in [0, 10]\ninput b : 元 in [1, 10]\n"
    used = ruleset(f"use common\n{inputs}indicator A 10 points = execution(a, b)", common=COMMON)
    written = ruleset(
        f"""param pass_mark : % = 60%
        {inputs}indicator A 10 points {{
          let rate = a / b
          measure rate
          score cases {{ when rate >= pass_mark -> full; otherwise -> 0 }}
        }}"""
    )
    for a, b in ((5, 10), (6, 10), (7, 9)):
        data = {"a": a, "b": b}
        assert used.score(data).total == written.score(data).total
        assert used.score(data)["A"].measure == written.score(data)["A"].measure == Fraction(a, b)


def test_names_of_the_ruleset_do_not_reach_into_a_definition_nor_those_of_a_definition_out_of_it() -> None:
    rules = ruleset(
        """use common
        param pass_mark : % = 90%
        input rate : 元 in [0, 10]
        input b : 元 in [1, 10]
        indicator A 10 points {
          let budget = rate
          indicator A1 10 points = execution(budget, b) { veto when rate / b < pass_mark "Below 90%" -> flag low }
        }""",
        common=COMMON,
    )
    result = rules.score({"rate": 7, "b": 10})
    assert (result.total, result.flags["low"]) == (10, True)


def test_full_in_an_argument_is_that_of_the_indicator() -> None:
    library = 'library common "C" { define share(part : points in [0, 100]) "S" { score = part between 0 and full } }'
    library = library.replace("share", "part_of")
    rules = ruleset(
        "use common\ninput a : % in [0%, 100%]\nindicator A 30 points { indicator A1 10 points = part_of(a * full)\n"
        "indicator A2 20 points = part_of(a * full) }",
        common=library,
    )
    result = rules.score({"a": "50%"})
    assert (result["A1"].score, result["A2"].score) == (5, 10)


def test_definitions_of_definitions_keep_arguments_apart() -> None:
    library = """library common "C" {
      define inner(x, y : number in [0, 100]) "I" { let z = x - y; measure z; score = max(z, 0) between 0 and full }
      define outer(y, x : number in [0, 100]) "O" { let z = y + 1; indicator P 10 points = inner(z, x) }
      define total_of(rows : table, x : number in [0, 100]) "T" = sum(p.n * x for p in rows) - inner_of(rows, x)
      define inner_of(rows : table, p : number in [0, 100]) "U" = sum(q.n + p for q in rows where q.n > p)
    }"""
    rules = ruleset(
        """use common
        input x : number in [0, 100]
        input y : number in [0, 100]
        table p { input n : number in [0, 10] }
        indicator A = outer(x, y)
        output o : number = total_of(p, y)""",
        common=library,
    )
    result = rules.score({"x": 5, "y": 3, "p": [{"n": 2}, {"n": 4}]})
    assert result["A"].score == 3  # (5 + 1) − 3
    assert result.outputs["o"] == (2 + 4) * 3 - (4 + 3)


def test_a_unit_of_a_library_is_the_ruleset_s_where_both_declare_it_alike() -> None:
    library = 'library common "C" { unit 户\n define rate(some, all_of : 户 in [1, 100]) "R" = some / all_of }'
    text = "use common\nunit 户\ninput a : 户 in [1, 100]\nindicator A 10 points { score = rate(a, 100 户) * full"
    rules = ruleset(text + " between 0 and full }", common=library)
    assert rules.score({"a": 50}).total == 5


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("indicator A 10 points = execution(a)", Code.WRONG_NUMBER_OF_VALUES),
        ("indicator A 10 points = execution(a, b, b)", Code.WRONG_NUMBER_OF_VALUES),
        ("indicator A 10 points = execution(a, spent: b)", Code.TWICE_STATED),
        ("indicator A 10 points = execution(a, budgt: b)", Code.UNKNOWN_NAME),
        ("indicator A 10 points = exekution(a, b)", Code.UNKNOWN_NAME),
        ("indicator A 10 points = other.execution(a, b)", Code.UNKNOWN_NAME),
        ("indicator A 10 points = common.exekution(a, b)", Code.UNKNOWN_NAME),
        ("indicator A 10 points = execution(a, 5 亩)", Code.KINDS_DIFFER),
        ("indicator A 10 points { score = execution(a, b) }", Code.WRONG_PLACE),
        ("indicator A 10 points { score = max(a: 1, b: 2) }", Code.WRONG_PLACE),
        ("indicator A 10 points = execution(a, b) { measure a / b }", Code.TWICE_STATED),
        ("fill X { indicator A1 10 points { score = 5 } }\nindicator A 1 point = execution(a, b)", Code.WRONG_PLACE),
    ],
)
def test_one_mistake_is_one_report(body: str, code: Code) -> None:
    text = f"use common\ninput a : 元 in [0, 10]\ninput b : 元 in [1, 10]\n{body}"
    assert codes(text, common=COMMON) == [code]


def test_a_mistake_in_a_library_is_told_in_the_library_and_only_once() -> None:
    broken = COMMON.replace("spent / budget", "spent + 5 亩")
    text = "use common\ninput a : 元 in [0, 10]\ninput b : 元 in [1, 10]\n"
    text += "\n".join(f"indicator A{n} 10 points = execution(a, b)" for n in range(3))
    found = [each for each in made(text, common=broken).diagnostics if has_errors([each])]
    assert [(each.code, each.at and each.at.file) for each in found] == [(Code.KINDS_DIFFER, "common.perfrules")]


def test_only_what_is_used_is_read() -> None:
    broken = COMMON.replace("library common", "library common", 1)[:-2] + "  define never(( = nonsense\n}\n"
    text = "use common\ninput a : 元 in [0, 10]\ninput b : 元 in [1, 10]\nindicator A 10 points = execution(a, b)"
    assert codes(text, common=broken) == []


def test_the_plan_names_every_file_and_a_pickle_needs_none() -> None:
    lists = 'library lists "L" {\n define one(v : number in [0, 10]) "One" { score = v between 0 and full }\n}'
    rules = ruleset(
        'use lists\nindicators from "list.csv" as one',
        lists=lists,
        list_csv='code,marks,input\nA,10,"v : number in [0, 9]"',
    )
    assert [(each.kind, each.name) for each in rules.plan.sources] == [("library", "lists"), ("table", "list.csv")]
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert again.plan.sources == rules.plan.sources
    assert again.score({"v": 4}).total == 4


def test_another_text_of_a_library_is_another_file_and_the_same_meaning() -> None:
    text = "use common\ninput a : 元 in [0, 10]\ninput b : 元 in [1, 10]\nindicator A 10 points = execution(a, b)"
    one = ruleset(text, common=COMMON)
    other = ruleset(text, common=COMMON.replace("60%", "60%  # three fifths"))
    assert one.hash == other.hash
    assert one.plan.sources != other.plan.sources


def test_a_list_in_another_encoding_and_with_quoted_cells() -> None:
    lists = 'library lists "L" {\n define one(v, w : number in [0, 10]) "One" { score = v + w between 0 and full }\n}'
    table = 'code,title,marks,input,w\n\nA,"甲, 乙",20,"v ""Value, first"" : number in [0, 9]","max(1, 2)"\n'
    contents = {"lists.perfrules": lists.encode(), "list.csv": table.encode("gb18030")}
    text = 'ruleset r "R" { use lists\nindicators from "list.csv" as one\n}'
    rules = api.loads(text, read_resource=contents.get)
    assert rules.outline[0].title == "甲, 乙"
    assert rules.inputs[0].title == "Value, first"
    assert rules.score({"v": 4}).total == 6


def test_problems_of_a_list_point_at_the_cell() -> None:
    lists = 'library lists "L" {\n define one(v : number in [0, 10]) "One" { score = v between 0 and full }\n}'
    found = made(
        'use lists\ninput a : number in [0, 9]\nindicators from "list.csv" as one',
        lists=lists,
        list_csv="code,marks,v\nA,10,a\nB,10,b",
    )
    [problem] = [each for each in found.diagnostics if has_errors([each])]
    assert problem.code is Code.UNKNOWN_NAME
    assert problem.at is not None
    source = found.sources["list.csv"]
    assert (source.line_column(problem.at.start), source.span_text(problem.at)) == ((3, 6), "b")


def test_a_library_is_checked_as_strictly_as_a_ruleset() -> None:
    library = """library common "C" {
      define half(v : %) "H" = v / 0.5
      define rate(a, b : money) "R" { measure a / b; score = measure * full between 0 and full }
      define hole(v : % in [0%, 100%]) "Hole" { score bands of v { > 50% -> full; < 50% -> 0 } }
      define unused(v, w : %) "U" { score = v * full between 0 and full }
      define leak(v : %) "L" { score = v * full + points_of_the_caller between 0 and full }
      define rows(t : table) "T" = sum(r.x for r in t) + elsewhere
      input a : 元
      define half(v : %) "Again" = v / 2
    }"""
    compiled = api.compile(library)
    assert compiled.ruleset is None
    assert compiled.is_library
    found = sorted((each.code.value, compiled.source.span_text(each.at)) for each in compiled.diagnostics if each.at)
    assert found == [
        ("band-hole", "bands of v { > 50% -> full; < 50% -> 0 }"),
        ("definition-not-closed", "elsewhere"),
        ("definition-not-closed", "points_of_the_caller"),
        ("duplicate-name", "half"),
        ("wrong-place", "input a : 元"),
        ("zero-denominator", "b"),
    ]
    [zero] = [each for each in compiled.diagnostics if each.code is Code.ZERO_DENOMINATOR]
    assert zero.args["expression"] == "b"
    assert zero.fix is not None
    assert zero.fix.edits[0].new_text.startswith("applies when b > 0 otherwise excluded")


def test_an_indicator_rests_on_what_its_definition_and_the_library_cite() -> None:
    library = """library common "C" {
      cite "Notice 1"
      define plain(v : %) "P" { score = v * full }
      define own(v : %) "O" { score = v * full; cite "Notice 2"; cite "Notice 1" }
      cite "Notice 3"
      define parts(v : %) "Q" { indicator P 10 points { score = v * full }; indicator R 5 points = own(v) }
    }"""
    text = """use common
      cite "Order"
      define here(v : %) "H" { score = v * full }
      input x : % in [0%, 100%]
      indicator A 10 points = plain(x) { cite "Rule" }
      indicator B 10 points = own(x)
      indicator C = parts(x)
      indicator D 10 points = here(x)
      indicator E 10 points { score = x * full }"""
    plan = ruleset(text, common=library).plan
    assert {item.code: item.citations for item in plan.outline} == {
        "A": ("Notice 1", "Notice 3", "Rule"),
        "B": ("Notice 2", "Notice 1", "Notice 3"),
        "C": ("Notice 1", "Notice 3"),
        "D": (),
        "E": (),
    }
    assert [item.citations for item in plan.outline[2].children] == [(), ("Notice 2", "Notice 1", "Notice 3")]
    assert plan.citations == ("Order",)


def test_what_a_parameter_has_by_default_is_checked_with_the_library() -> None:
    library = """library common "C" {
      param pass_mark : % = 60%
      define a(n, least : count = 3 份) "A" { score cases { when n >= least -> full; otherwise -> 0 } }
      define b(n : %, pass : % = pass_mark, least : % = if pass > n then pass else n) "B" = n * pass * least
      define c(n : number in [0, 10], part : number = 10 / n) "C" = n + part
      define d(n : count, least : count = most, most : count = 3) "D" = n + least + most
      define e(n : %, least : % = 5) "E" = n + least
      define f(rows : table, least : number = 1, most : number = unknown) "F" = sum(r.x for r in rows) + least + most
    }"""
    found = api.compile(library).diagnostics
    assert [(each.code, each.args.get("name", each.args.get("expression"))) for each in found] == [
        (Code.UNKNOWN_NAME, "份"),
        (Code.ZERO_DENOMINATOR, "n"),
        (Code.DEFINITION_NOT_CLOSED, "most"),
        (Code.NUMBER_WITH_PERCENT, None),
        (Code.DEFINITION_NOT_CLOSED, "unknown"),
    ]
    assert found[1].args["suggestion"] == ("if n > 0 then … else …",)
    assert {each.args["definition"] for each in found if each.code is Code.DEFINITION_NOT_CLOSED} == {
        "common.d",
        "common.f",
    }


def test_a_parameter_that_is_not_used_is_a_warning_of_the_library() -> None:
    library = 'library common "C" { define u(v, w : %) "U" { score = v * full between 0 and full } }'
    assert [(each.code, each.args["name"]) for each in api.compile(library).diagnostics] == [(Code.UNUSED_INPUT, "w")]


def test_a_right_library_is_no_ruleset() -> None:
    assert not api.compile(COMMON).diagnostics
    with pytest.raises(api.RulesetError, match="header-mismatch"):
        api.loads(COMMON)
