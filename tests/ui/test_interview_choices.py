"""Choices by keys: lists, scales, orders, and lists that are searched."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, write
from tests.ui.one_question import (  # noqa: F401
    ALT,
    BACK,
    DOWN,
    ENTER,
    LAST,
    SHIFT,
    UP,
    asking,
    at,
    given_held,
    value,
)
from tests.ui.typing import digits
from ui.widgets.answers.long_list import LongList


def test_a_scale_is_answered_by_its_digit_and_goes_through_by_the_arrows(held):
    screen = held(asking("select1", "likert"))
    rows = screen.question.rows
    assert rows[0].y() == rows[2].y(), "the steps do not stand beside each other"

    digits("2")
    assert value(screen) == "gas"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)

    assert value(screen) == "road"


def test_a_scale_with_long_words_is_a_list(held):
    word = "Толықтайкелісетінімдібілдіремін"
    screen = held(asking("select1", "likert", choices=(word, word + "2", word + "3", word + "4")))

    rows = screen.question.rows

    assert rows[0].x() == rows[3].x()
    digits("3")
    assert value(screen) == (word + "3").lower()


@pytest.mark.parametrize(("look", "beside"), [("columns-3", 3), ("columns-2", 2), ("", 1), ("horizontal", 3)])  # fmt: skip
def test_choices_stand_in_as_many_columns_as_the_form_asks(held, look, beside):
    screen = held(asking("select1", look))

    assert len({row.x() for row in screen.question.rows}) == beside


def test_arrows_choose_and_enter_takes_then_goes_on(held):
    screen = held(asking("select1"))

    press(DOWN)
    press(DOWN)
    press(ENTER)
    assert value(screen) == "gas"
    press(ENTER)

    assert at(screen) == "last"


def test_a_digit_typed_on_a_row_leaves_enter_to_go_on(held):
    screen = held(asking("select1"))

    press(DOWN)
    digits("3")
    press(ENTER)

    assert value(screen) == "road"
    assert at(screen) == "last"


def test_a_quick_question_goes_on_by_itself(held):
    screen = held(asking("select1", "quick"))

    digits("1")

    assert value(screen) == "water"
    assert at(screen) == "last"


def test_a_long_list_is_searched(held, qtbot):
    names = [f"Village{n}" for n in range(200)]
    screen = held(asking("select1", choices=names))
    assert isinstance(screen.question.answer, LongList)

    write("ge137")
    press(ENTER)
    assert value(screen) == "village137"
    press(ENTER)

    assert at(screen) == "last"


def test_of_a_minimal_question_few_choices_are_searched_too(held):
    assert isinstance(held(asking("select1", "minimal")).question.answer, LongList)


def test_several_of_a_long_list_stand_below_and_are_taken_out_there(held):
    screen = held(asking("select", "autocomplete"))
    for word in ("Road", "Wat"):
        write(word)
        press(ENTER)
    assert value(screen) == "water road"
    assert "digits" not in screen.question.hint.text()

    screen.question.answer.taken[0].click()

    assert value(screen) == "road"
    assert [one.text() for one in screen.question.answer.taken] == ["Road"]


def test_an_order_is_made_by_digits_and_changed_by_alt_and_arrows(held):
    screen = held(asking("odk:rank"))

    digits("3")
    digits("1")  # one is left: it comes last
    assert value(screen) == "road water gas"
    press(DOWN)
    press(DOWN, ALT)

    assert value(screen) == "water road gas"
    press(ENTER)
    assert at(screen) == "last"


def test_half_an_order_is_told_at_the_question(held):
    screen = held(asking("odk:rank"))

    digits("2")
    press(ENTER)

    assert at(screen) == "q"
    assert screen.question.problem.isVisible()


def test_an_order_is_made_with_the_mouse(held, qtbot):
    screen = held(asking("odk:rank"))
    for name in ("gas", "water"):
        row = next(row for row in screen.question.answer.rows if row.name == name)
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    row = next(row for row in screen.question.answer.rows if row.name == "road")

    row.up.click()

    assert value(screen) == "gas road water"
