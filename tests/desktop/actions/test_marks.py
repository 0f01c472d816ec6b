"""A wave counted in one pass is rated as if each of its answers were a row."""

import random
from datetime import date

import pytest

import resources
from desktop.actions import answers, ratings
from desktop.actions.marks import count_marks
from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.estimates import rate
from desktop.surveys.ratings.sample import Row
from tests.ui.desks import SOZAQ, record

OKRUGS = ("615647000", "615635000", "615637000", "615633000")
OFFICIAL, MARK = "/data/official", "/data/marks/honest"


@pytest.fixture
def wave(coordinator):
    xform = resources.text("forms", "rating.xml")
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": xform})
    values = {"title": "Күз 2026", "form": str(form), "districts": [SOZAQ]}
    return record(coordinator, "wave", values)


@pytest.mark.parametrize("okrugs", [OKRUGS, OKRUGS[:1]], ids=["by okrugs", "in one okrug"])
def test_counting_gives_what_the_rows_give(desk, wave, okrugs):
    chance, rows = random.Random(8), []
    for _ in range(80):
        okrug, mark = chance.choice(okrugs), chance.choice(["1", "2", "4", "5", "dk"])
        answers.finish(desk, wave, okrug, date(2026, 11, 24), {OFFICIAL: "x", MARK: mark})
        value = None if mark == "dk" else float(mark)
        rows.append(Row(value, psu=okrug if len(okrugs) > 1 else None))

    found = next(
        one.estimate for one in ratings.rate_wave(desk, wave).ratings if one.criterion.path == MARK
    )

    (expected,) = rate(rows)
    assert (found.n, found.asked, found.df) == (expected.n, expected.asked, expected.df)
    for name in ("mean", "se", "low", "high", "deff", "n_effective"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name))


def test_what_no_form_takes_is_no_mark(desk, wave):
    for said in (["1", "2"], {"a": 1}, None, "1e300", "nan", "", "4"):
        answers.finish(desk, wave, OKRUGS[0], date(2026, 11, 24), {OFFICIAL: "x", MARK: said})

    counted = count_marks(desk, wave, OFFICIAL, [MARK])
    rated = next(
        one for one in ratings.rate_wave(desk, wave).ratings if one.criterion.path == MARK
    )

    assert sum(counted.times[Asked("x", SOZAQ, OKRUGS[0])][0].values()) == 7
    assert (rated.estimate.n, rated.estimate.asked) == (1, 7)
