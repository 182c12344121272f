"""Methods of plug-ins in the rest of the product: proofs, what is open, hashes, pickles, identities."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from pathlib import Path

import pytest

import perfrules
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.kinds import Percent, Points, Quantity
from perfrules.lang.units import BUILT_IN
from perfrules.plugins import BuildError, build
from perfrules.plugins.identity import digest_of
from perfrules.plugins.installed import METHODS, Installed, offering
from perfrules.plugins.term import expr_of, term_of

RULES = """
ruleset demo "Demo" version "1" {
  use plugin gini
  total 10 points
  input north : 万元 decimals 2 in [0, 1000]
  indicator A 10 points {
    let aid = J / 1 point * 1 万元
    measure gini(north, aid)
    score = (1 - measure) * full
  }
  indicator J bonus 5 points { score judged { "some" -> [1, 5]; "none" -> 0 } }
}
""".replace("total 10 points", "total 10 points unbounded")


def kind_of(term: build.Term) -> object:
    return expr_of(term).kind


def value(term: build.Term) -> Expr:
    return expr_of(term)


def test_what_waits_for_a_person_lies_in_the_declared_range() -> None:
    rules = perfrules.loads(RULES, plugins=["gini"])
    result = rules.score({"north": 3, "J.level": "some"})
    assert result.status.value == "provisional"
    held = result.enclosures["A"].numbers
    assert held is not None
    assert (held.lo, held.hi) == (5, 10)  # a coefficient of two lies between 0 and 1/2


def test_a_pickled_ruleset_loads_its_plugins_again() -> None:
    rules = perfrules.loads(RULES, plugins=["gini"])
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert again.plan.plugins == rules.plan.plugins
    assert again.score({"north": 3, "J.level": "none", "J.mark": 0})["A"].measure == Fraction(1, 2)


def test_results_name_the_plugins_of_the_ruleset() -> None:
    from perfrules.writers.canonical import canonical_json

    rules = perfrules.loads(RULES, plugins=["gini"])
    tree = json.loads(canonical_json(rules.plan, [rules.score({"north": 3})]))
    assert [(each["kind"], each["name"], each["version"]) for each in tree["plugins"]] == [("method", "gini", "1.2")]


def test_two_versions_of_one_plugin_in_a_ruleset_are_a_conflict() -> None:
    text = 'ruleset demo "Demo" version "1" {\n use plugin gini version "1.2"\n use plugin gini version "1.3"\n}'
    found = perfrules.compile(text, plugins=["gini"])
    assert "version-conflict" in {each.code.value for each in found.diagnostics}


def test_the_digest_of_an_editable_package_is_over_its_modules(tmp_path: Path, site: Path) -> None:
    [found] = offering(METHODS, "gini")
    before = digest_of(found)
    metadata = next(site.glob("perfrules_example_plugin-*.dist-info"))
    told = metadata / "direct_url.json"
    told.write_text('{"dir_info": {"editable": true}, "url": "file:///somewhere"}', "utf-8")
    try:
        edited = digest_of(found)
        told.write_text('{"dir_info": {"editable": true}, "url": "file:///elsewhere"}', "utf-8")
        assert digest_of(found) == edited != before
    finally:
        told.unlink()
    assert digest_of(found) == before


def test_a_plugin_of_two_packages_is_ambiguous(monkeypatch: pytest.MonkeyPatch) -> None:
    from perfrules.plugins import loader

    [gini] = offering(METHODS, "gini")
    [other] = offering(METHODS, "adds_a_float")
    twins = (gini, Installed("method", "gini", other.entry_point, other.distribution))
    monkeypatch.setattr(loader, "offering", lambda *_: twins)
    found = perfrules.compile('ruleset demo "Demo" version "1" { use plugin gini }', plugins=["gini"])
    assert {str(each.args.get("fault")) for each in found.diagnostics} == {"plugin-two-packages"}


def test_the_builder_gives_the_kinds_of_the_language() -> None:
    rate, marks = build.constant(Fraction(9, 10), "%"), build.constant(10, "points")
    assert kind_of(build.multiply(rate, marks)) == Points()
    assert kind_of(build.subtract(rate, rate)) != Percent()
    assert kind_of(build.add(build.constant(1, "万元"), build.constant(1, "元"))) == Quantity(BUILT_IN["万元"])
    assert value(build.add(marks, build.constant(1))).kind == Points()
    chosen = build.select((build.compare(rate, ">=", build.constant(1, "%")), marks), otherwise=build.constant(0))
    assert kind_of(chosen) == Points()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: build.constant(0.5), "0.5"),  # type: ignore[arg-type]  # the mistake
        (lambda: build.constant(1, "furlongs"), "furlongs"),
        (lambda: build.constant("yes", "yes/no"), "yes/no"),
        (lambda: build.add(build.constant(1, "%"), build.constant(1, "元")), "% and 元"),
        (lambda: build.compare(build.constant(1), "~", build.constant(1)), "~"),
        (lambda: build.compare(build.constant(1, "元"), "<", build.constant(1, "days")), "元 and days"),
        (lambda: build.not_(build.constant(1)), "a condition is needed"),
        (lambda: build.minimum(build.constant(1)), "two values or more"),
        (lambda: build.round_to(build.constant(1), "up", decimals=2), "up"),
        (lambda: build.round_to(build.constant(1), "half up"), "decimals or step"),
        (lambda: build.round_to(build.constant(1), "half up", step=0), "above zero"),
        (lambda: build.power(build.constant(2), -1), "-1"),
        (lambda: build.add(build.constant(1), 1), "no term"),  # type: ignore[arg-type]  # the mistake
        (
            lambda: build.select(
                (build.constant(True, "yes/no"), build.constant(1, "元")), otherwise=build.constant(1, "%")
            ),
            "select",
        ),
    ],
)
def test_the_builder_refuses_what_the_language_refuses(made: object, said: str) -> None:
    assert callable(made)
    with pytest.raises(BuildError, match=r".") as refused:
        made()
    assert said in str(refused.value)


def test_a_term_shows_nothing_of_what_it_stands_for() -> None:
    assert repr(term_of(core.Input("secret"))) == "Term()"


def test_a_definition_of_a_library_can_call_a_plugin_that_its_library_uses(tmp_path: Path) -> None:
    (tmp_path / "fair.perfrules").write_text(
        'library fair "Fairness" version "1" {\n  use plugin gini version "1.2"\n'
        '  define evenness(a, b : money) "Evenness" { measure gini(a, b); score = (1 - measure) * full }\n}\n',
        "utf-8",
    )
    rules = tmp_path / "rules.perfrules"
    rules.write_text(
        'ruleset demo "Demo" version "1" {\n  use fair\n  total 10 points\n'
        "  input north : 万元 decimals 2 in [0, 1000]\n  input south : 万元 decimals 2 in [0, 1000]\n"
        "  indicator A 10 points = evenness(north, south)\n}\n",
        "utf-8",
    )
    assert perfrules.load(rules, plugins=["gini"]).score({"north": 1, "south": 3}).total == Fraction(15, 2)
    refused = perfrules.compile_file(rules)
    assert {each.code.value for each in refused.diagnostics} == {"plugin-not-allowed"}
    rules.write_text(rules.read_text("utf-8").replace("use fair", 'use fair\n  use plugin gini version "1.3"'), "utf-8")
    twice = perfrules.compile_file(rules, plugins=["gini"])
    assert "version-conflict" in {each.code.value for each in twice.diagnostics}
