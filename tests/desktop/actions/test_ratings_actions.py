import random
from datetime import date
from uuid import uuid4

import pytest

import resources
from desktop.actions import answers, rating_notes, ratings, records
from desktop.surveys.form import load_form
from sync.errors import UserError
from tests.ui.desks import SOZAQ, record

CRITERIA = ("knows_district", "keeps_promises", "answers_appeals", "honest", "result")
OKRUGS = ("615647000", "615635000", "615637000")


@pytest.fixture(scope="module")
def form():
    return load_form(resources.text("forms", "rating.xml"))


@pytest.fixture
def official(coordinator):
    return str(record(coordinator, "official", {"post": "Аудан әкімі", "body": "akimat"}))


@pytest.fixture
def wave(coordinator, official):
    xform = resources.text("forms", "rating.xml")
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": xform})
    values = {"title": "Күз 2026", "form": str(form), "districts": [SOZAQ], "rated": [official]}
    dates = {"starts_on": "2026-11-01", "ends_on": "2099-01-01"}
    return record(coordinator, "wave", values | dates)


@pytest.fixture
def answer(desk, wave, official):
    def answer(mark, okrug=OKRUGS[0], about=official):
        values = {f"/data/marks/{name}": str(mark) for name in CRITERIA}
        score = {"/data/score": str(mark)} if str(mark).isdigit() else {}
        values |= {"/data/official": about} | score
        answers.finish(desk, wave, okrug, date(2026, 11, 24), values)

    return answer


def whole(found):
    return next(each for each in found.ratings if each.criterion.whole)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_criteria_are_the_marks_from_one_to_five(form, language):
    found = ratings.criteria(form, language)

    assert [each.path.rpartition("/")[2] for each in found] == ["score", *CRITERIA]
    assert [each.whole for each in found] == [True] + [False] * 5
    assert all(each.label for each in found[1:])


def test_ten_answers_have_a_mean_with_its_interval_but_are_not_published(desk, wave, answer):
    for mark in (1, 2, 3, 4, 5, 3, 3, 4, 2, 3):
        answer(mark)

    rated = whole(ratings.rate_wave(desk, wave)).estimate

    assert (rated.n, rated.mean, rated.df) == (10, 3.0, 9)
    assert rated.se == pytest.approx((12 / 9 / 10) ** 0.5)  # the spread of simple answers
    assert rated.low == pytest.approx(3 - 2.262157 * rated.se, abs=1e-5)  # t table, df 9
    assert not rated.published
    assert "30" in str(rated.why)


def test_thirty_answers_drawn_one_by_one_are_published(desk, wave, answer):
    for mark in [3, 4, 4, 5, 2, 3] * 6:
        answer(mark)

    assert whole(ratings.rate_wave(desk, wave)).estimate.published


def test_fewer_than_ten_are_not_shown_at_all(desk, wave, answer):
    for mark in (1, 2, 3, 4, 5, 1, 2, 3, 4):
        answer(mark)

    assert not whole(ratings.rate_wave(desk, wave)).shown


def test_people_of_one_okrug_count_together(desk, wave, answer):
    for place, okrug in enumerate(OKRUGS):
        for mark in [place + 2, place + 2, place + 3] * 10:
            answer(mark, okrug)

    found = ratings.rate_wave(desk, wave)

    assert (found.clustered, found.okrugs, found.answers) == (True, 3, 90)
    assert whole(found).estimate.df == 2
    assert not whole(found).estimate.published


def test_who_cannot_say_gives_no_mark(desk, wave, answer):
    for mark in [3] * 5 + [5] * 5 + ["dk"] * 7:
        answer(mark)

    found = ratings.rate_wave(desk, wave)

    assert (whole(found).estimate.n, whole(found).estimate.mean) == (10, 4.0)


def test_each_official_is_rated_by_answers_about_them(desk, coordinator, wave, answer):
    other = str(record(coordinator, "official", {"post": "Партия төрағасы", "body": "party"}))
    for _ in range(10):
        answer(5)
        answer(1, about=other)

    found = {each.post: each.estimate for each in ratings.rate_wave(desk, wave).ratings
             if each.criterion.whole}  # fmt: skip

    assert {post: (rated.n, rated.mean) for post, rated in found.items()} == {
        "Аудан әкімі": (10, 5.0),
        "Партия төрағасы": (10, 1.0),
    }


def test_the_order_of_answers_says_nothing(desk, wave, answer):
    marks = [random.Random(3).randint(1, 5) for _ in range(40)]
    for mark in marks:
        answer(mark)

    rated = whole(ratings.rate_wave(desk, wave)).estimate

    assert rated.mean == pytest.approx(sum(marks) / 40)


def test_a_wave_without_answers_says_so(desk, wave):
    found = ratings.rate_wave(desk, wave)

    assert found.answers == 0
    assert not any(each.shown or each.estimate.published for each in found.ratings)


def test_a_wave_that_is_not_here_is_said_in_words(desk):
    with pytest.raises(UserError, match="not on this laptop"):
        ratings.rate_wave(desk, uuid4())


@pytest.mark.parametrize("mark", ["1e308", "nan", "inf", "-1e300"])
def test_a_mark_that_no_form_takes_does_not_stop_the_rating(desk, wave, answer, official, mark):
    for _ in range(10):
        answer(4)
    values = {"/data/official": official, "/data/score": mark}
    answers.finish(desk, wave, OKRUGS[0], date(2026, 11, 24), values)

    rated = whole(ratings.rate_wave(desk, wave)).estimate

    assert (rated.n, rated.mean) == (10, 4)


def test_while_a_survey_runs_it_is_said_that_answers_still_come(desk, coordinator, wave, answer):
    answer(4)
    running = rating_notes.cautions(ratings.rate_wave(desk, wave))
    records.save(coordinator, "wave", {"ends_on": "2026-11-20"}, wave)
    over = rating_notes.cautions(ratings.rate_wave(desk, wave))

    assert "still runs: a part of the answers waits on the laptops" in running[0]
    assert running[1:] == over
