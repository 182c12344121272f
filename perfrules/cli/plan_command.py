"""`perfrules plan`: how columns of many entities are computed, and why that is exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_CEILING, Context, Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from perfrules.cli.columns import columns
from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import (
    checked_ruleset,
    deliver,
    language_option,
    output_option,
    path_option,
    plugin_option,
    ruleset_argument,
    say,
    words,
)
from perfrules.diagnostics.catalogue import Translator
from perfrules.lang.exact import Exact, as_text

if TYPE_CHECKING:
    from perfrules.batch.described import Description, NodeDescription, Proved, Suggestion

_UPWARD: Final = Context(prec=2, rounding=ROUND_CEILING)


@click.command("plan")
@ruleset_argument
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Read dated parameters as of this day.")
@click.option("--all", "everything", is_flag=True, help="Show constants and repeated values too.")
@path_option
@plugin_option
@output_option
@language_option
def command(
    ruleset: Path,
    as_of: datetime | None,
    everything: bool,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    out: Path | None,
    lang: str,
) -> None:
    """Tell how RULESET is computed for tables: the representation of each value, and the bound that makes it exact.

    Made from the declarations alone. Where a declared range would prove more, it is suggested.
    """
    if find_spec("numpy") is None:
        say(words(lang).text("plan.needs-frames"), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    from perfrules.batch.described import describe

    plan = checked_ruleset(ruleset, lang, plugins, paths).plan
    found = describe(plan, None if as_of is None else as_of.date())
    deliver(_page(found, words(lang), everything=everything), out, lang)


def _page(found: Description, text: Translator, *, everything: bool) -> str:
    if found.unsupported:
        lines = [f"  {node}: {text.text(f'plan.{why}') or why}" for node, why in found.unsupported.items()]
        return "\n".join([text.text("plan.by-rows"), *lines, ""])
    shown = [each for each in found.nodes if everything or each.proved or not _repeats(each)]
    headings = [text.text(f"plan.{name}") for name in ("node", "values", "exact-by")]
    rows = [(each.id, _values(each, text), "; ".join(_grouped(each.proved, text))) for each in shown]
    parts = [columns(headings, rows), "", _summary(found, text)]
    if found.measured:
        parts.append(text.text("plan.measured", {"names": found.measured}))
    if found.judged:
        parts.append(text.text("plan.judged", {"names": found.judged}))
    if found.suggestions:
        parts += ["", text.text("plan.suggestions"), *(_suggested(each) for each in found.suggestions)]
    return "\n".join(parts) + "\n"


def _repeats(node: NodeDescription) -> bool:
    """Tell whether a node says nothing of its own: a constant, or a stage between measure and final marks."""
    stage = node.id.partition("/")[2]
    return node.representation == "constant" or stage not in ("", "measure", "score")


def _values(node: NodeDescription, text: Translator) -> str:
    name = text.text(f"plan.as-{node.representation.replace(' ', '-')}")
    unit = "" if node.unit is None else text.text("plan.unit", {"unit": as_text(node.unit)})
    ends = "" if node.low is None or node.high is None else f" [{_short(node.low)}, {_short(node.high)}]"
    return f"{name}{unit}{ends}"


def _grouped(proved: tuple[Proved, ...], text: Translator) -> Iterator[str]:
    """Tell alike decisions once, with the one that has the least to spare."""
    groups: dict[tuple[str, str], list[Proved]] = {}
    for each in proved:
        groups.setdefault((each.doing, each.proof.name.lower()), []).append(each)
    for (doing, proof), members in groups.items():
        tightest = max(members, key=lambda each: each.error / each.allowed if each.allowed else each.error)
        args = {
            "doing": text.text(f"plan.{doing}"),
            "times": f" ×{len(members)}" if len(members) > 1 else "",
            "error": _scientific(tightest.error),
            "allowed": _scientific(tightest.allowed or Exact(0)),
        }
        yield text.text(f"plan.by-{proof}", args)


def _summary(found: Description, text: Translator) -> str:
    counts = Counter(each.proof.name.lower() for node in found.nodes for each in node.proved)
    told = [text.text(f"plan.count-{proof}", {"count": str(number)}) for proof, number in sorted(counts.items())]
    return text.text("plan.summary", {"count": str(sum(counts.values())), "told": tuple(told)})


def _suggested(suggestion: Suggestion) -> str:
    ends = f"[{as_text(suggestion.low)}, {as_text(suggestion.high)}]"
    return f"  {suggestion.name}: decimals {suggestion.decimals} in {ends}"


def _short(x: Exact) -> str:
    """Write an end of a range, of a long one only its size."""
    text = as_text(x)
    return text if len(text) <= 12 else _scientific(x)


def _scientific(x: Exact) -> str:
    """Write a bound with two digits, rounded up.

    >>> _scientific(Exact(1, 3000000))
    '3.4e-7'
    """
    return f"{_UPWARD.divide(Decimal(x.numerator), Decimal(x.denominator)):.1e}".replace("e+", "e")
