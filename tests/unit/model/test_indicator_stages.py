"""The nodes of an indicator: which stages there are, and in which order they read one another."""

from fractions import Fraction

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CompareOp, Const, Input, NodeRef
from perfrules.lang.rounding import Decimals, Mode, Rounding
from perfrules.lang.states import State

TO_CENTS = Rounding(Mode.HALF_UP, Decimals(2))


def number(value: int | str) -> Const:
    return Const(Fraction(value))


def ruleset(body: str, total: str = "total 10 points") -> str:
    return (
        'ruleset t "T" version "1" {\n'
        f"  {total}\n"
        "  input rate : % in [0%, 200%]\n  input budget : 万元 in [0, 100]\n  input spent : 万元 in [0, 100] optional\n"
        f"  input fraud : yes/no\n{body}\n}}\n"
    )


def test_stages_that_do_nothing_are_left_out(compiled):
    found = compiled(ruleset("indicator A 10 points { score = rate * 5 points }"))
    assert found.errors == []
    assert set(found.nodes) == {"A/full", "A/score", "A/overridden", "A", "total/combined", "total"}


def test_every_stage_reads_the_one_before(compiled):
    found = compiled(
        ruleset(
            "round leaves to 2 decimals half up\n"
            "indicator A 10 points { measure rate; score = measure * 5 between 0 and full; veto when fraud "
            '"Fraud" -> zero }'
        )
    )
    assert found.errors == []
    nodes = found.nodes
    assert nodes["A/measure"] == Input("rate")
    assert nodes["A/score"] == core.Arith(ArithOp.MULTIPLY, (NodeRef("A/measure"), number(5)))
    assert nodes["A/held"] == core.Clamp(NodeRef("A/score"), number(0), number(10))
    assert nodes["A/rounded"] == core.Round(NodeRef("A/held"), TO_CENTS)
    assert nodes["A/overridden"] == core.Overridable("A", NodeRef("A/rounded"))
    assert nodes["A/veto.1"] == Input("fraud")
    assert nodes["A"] == core.Select(((NodeRef("A/veto.1"), number(0)),), NodeRef("A/overridden"))


def test_an_indicators_own_rounding_comes_before_the_rulesets(compiled):
    found = compiled(
        ruleset(
            "round leaves to 2 decimals half up\nround levels to 1 decimals half even\n"
            "indicator A { indicator A1 10 points { score = rate * 5 points; round to 0 decimals half up } }"
        )
    )
    assert found.errors == []
    assert found.nodes["A.A1/rounded"] == core.Round(NodeRef("A.A1/score"), Rounding(Mode.HALF_UP, Decimals(0)))
    assert found.nodes["A/rounded"] == core.Round(NodeRef("A/score"), Rounding(Mode.HALF_EVEN, Decimals(1)))


def test_an_indicator_that_does_not_apply_is_not_computed(compiled):
    found = compiled(
        ruleset(
            "indicator A 10 points { measure rate / 100%; applies when budget > 0 otherwise 3 points; missing -> zero\n"
            "score = measure * 5 points }"
        )
    )
    assert found.errors == []
    applies = core.Compare(CompareOp.GREATER, Input("budget"), number(0))
    measure = core.Arith(ArithOp.DIVIDE, (Input("rate"), number(1)))
    score = core.Arith(ArithOp.MULTIPLY, (NodeRef("A/measure"), number(5)))
    assert found.nodes["A/measure"] == core.Select(((applies, measure),), core.StateConst(State.EXCLUDED))
    chosen = core.Select(((applies, score),), number(3))
    assert found.nodes["A/score"] == core.Recover(chosen, State.MISSING, number(0))


def test_what_stands_inside_an_indicator_that_does_not_apply_does_not_apply_either(compiled):
    found = compiled(
        ruleset(
            "indicator A 10 points { applies when budget > 0 otherwise zero\n"
            "indicator A1 10 points { measure spent / budget; score = measure * 5 points; missing -> zero } }"
        )
    )
    assert found.errors == []
    applies = core.Compare(CompareOp.GREATER, Input("budget"), number(0))
    measure = core.Arith(ArithOp.DIVIDE, (Input("spent"), Input("budget")))
    excluded = core.StateConst(State.EXCLUDED)
    assert found.nodes["A.A1/measure"] == core.Select(((applies, measure),), excluded)
    score = core.Arith(ArithOp.MULTIPLY, (NodeRef("A.A1/measure"), number(5)))
    guarded = core.Select(((applies, score),), excluded)
    assert found.nodes["A.A1/score"] == core.Recover(guarded, State.MISSING, number(0))
    combined = found.nodes["A/score"]
    assert isinstance(combined, core.Select)
    assert (combined.cases[0][0], combined.otherwise) == (applies, number(0))


def test_a_measure_is_rounded_where_the_indicator_says(compiled):
    found = compiled(
        ruleset(
            "indicator A 10 points { measure rate; round measure to 2 decimals half up; score = measure * 5 points }"
        )
    )
    assert found.nodes["A/measure"] == core.Round(Input("rate"), TO_CENTS)


def test_lights_are_the_first_that_holds(compiled):
    found = compiled(
        ruleset(
            "indicator A 10 points { score = rate * 5 points; status worst of children\n"
            "indicator M { measure rate; lights { red when measure < 60%; otherwise green } } }"
        )
    )
    assert found.errors == []
    low = core.Compare(CompareOp.LESS, NodeRef("A.M/measure"), number("3/5"))
    assert found.nodes["A.M/light"] == core.Select(((low, Const("red")),), Const("green"))
    assert found.nodes["A/light"] == core.WorstLight((NodeRef("A.M/light"),))


def test_an_indicator_without_marks_has_no_final_node(compiled):
    found = compiled(
        ruleset(
            "indicator A 10 points { score = rate * 5 points }\n"
            "indicator M { measure rate; lights { otherwise green } }"
        )
    )
    assert found.errors == []
    assert {id_ for id_ in found.nodes if id_.startswith("M")} == {"M/measure", "M/light"}


def test_the_outline_keeps_the_authors_words(compiled):
    found = compiled(
        ruleset(
            'indicator A "Alpha" 10 points { measure rate; score curve of measure { 0% -> 0; 200% -> full }\n'
            'evidence "Ledger"; note "Yearly"; cite "No 7"; missing -> zero }'
        )
    )
    [item] = found.model.outline
    assert (item.code, item.short, item.title, item.amount_text, item.method) == (
        "A",
        "A",
        "Alpha",
        "10 points",
        "curve",
    )
    assert item.rule_text == "score curve of measure { 0% -> 0; 200% -> full }"
    assert (item.evidence, item.notes, item.citations) == (("Ledger",), ("Yearly",), ("No 7",))
    assert item.missing_policy == "missing -> zero"
