"""How likely two records are one matter, by single cases."""

from datetime import date

import pytest

from desktop.alike import LIKELY, likeness, told

WATER = {
    "essence": "Көктөбе көшесінде екі аптадан бері ауыз су жоқ",
    "village": "615647100",
    "category": "drinking_water",
    "received_on": date(2026, 11, 3),
    "applicant": "Асқар Құрманов",
    "phone": "+77011234567",
}


def alike(**other):
    return likeness(told(WATER), told(WATER | other))


def test_order_keyboard_and_endings_count_for_nothing():
    assert alike(essence="ауыз су жок екы аптадан беры Коктобе кошесынде") >= LIKELY


@pytest.mark.parametrize(
    "other",
    [
        {"essence": "Мектепке апаратын жолдың асфальты ойылып қалған"},
        {"village": "615647200", "phone": None, "applicant": None},
        {"received_on": date(2025, 11, 3)},
    ],
)
def test_another_matter_place_or_year_is_not_the_same(other):
    assert alike(**other) < LIKELY


def test_a_project_is_known_by_the_number_of_its_contract():
    one = {"title": "Мектеп құрылысы", "contract_number": "КЗ-12/2026", "village": "1"}
    other = {"title": "Строительство школы", "contract_number": "кз 12/2026", "village": "2"}

    assert likeness(told(one), told(other)) >= LIKELY


def test_half_of_a_day_that_is_being_typed_harms_nobody():
    assert alike(received_on="03.11") >= LIKELY


def test_who_says_nothing_is_like_nobody():
    assert likeness(told({}), told({})) == 0
