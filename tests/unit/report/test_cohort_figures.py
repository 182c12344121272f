"""What a page says of a cohort, against the plainest other way to work it out."""

from __future__ import annotations

import statistics
from collections import Counter
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from perfrules.lang.interval import Interval, point
from perfrules.report.cohort import cohort_page
from perfrules.report.figures import figure, paddings
from perfrules.report.file_names import file_names
from perfrules.report.ranking import ranks
from perfrules.report.statistics import statistics_of
from perfrules.report.wording import Wording
from tests.support.report_pages import scored

marks = st.fractions(0, 5, max_denominator=2)


@given(st.lists(marks, max_size=12))
def test_settled_totals_have_competition_ranks(totals: list[Fraction]) -> None:
    found = [rank.text for rank in ranks([point(total) for total in totals]) if rank]
    assert found == [str(1 + sum(other > total for other in totals)) for total in totals]


@given(st.lists(st.tuples(marks, marks).map(sorted), min_size=1, max_size=5))
def test_whatever_open_marks_become_the_rank_is_within_the_range(ends: list[list[Fraction]]) -> None:
    found = ranks([Interval(low, high) for low, high in ends])
    seen = [
        {1 + sum(other > own for other in world) for own in [world[place]]}.pop()
        for world in product(*ends)
        for place in range(len(ends))
    ]
    for place, rank in enumerate(found):
        own = seen[place :: len(ends)]
        assert rank is not None
        assert (rank.best, rank.worst) == (min(own), max(own))


def test_an_open_end_is_not_reached() -> None:
    below = Interval(Fraction(0), Fraction(3), True, False)
    assert [rank and rank.text for rank in ranks([below, point(Fraction(3)), None])] == ["2", "1", None]


@given(st.lists(marks, min_size=1, max_size=20))
def test_mean_and_median_are_exact(scores: list[Fraction]) -> None:
    found = statistics_of([(score, Fraction(5)) for score in scores])
    assert found.mean == statistics.mean(scores)
    assert found.median == statistics.median(scores)
    assert found.with_full == scores.count(Fraction(5))
    assert found.full_share == statistics.mean(scores) / 5


def test_the_page_counts_what_the_results_hold() -> None:
    rules, results = scored("departments")
    page = cohort_page(rules.plan, results, Wording("en"))
    grades = Counter(each.grade for each in results if each.grade)
    assert {row.grade: row.count for row in page.grades} == {grade: grades[grade] for grade in rules.plan.grades}
    assert {row.grade: row.possible for row in page.grades} == {"优": 0, "良": 1, "中": 1, "差": 0}
    totals = [each.total for each in results if each.total is not None]
    assert dict(page.statistics)["Mean"] == figure(statistics.mean(totals))
    rows = {row.name.split()[0]: row for row in page.indicators}
    for code, found in results[0].indicators.items():
        scores = [each.indicators[code].score for each in results if each.indicators]
        settled = [score for score in scores if score is not None]
        row = rows[code.rpartition(".")[2]]
        assert (row.mean, row.median) == (figure(statistics.mean(settled)), figure(statistics.median(settled)))
        assert row.full == figure(found.full)
        assert row.scored == len(settled)


def test_very_many_entities_have_ranks_and_no_sections() -> None:
    rules, results = scored("departments")
    page = cohort_page(rules.plan, [*results] * 4, Wording("en"))
    assert (len(page.rows), len(page.sections), page.too_many) == (4 * len(results), 0, True)
    assert {row.link for row in page.rows} == {""}


def test_what_cost_most_comes_first_with_the_mean_of_all_that_were_scored() -> None:
    # D11 has bands of 10, 8, 5 and 0 marks: what everyone lost there follows from the share of the satisfied alone.
    rules, results = scored("departments")
    page = cohort_page(rules.plan, results, Wording("en"))
    lost = [10 - each.indicators["D.D1.D11"].score for each in results if each.indicators]
    first = page.costs[0]
    assert first.name.startswith("D11 ")
    assert (first.mean, first.who, first.most) == (
        figure(statistics.mean(lost)),
        sum(x > 0 for x in lost),
        figure(max(lost)),
    )
    means = [Fraction(row.mean.removeprefix("≈")) for row in page.costs]
    assert means == sorted(means, reverse=True)


@given(st.lists(st.text(alphabet="aA/\\.: 财*", max_size=6), max_size=12))
def test_no_two_entities_have_one_file(entities: list[str]) -> None:
    names = file_names(entities, "html")
    assert len({name.casefold() for name in names} | {"index.html"}) == len(entities) + 1
    assert all(not set(name) & set('/\\:*?"<>|') and not name.startswith(".") for name in names)


@given(st.lists(st.fractions(-100, 100, max_denominator=400), max_size=12))
def test_padded_numbers_are_as_long_behind_the_point(numbers: list[Fraction]) -> None:
    texts = [figure(number) for number in numbers]
    whole = [text + more for text, more in zip(texts, paddings(texts), strict=True)]
    assert len({len(text.partition(".")[2]) for text in whole}) <= 1
