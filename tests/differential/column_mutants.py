"""Wrong bounds planted in what makes columns, each of which the comparison with the evaluator has to find."""

# ruff: noqa: E501 - a mistake is easier to read beside the text it replaces

import pyarrow as pa

from perfrules import loads
from perfrules.batch.columns import code, comparing, facts, frame, functions, near, records, rounding, ways, whole
from perfrules.batch.kernel import Kernel
from perfrules.batch.native import function, joining, operations, reading, writing
from perfrules.batch.native.threshold import joined_from
from perfrules.tables.options import Numbers, TableOptions
from perfrules.tables.score_table import score_batches
from tests.differential.columns import compare_columns, compare_wide
from tests.differential.mutants import Mutant, planted
from tests.support.plain_frames import RULES, frames
from tests.support.random_tapes import written
from tests.support.tape_differences import differences

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


NUMBERS: tuple[Numbers, ...] = ("exact", "float64")
OF_MACHINE_CODE = (
    Mutant("an upper end is not held", operations._clip, '(low, "olt", -np.inf), (high, "ogt", np.inf)', '(low, "olt", -np.inf),'),
    Mutant("whole numbers are divided toward zero", operations._floor_divide, "and {FLAGS} {is_rest}, {signs}", "and {FLAGS} {is_rest}, zeroinitializer"),
    Mutant("halves go up, not to even", operations._to_even, "fcmp oge", "fcmp olt"),
    Mutant("a choice is turned", operations._chosen, "icmp ne", "icmp eq"),
    Mutant("what is near is what is below", operations._near_zero, 'loop.call("fabs", F8, loop.column(x, F8))', "loop.column(x, F8)"),
    Mutant("signs of whole numbers are lost", operations._cast, "f\"{conversion} {vector", "f\"{conversion.replace('si', 'ui')} {vector"),
    Mutant("floats need not be decimals", reading._floats, '("une", back, cells),', ""),
    Mutant("floats have no upper end", reading._floats, '("ugt", raw, constant(reading.high, F8)),', ""),
    Mutant("whole numbers have no lower end", reading._wholes, "icmp slt", "icmp ult {vector(I8)} zeroinitializer, zeroinitializer ;"),
    Mutant("decimals of more than 64 bits are cut", reading._decimals, "icmp ne", "icmp ne {vector(I8)} zeroinitializer, zeroinitializer ;"),
    Mutant("negative decimals lose their sign", writing._words, "ashr", "lshr"),
    Mutant("decimals are not multiplied", writing._words, "if times != 1:", "if False:"),
    Mutant("the last rows are left out", function.function_text, "sub i64 %size, {LANES}", "sub i64 %size, {2 * LANES}"),
    Mutant("what lies behind is taken for what was given", joining._as_one, "readers[register] > own[register]", "readers[register] > own[register] and len(register.dtype) > 1"),
)  # fmt: skip


def is_found_in_machine_code(mutant: Mutant, tapes: int = 400, seeds: int = 2) -> bool:
    """Tell whether a mistake shows on random tapes, or on tables of every form beside the same without machine code."""
    expected = [without_machine_code(seed) for seed in range(seeds)]
    with planted(mutant):
        try:
            return any(with_machine_code(seed) != expected[seed] for seed in range(seeds)) or any(
                differences(written(seed), joined=True)[0] for seed in range(tapes)
            )
        except Exception:  # a crash of mistaken code is found just as well
            return True


def without_machine_code(seed: int) -> list[pa.Table]:
    """Return the results of plain tables by numpy."""
    with joined_from(None):
        return _results(seed)


def with_machine_code(seed: int) -> list[pa.Table]:
    """Return the results of plain tables by machine code, made anew."""
    with joined_from(0):
        return _results(seed)


def _results(seed: int) -> list[pa.Table]:
    return [
        score_batches(loads(RULES), frame, TableOptions(block_rows=500, threads=1, numbers=numbers)).read_all()
        for frame in frames(seed)
        for numbers in NUMBERS
    ]


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
