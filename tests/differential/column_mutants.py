"""Wrong bounds planted in what makes columns, each of which the comparison with the evaluator has to find."""

# ruff: noqa: E501 - a mistake is easier to read beside the text it replaces

from perfrules.batch.columns import code, comparing, facts, frame, functions, near, records, rounding, ways, whole
from perfrules.batch.kernel import Kernel
from tests.differential.columns import compare_columns, compare_wide
from tests.differential.mutants import Mutant, planted

MUTANTS = (
    Mutant("a gap of twice the size, on a lattice", rounding.gap_of, "return common(", "return 2 * common("),
    Mutant(
        "a gap that forgets the denominators",
        rounding.gap_of,
        "* fact.denominators * step.numerator",
        "* step.numerator",
    ),
    Mutant("a gap that forgets that ties lie half way", rounding.gap_of, "_HALF if halves else _ONE", "_ONE"),
    Mutant("any error is allowed", rounding.allowed_error, "gap / 2", "gap * 2**80"),
    Mutant("operations in float64 have no error", ways.roundoff, "ROUNDOFF * size + _LEAST", "_LEAST - _LEAST"),
    Mutant("float64 holds whole numbers beyond 2**53", ways.dtype_for, "<= MOST_F8", "<= 2**10 * MOST_F8"),
    Mutant("int64 holds whole numbers beyond 2**63", ways.dtype_for, "<= MOST_I8", "<= 2**10 * MOST_I8"),
    Mutant("a sum lies on its first lattice", facts._sum, "common([each.step for each in facts])", "facts[0].step"),
    Mutant("a choice lies on its first lattice", facts.hull, "common([each.step for each in facts])", "facts[0].step"),
    Mutant("a quotient has the denominators of its dividend", facts._quotient, "_denominators_of_quotient(dividend, divisor)", "dividend.denominators"),
    Mutant("a total of many records is as small as one", records.whole_of_records, "way.unit, dtype, way.size * most,", "way.unit, dtype, way.size,"),
    Mutant("the greatest is at most the least end", facts._extreme, "high = max(highs)", "high = min(highs)"),
    Mutant(
        "numbers differ by at least one over one bound",
        comparing.gap_between,
        "left.denominators * right.denominators",
        "left.denominators",
    ),
    Mutant(
        "an end between whole numbers is taken upward",
        comparing._with_number,
        "Exact(end.numerator // end.denominator)",
        "Exact(-(-end.numerator // end.denominator))",
    ),
    Mutant("a boundary lies on the wrong side", comparing._by_gap, "end - half if below", "end + half if below"),
    Mutant("a comparison is never in doubt", comparing._guarded, "as_float(error * 2)", "0.0"),
    Mutant("a rounding is never in doubt", rounding._guarded, "as_float(moved + cells.error)", "as_float(moved - cells.error)"),
    Mutant("doubtful cells stay as they are", frame.BlockFrame.recompute, "if not len(wanted):", "if True:"),
    Mutant("negative numbers are rounded as positive ones", rounding._task, "if fact.high is not None and fact.high <= 0:", "if False:\n        pass\n    if fact.high is not None:"),
    Mutant("what is turned is not ceiled", rounding._task, "Mode.FLOOR: Mode.CEILING,", ""),
    Mutant("halves of both signs are rounded upward", rounding._proved, "task.sign == 0 and", "False and"),
    Mutant("ties are never even", functions.to_even, ">= tie_at", "> tie_at + 1"),
    Mutant("all odd numbers are ties", functions.to_even, "odd &= np.subtract(rounded_up, x) >= tie_at", "pass"),
    Mutant("int64 is divided toward zero", functions.floor_divide, "np.floor_divide(above, below, out=out)", "np.copyto(out, np.trunc(np.true_divide(above, below)), casting='unsafe')"),
    Mutant("a difference is a sum", near._aligned, "scaled(known[-1], Exact(-1))", "scaled(known[-1], Exact(1))"),
    Mutant("the constant of a difference keeps its sign", near._aligned, "else -constants[0]", "else constants[0]"),
    Mutant("the least of turned numbers is the least", near._extreme, "(op.do is Do.MINIMUM) == (factor > 0)", "op.do is Do.MINIMUM"),
    Mutant("a limit on whole numbers is in another unit", whole._write_joined, "(min(constants) if least else max(constants)) / unit", "(min(constants) if least else max(constants)) / unit * 2"),
    Mutant("a buffer is given away too early", code.code_of, "last[argument] = place", "last.setdefault(argument, place)"),
    Mutant("unread columns are not looked at", Kernel._look_at_others, "if (name, of) not in program.maker.reads:", "if False:"),
)  # fmt: skip


def pairs_to_kill(mutant: Mutant, limit: int, seed: int) -> int | None:
    """Return after how many pairs the comparison finds the mistake; None if it does not within *limit*."""
    done, number = 0, 0
    with planted(mutant):
        while done < limit:
            for compare, rows in ((compare_wide, 30), (compare_wide, 30), (compare_columns, 60)):
                number += 1
                try:
                    counts, different = compare(1, f"{seed}/{number}", rows)
                except Exception:  # a crash of mistaken code is found just as well
                    return done + 1
                done += counts["pairs"]
                if different is not None:
                    return done
    return None
