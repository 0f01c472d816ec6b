from datetime import date

import pytest

from desktop.actions import answers
from desktop.actions.ratings import Criterion, Rating
from desktop.surveys.ratings.estimates import Estimate
from desktop.surveys.ratings.release import ALL, Cell, Figure
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import seen_by
from tests.ui.keys import settle, show
from tests.ui.survey_waves import OKRUG, POSTS, start_wave
from ui.models.rating_table import (
    CHART,
    CRITERION,
    INTERVAL,
    MEAN,
    STATUS,
    RatingTable,
    SpotRole,
    number,
    spot,
)
from ui.screens.ratings import RatingsScreen
from ui.translation import use_language
from ui.widgets.intervals import MARGIN, along
from ui.widgets.labels import PlainLabel

MARKS = ("knows_district", "keeps_promises", "answers_appeals", "honest", "result")


@pytest.fixture
def rated(qtbot, desk, jobs):
    """The screen of a coordinator after so many answers of these marks."""

    def rated(*marks, okrugs=(OKRUG,)):
        use_language("en")
        wave, [official] = start_wave(desk)
        for nth, mark in enumerate(marks):
            values = {f"/data/marks/{name}": str(mark) for name in MARKS}
            values |= {"/data/official": str(official), "/data/score": str(mark)}
            answers.finish(desk, wave, okrugs[nth % len(okrugs)], date(2026, 11, 24), values)
        screen = RatingsScreen(seen_by(desk, "coordinator"), jobs)
        qtbot.addWidget(screen.header)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return rated


def cell(screen, row, column, role=0):
    return screen.tables[0].model().index(row, column).data(role)


def words(screen):
    return "\n".join(each.text() for each in screen.findChildren(PlainLabel) if each.isVisible())


def test_without_answers_it_says_so(rated):
    assert rated().none.isVisible()


def test_each_criterion_has_a_row_the_whole_first(qtbot, rated):
    screen = rated(*[3, 4, 5] * 12)

    assert screen.tables[0].model().rowCount() == 1 + len(MARKS)
    assert cell(screen, 0, CRITERION) == "All criteria together"
    qtbot.waitUntil(lambda: POSTS[0] in words(screen))


def test_the_drawing_can_be_read_as_the_table(rated):
    screen = rated(*[3, 4, 5] * 12)
    spot = cell(screen, 0, CHART, SpotRole)

    assert cell(screen, 0, MEAN) == f"{spot.mean:.2f}" == "4.00"
    assert cell(screen, 0, INTERVAL) == f"{spot.low:.2f} – {spot.high:.2f}"
    assert cell(screen, 0, STATUS) == "May be published"
    assert spot.firm


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_numbers_have_the_decimal_sign_of_the_language(rated, language):
    screen = rated(*[3, 4, 5] * 12)
    use_language(language)

    assert cell(screen, 0, MEAN) == "4,00"


def test_ten_answers_are_drawn_hollow_and_the_reason_is_said(qtbot, rated):
    screen = rated(*[3, 4] * 5)

    assert not cell(screen, 0, CHART, SpotRole).firm
    assert cell(screen, 0, STATUS) == "Not for publication"
    qtbot.waitUntil(lambda: "Fewer than 30 people answered" in words(screen))


def test_fewer_than_ten_show_no_number(rated, qtbot):
    screen = rated(*[3, 4] * 4)

    assert cell(screen, 0, CHART, SpotRole) is None
    assert cell(screen, 0, MEAN) == "—"
    qtbot.waitUntil(lambda: "they could be recognised" in words(screen))


def test_it_says_that_this_is_no_probability_sample(rated):
    assert "not a probability sample" in words(rated(*[3] * 10))


def test_the_words_change_with_the_language(qtbot, jobs, rated):
    screen = rated(*[3, 4, 5] * 4)
    english = cell(screen, 1, CRITERION)

    use_language("kk")
    settle(qtbot, jobs)

    assert cell(screen, 1, CRITERION) != english


def test_the_table_obeys_qts_rules(qtmodeltester, rated):
    table = RatingTable()
    screen = rated(*[3, 4, 5] * 4)
    table.show_rows(screen.tables[0].model()._rows)
    qtmodeltester.check(table)


@pytest.mark.parametrize(
    ("value", "x"), [(1, MARGIN), (3, 150), (5, 300 - MARGIN), (0.2, MARGIN), (9, 300 - MARGIN)]
)
def test_the_scale_goes_from_one_to_five(value, x):
    assert along(value, 0, 300) == x


def test_an_interval_is_shown_as_far_as_the_scale_goes():
    beyond = Estimate(
        domain=None, n=40, mean=4.9, se=0.15, df=39, low=4.6, high=5.2, deff=1, n_effective=40,
        published=True, why=None,
    )  # fmt: skip

    drawn = spot(
        Rating(Cell(ALL, "", ""), "", Criterion("", "", whole=True), Figure(beyond, shown=True))
    )

    assert (number(drawn.low), number(drawn.high)) == ("4,60", "5,00")
