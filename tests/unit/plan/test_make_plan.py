"""Order, edges, cycles, values before vetoes, and hashes."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Input, NodeRef


def ruleset(body: str) -> str:
    return (
        'ruleset t "T" version "1" {\n  total 100 points\n  input rate : % in [0%, 100%]\n'
        f"  input fraud : yes/no\n{body}\n}}\n"
    )


LEAF = "indicator A 100 points { score = rate * full }"


def test_what_is_read_comes_first_and_ties_go_by_id(compiled):
    found = compiled(
        ruleset(
            "indicator B 40 points { score = A * 2/3 between 0 and full }\n"
            "indicator A 60 points { measure rate; score = measure * full }"
        )
    )
    assert found.errors == []
    assert [node.id for node in found.plan.nodes] == [
        "A/full", "A/measure", "A/score", "A/overridden", "A",
        "B/full", "B/score", "B/held", "B/overridden", "B",
        "total/combined", "total",
    ]  # fmt: skip


def test_edges_point_at_the_reading(compiled):
    found = compiled(ruleset("let part = rate\nindicator A 100 points { score = part * full }"))
    [edge] = [edge for edge in found.plan.edges if edge.source == "let.part"]
    assert (edge.target, found.source.span_text(edge.span)) == ("A/score", "part")


def test_a_cycle_is_told_in_the_authors_names(compiled):
    found = compiled(
        ruleset("indicator A 50 points { score = B }\nindicator B 50 points { measure A * 2; score = measure / 2 }")
    )
    error = found.only("cycle")
    assert found.plan is None
    assert dict(error.args) == {"name": "A", "path": "A → B → A"}
    told = [(dict(other.args), found.source.span_text(other.span)) for other in error.others]
    assert told == [({"name": "A", "other": "B"}, "B"), ({"name": "B", "other": "A"}, "A")]


def test_something_that_needs_itself_is_a_cycle(compiled):
    error = compiled(ruleset(f"let x = x + 1\n{LEAF}\noutput y : number = x")).only("cycle")
    assert dict(error.args) == {"name": "x", "path": "x → x"}


def test_separate_cycles_are_told_separately(compiled):
    found = compiled(ruleset(f"let a = b\nlet b = a\nlet c = c + 1\n{LEAF}\noutput y : number = a + c"))
    assert sorted(dict(each.args)["name"] for each in found.diagnostics if each.code.value == "cycle") == ["a", "c"]


VETOED = (
    "indicator A 60 points { score = rate * full; veto when fraud -> zero }\n"
    "indicator B 40 points { score = rate * full; veto when A < 10 -> zero }\n"
    "veto when total < 30 -> total 0\n"
)


def test_conditions_of_vetoes_read_values_before_any_veto(compiled):
    found = compiled(ruleset(VETOED))
    assert found.errors == []
    nodes = found.nodes
    assert nodes["B/veto.1"] == core.Compare(core.CompareOp.LESS, NodeRef("A~"), core.Const(10))
    assert nodes["A~"] == NodeRef("A/overridden")
    assert nodes["total/veto.1"].left == NodeRef("total~")
    assert nodes["total~"] == NodeRef("total/combined~")
    assert [member.value for member in nodes["total/combined~"].members] == [NodeRef("A~"), NodeRef("B~")]
    assert [member.value for member in nodes["total/combined"].members] == [NodeRef("A"), NodeRef("B")]


def test_only_what_vetoes_change_is_copied(compiled):
    found = compiled(ruleset(VETOED))
    assert sorted(id_ for id_ in found.nodes if id_.endswith("~")) == ["A~", "B~", "total/combined~", "total~"]


def test_a_veto_may_look_at_its_own_indicator(compiled):
    found = compiled(ruleset("indicator A 100 points { score = rate * full; veto when A < 10 -> zero }"))
    assert found.errors == []
    assert found.nodes["A/veto.1"].left == NodeRef("A~")


def test_a_veto_of_the_grade_reads_the_grade_before_it(compiled):
    grades = "grades of total { good >= 90; poor otherwise }"
    found = compiled(ruleset(f"{LEAF}\n{grades}\nveto when grade = good and fraud -> grade poor"))
    assert found.errors == []
    assert found.nodes["grade/veto.1"].operands[0].left == NodeRef("grade~")
    assert found.nodes["grade~"] == NodeRef("grade/reached")


def test_the_meaning_has_a_hash_of_its_own(compiled):
    plain = compiled(ruleset(LEAF)).plan
    spaced = compiled(
        ruleset(f"# a comment\n{LEAF}".replace("{ score", '"Title" {\n\n  score').replace('points "Title"', "points"))
    ).plan
    other = compiled(ruleset(LEAF.replace("rate * full", "rate * full * 1/2"))).plan
    assert plain.source_hash != spaced.source_hash
    assert plain.compiled_hash == spaced.compiled_hash
    assert plain.compiled_hash != other.compiled_hash


def test_the_hash_is_the_same_in_english_and_chinese(compiled):
    from perfrules.syntax.parse import parse
    from perfrules.syntax.unparse import unparse
    from perfrules.text import SourceText

    text = ruleset(
        f"{LEAF}\ngrades of total {{ good >= 90; poor otherwise }}\nalert p {{ red when fraud; otherwise green }}"
    )
    chinese = unparse(parse(SourceText("rules", text)).tree, "zh")
    assert "指标" in chinese
    assert compiled(chinese).errors == []
    assert compiled(text).plan.compiled_hash == compiled(chinese).plan.compiled_hash


def test_a_long_chain_of_terms_needs_no_deep_stack(compiled):
    terms = " - ".join(["rate"] * 190)
    found = compiled(
        ruleset(f"indicator A 100 points {{ score = ({terms}) * full between 0 and full; veto when A > 3 -> zero }}")
    )
    assert found.errors == []
    assert found.plan is not None


def test_results_read_inputs(compiled):
    found = compiled(ruleset(f"{LEAF}\ndecision d when fraud"))
    assert found.nodes["decision.d"] == Input("fraud")
