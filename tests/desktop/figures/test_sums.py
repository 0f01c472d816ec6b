"""Figures are made of sums at the end: no mean of means is told."""

import statistics
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.casework import ISSUES
from desktop.figures.declared import Figure, Shape
from desktop.figures.reports import REPORTS
from desktop.figures.sums import Sums, difference, median

VALUES = st.lists(st.integers(0, 60), min_size=1, max_size=60)


@given(VALUES)
def test_the_median_of_counted_values_is_that_of_the_values(values):
    assert median(Counter(values), least=1) == statistics.median(values)


@given(VALUES, VALUES)
def test_the_median_of_two_lines_together_is_that_of_all_their_values(one, other):
    together = Sums()
    for values in (one, other):
        together.add(Sums(days=Sums().days | {"reply_days": Counter(values)}))

    expected = statistics.median(one + other) if len(one + other) >= 10 else None
    assert together.values(ISSUES)["reply_days"] == expected


def test_a_share_of_all_is_no_mean_of_shares():
    together = Sums()
    for closed, issues in ((10, 10), (0, 90)):
        together.add(Sums(Counter(closed=closed, issues=issues)))

    assert together.values(ISSUES)["closed_share"] == 10


def test_no_percent_is_told_of_less_than_ten():
    assert Sums(Counter(closed=3, issues=9)).values(ISSUES)["closed_share"] is None
    count = Figure("n", "N")
    assert difference(count, 12, 9).percent is None
    assert difference(count, 12, 10).percent == 20
    assert difference(Figure("n", "N", Shape.SHARE), 60.0, 50.0).percent is None


def test_what_stands_as_today_is_not_compared():
    assert difference(Figure("n", "N", now=True), 12, 20) is None
    assert difference(Figure("n", "N"), None, 20) is None


def test_a_village_that_two_lines_have_is_counted_once_in_all():
    activity = REPORTS["activity"]
    together = Sums()
    for _ in range(2):
        together.add(Sums(places=Sums().places | {"villages": {"615647100"}}))

    assert together.values(activity)["villages"] == 1


def test_each_declaration_is_whole():
    """Each figure is added up by a source or made of what is; each grouping has something."""
    for report in REPORTS.values():
        added = [
            name
            for source in report.sources
            for name in (*source.sums, *source.days, *source.places, source.latest)
        ]
        for one in report.figures:
            parts = one.share or (one.name,)
            assert all(name in added or name == report.villages for name in parts), one.name
        for by in report.by:
            columns = [by.column(source) for source in report.sources]
            assert not by.columns or any(one is not None for one in columns), by.name
        assert len({one.name for one in report.figures}) == len(report.figures)
