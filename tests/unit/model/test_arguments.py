"""What is given to a definition and is of another kind: told at the argument, with the parameter and what it takes."""

from __future__ import annotations

from perfrules import api
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import label_text, message

RULES = """ruleset demo "Demo" version "1" {
  define rise(rate, low : %) "Rise" {
    measure rate
    score bands of measure { >= low -> full; otherwise -> 0 }
  }
  define share_of(part, whole : money) "Share" = part / whole
  input now   : % in [0%, 100%]
  input last  : % in [0%, 100%]
  input area  : 亩 in [1, 10]
  indicator A 10 points = rise(now - last, 60%)
  output part : % = share_of(area, 5万元)
}"""


def test_the_argument_is_pointed_at_and_the_parameter_and_its_definition_are_named() -> None:
    words = translator("en")
    found = [
        (
            RULES[each.at.start : each.at.end] if each.at else "",
            message(each, words),
            [label_text(other, words) for other in each.others],
            [RULES[other.span.start : other.span.end] for other in each.others],
        )
        for each in api.compile(RULES).diagnostics
    ]
    assert found == [
        (
            "now - last",
            "a percentage and percentage points do not go together in `rise(rate: …)`",
            ["`rate` takes a percentage"],
            ["%"],
        ),
        (
            "area",
            "`亩` and `元` do not go together in `share_of(part: …)`",
            ["`part` takes `money`"],
            ["money"],
        ),
    ]
