"""The way through a form, without a screen."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from ui.models.answer_words import answer_words
from ui.models.codes import Typed, codes
from ui.models.walk import Walk

FORM = load_form(resources.text("forms", "rating.xml"))


def walk(answers=None, at=None):
    return Walk(Interview(FORM, answers, "kk", today=date(2026, 11, 24)), at)


def name(walk):
    return walk.at.rpartition("/")[2]


def on(walk):
    """Enter: to the next question of the page, or to the next page."""
    return None if walk.go_on_here() else walk.go_on()


def back(walk):
    """Backspace: the same way back."""
    return walk.back_here() or walk.back(last=True)


def to(walk, wanted):
    """On with the first choice, until the question of this name."""
    while name(walk) != wanted:
        answered(walk)
        assert on(walk) is None


def answered(walk):
    node = walk.step().node
    if node.kind == "integer":
        walk.type("4")
    elif not node.value:
        walk.choose(1)


def test_the_first_question_is_asked_first():
    asked = walk()

    assert (name(asked), asked.step().number) == ("intro", 1)
    assert not asked.back()


def test_a_required_question_is_not_left_without_an_answer():
    asked = walk()
    to(asked, "sex")

    assert asked.go_on() is not None
    assert name(asked) == "sex"
    asked.choose(2)
    assert on(asked) is None
    assert name(asked) == "age_group"


def test_who_does_not_know_the_official_is_not_asked_to_rate():
    asked = walk()
    to(asked, "awareness")
    known, unknown = asked.step().total, 0
    asked.choose(3)
    unknown = asked.step().total

    on(asked)

    assert name(asked) == "problems"
    assert unknown <= known


def test_a_wrong_number_says_so_in_the_words_of_the_form():
    asked = walk()
    to(asked, "household")
    asked.type("99")

    assert "30" in str(on(asked))
    assert name(asked) == "household"


def test_several_choices_are_put_in_and_out_by_the_same_number():
    asked = walk()
    to(asked, "problems")

    for number in (2, 1, 2, 3):
        asked.choose(number)

    values = [choice.value for choice in asked.step().node.choices]
    assert asked.step().node.value.split() == [values[0], values[2]]
    assert answer_words(asked.step().node).count(", ") == 1


def test_the_answers_stay_when_one_goes_back():
    asked = walk()
    to(asked, "age_group")
    back(asked)

    assert name(asked) == "sex"
    assert asked.step().node.value


def test_after_the_last_question_comes_the_summary_and_back_again():
    asked = walk()
    while asked.step() is not None:
        answered(asked)
        assert on(asked) is None

    assert asked.left() == []
    assert len(asked.summary()) >= 10
    assert asked.back()
    assert name(asked) == "thanks"


def test_an_interview_goes_on_where_it_was_cut_off():
    before = walk()
    to(before, "awareness")
    before.choose(2)

    after = walk(before.kept(), before.at)

    assert after.step() == before.step()
    assert after.interview.to_answers() == before.interview.to_answers()


def test_a_place_that_the_form_no_longer_has_begins_at_the_first_question():
    assert name(walk({}, "/data/gone")) == "intro"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["on", "back", "1", "2", "3", "14", "text"]), max_size=40))
def test_no_way_through_the_form_leaves_it(keys):
    asked = walk()
    for key in keys:
        if key == "on":
            on(asked)
        elif key == "back":
            back(asked)
        elif key == "text" and asked.step() and asked.step().node.kind in ("text", "integer"):
            asked.type("5")
        elif key.isdigit():
            asked.choose(int(key))
        step = asked.step()
        assert step is None or (step.node.shown and 1 <= step.number <= step.total)

    again = walk(asked.kept(), asked.at)
    assert again.interview.to_answers() == asked.interview.to_answers()


@given(st.integers(1, 40), st.data())
def test_every_choice_has_a_code_that_chooses_it(count, data):
    number = data.draw(st.integers(1, count))
    typed = Typed()

    *before, last = codes(count)[number - 1]

    assert all(typed.add(int(digit), count) is None for digit in before)
    assert typed.add(int(last), count) == number


@pytest.mark.parametrize(("typed", "number"), [("91", None), ("904", 4), ("001", 1), ("1512", 12)])
def test_a_digit_that_begins_no_code_starts_over(typed, number):
    code, found = Typed(), None

    for digit in typed:
        found = code.add(int(digit), 14)

    assert found == number
