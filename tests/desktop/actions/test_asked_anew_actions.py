"""A tenth of the okrugs is drawn to be asked anew, and a second wave is held against the first."""

import random
from datetime import date

import pytest

import resources
from desktop.actions import answers, asked_anew
from sync.errors import Refused, UserError
from sync.language import speak
from tests.ui.desks import record

OKRUGS = ("615647000", "615635000", "615637000")
AGE = "/data/person/age_group"
MARKS = [
    f"/data/marks/{name}" for name in ("knows_district", "keeps_promises", "honest", "result")
]


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def form(coordinator):
    xform = resources.text("forms", "rating.xml")
    return str(record(coordinator, "form", {"name": "Рейтинг", "xform": xform}))


@pytest.fixture
def held(coordinator, form):
    """A wave with so many answers in each okrug, in one of them of a certain mark."""
    chance = random.Random(4)

    def held(number, sure="", form=form, **more):
        values = {"title": "Күз", "form": form, "starts_on": "2026-11-01", **more}
        wave = record(coordinator, "wave", values)
        for okrug in OKRUGS:
            for _ in range(number):
                given = {path: "1" if okrug == sure else chance.choice("12345") for path in MARKS}
                answers.finish(coordinator, wave, okrug, date(2026, 11, 24), given)
        return wave

    return held


def test_okrugs_are_drawn_with_how_many_people_to_ask(coordinator, held):
    [(place, number)] = asked_anew.draw_places(coordinator, held(40))

    assert number == 20
    assert place in {coordinator.pack.full_name(okrug) for okrug in OKRUGS}


def test_an_okrug_that_answers_otherwise_is_named(coordinator, held):
    found = asked_anew.compare_places(coordinator, held(60), held(20, OKRUGS[1]))

    assert {place for place, _ in found} == {coordinator.pack.full_name(OKRUGS[1])}
    assert "when others were asked anew" in found[0][1]
    assert asked_anew.compare_places(coordinator, held(60), held(20)) == []


def test_what_was_planned_in_groups_is_not_held_against_a_wave_that_planned_others(
    coordinator, held
):
    first, second = held(1, groups=[f"{AGE}=18_29 30_44"]), held(1)
    for wave, age in ((first, "18_29 30_44"), (second, "18_29")):
        for _ in range(20):
            answers.finish(coordinator, wave, OKRUGS[0], date(2026, 11, 24), {AGE: age})

    assert asked_anew.compare_places(coordinator, first, second) == []


def test_a_survey_by_another_form_is_not_compared(coordinator, held):
    other = str(record(coordinator, "form", {"name": "Ө", "xform": "<h:html/>"}))
    wave = record(coordinator, "wave", {"title": "Ө", "form": other, "starts_on": "2026-11-01"})
    for _ in range(20):
        answers.finish(coordinator, wave, OKRUGS[0], date(2026, 11, 24), {"/other/q": "1"})

    with pytest.raises(UserError, match="no question in common"):
        asked_anew.compare_places(coordinator, held(20), wave)


def test_who_may_not_check_draws_nothing(desk, held):
    with pytest.raises(Refused):
        asked_anew.draw_places(desk, held(1))
    with pytest.raises(Refused):
        asked_anew.compare_places(desk, held(1), held(1))
