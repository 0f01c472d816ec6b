import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.near_places import is_typed, near_places
from sync.language import speak
from sync.places import load_pack, typed_place
from tests.ui.desks import SOZAQ
from tests.ui.keys import show
from ui.translation import use_language
from ui.widgets.inputs import PlacePicker
from ui.widgets.near_places import NearPlaces

PACK = load_pack()


@pytest.fixture
def place(qtbot):
    use_language("en")
    place = PlacePicker(lambda: PACK.places(SOZAQ), PACK.full_name, SOZAQ)
    near, page = NearPlaces(place, PACK, SOZAQ), QWidget()
    column = QVBoxLayout(page)
    column.addWidget(place)
    column.addWidget(near)
    show(qtbot, page)
    yield place, near
    speak("kk")


@pytest.mark.parametrize(
    "typed",
    ["Шолаккоргон", "Шолаққорған ауылы", "шолаққорған", "Шолакорган", "Шолакорган ауылдық округі"],
)
def test_a_mistyped_village_is_nearest_to_its_own(typed):
    found = near_places(PACK, typed_place(typed, SOZAQ), SOZAQ)

    assert "Шолаққорған" in found[0][1]
    assert len(found) <= 3


def test_villages_of_other_districts_are_not_offered_and_far_names_neither():
    assert near_places(PACK, typed_place("Қызылжолдыбұлақ", SOZAQ), SOZAQ) == []
    offered = near_places(PACK, typed_place("Ақбулак", SOZAQ), SOZAQ)
    assert all(PACK.villages[code].district == SOZAQ for code, _ in offered)


def test_a_village_of_the_list_is_no_typed_one():
    assert not is_typed(None)
    assert not is_typed("615647100")
    assert is_typed(typed_place("Жаңа қыстақ"))


def test_it_is_said_in_a_quiet_line_and_a_press_takes_the_one_that_was_meant(place):
    picker, near = place
    assert not near.isVisible()

    picker.set_value(typed_place("Шолаккоргон", SOZAQ))
    assert near.isVisible()
    assert near.words.text() == (
        "This is not in the list of villages: it is kept as written. Was one of these meant?"
    )
    near.buttons[0].click()

    assert picker.value() in PACK.villages
    assert not near.isVisible()


def test_where_nothing_is_near_only_that_is_said(place):
    picker, near = place

    picker.set_value(typed_place("Қызылжолдыбұлақ", SOZAQ))

    assert near.buttons == []
    assert near.words.text() == "This is not in the list of villages: it is kept as written."


def test_what_may_only_be_read_offers_nothing(place):
    picker, near = place
    picker.set_read_only(True)

    picker.set_value(typed_place("Шолаккоргон", SOZAQ))

    assert near.isVisible()
    assert near.buttons == []
