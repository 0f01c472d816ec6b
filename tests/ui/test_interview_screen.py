"""Interviews by keys only, on the real rating form."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.actions import answers, drafts, surveys
from desktop.actions.answers import draft_key
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import NONE, press, settle, show, write
from tests.ui.survey_waves import OKRUG, POSTS, start_wave
from ui.screens.interview import InterviewScreen
from ui.translation import use_language
from ui.widgets.interview_frame import SUMMARY

ENTER, BACK = Qt.Key.Key_Return, Qt.Key.Key_Backspace
MARKS = ("knows_district", "keeps_promises", "answers_appeals", "honest", "result")


@pytest.fixture
def wave(desk):
    return start_wave(desk)[0]


@pytest.fixture
def screen(qtbot, desk, jobs, wave):
    screen = InterviewScreen(desk, jobs)
    show(qtbot, screen)
    screen.open(wave)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def begun(qtbot, jobs, screen):
    """At the first question, in an okrug."""
    screen.start_page.okrug_input.set_value(OKRUG)
    screen.setFocus()
    press(ENTER)
    settle(qtbot, jobs)
    return screen


def key(text):
    """A key by what it writes; digits come with their own key codes."""
    target = QApplication.focusWidget()
    code = Qt.Key(ord(text)) if text.isdigit() else 0
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, code, NONE, text))


def answer(*keys):
    for text in keys:
        for digit in text:
            key(digit)
        press(ENTER)


def at(screen):
    return screen.walk.at and screen.walk.at.rpartition("/")[2]


def whole_interview():
    """Fourteen questions by digits and Enter, from the note to the summary."""
    answer("", "1", "2", "3", "5", "1", *"44355", "0109", "", "")


def test_the_okrug_is_asked_for_first(desk, screen):
    press(ENTER, widget=screen.asking)

    assert screen.walk is None
    assert screen.start_page._okrug.problem.isVisible()


def test_a_page_is_as_high_as_what_is_on_it_whatever_the_others_hold(screen):
    """A long summary behind it made the first page one that could be scrolled."""
    frame = screen.asking.frame
    before = frame.pages.sizeHint().height()

    screen.asking.summary.setMinimumHeight(5_000)
    QApplication.processEvents()
    assert frame.pages.sizeHint().height() == before

    frame.turn_to(SUMMARY)
    assert frame.pages.sizeHint().height() >= 5_000
    assert [page.isHidden() for page in frame.pages._pages] == [True, True, True, False]


def test_the_keys_that_are_named_are_those_of_the_question(begun):
    use_language("en")
    named = {}
    for keys in ("", "1", "2", "3", "5", "1", *"44355", "0109", ""):
        named.setdefault(begun.walk.step().node.kind, begun.frame.keys.text())
        answer(keys)

    assert "Digits" not in named["note"]
    assert named["select_one"].startswith("Digits choose")
    assert "Digits" not in named["text"]
    assert "Backspace" not in named["text"]


def test_ten_interviews_are_held_by_keys_alone(qtbot, desk, jobs, wave, begun):
    for number in range(10):
        whole_interview()
        assert begun.walk.step() is None, "the summary is not reached"
        press(ENTER)
        settle(qtbot, jobs)
        if number < 9:
            assert begun.start_page.okrug() == OKRUG
            press(ENTER)

    [state] = surveys.list_waves(desk)
    kept = answers.of_wave(desk, wave)
    assert (state.done, state.unsent, len(kept)) == (10, 10, 10)
    assert {each.okrug for each in kept} == {OKRUG}
    values = kept[0].values
    assert [values[f"/data/marks/{mark}"] for mark in MARKS] == list("44355")
    assert values["/data/person/household"] == "5"
    assert len(values["/data/problems"].split()) == 2


def test_the_row_of_digits_works_on_the_kazakh_layout(begun):
    answer("", "1")

    key("ә")  # the key 2 on the Kazakh layout
    press(ENTER)
    key("і")
    press(ENTER)
    key("ғ")

    assert begun.walk.interview.kept("/data/person/sex") == "male"
    assert begun.question.input.text() == "5"


def test_a_missing_answer_is_said_at_the_question(begun):
    answer("", "1", "")

    assert at(begun) == "sex"
    assert begun.question.problem.isVisible()
    assert begun.question.problem.text()


def test_a_wrong_number_is_said_in_the_words_of_the_form(begun):
    answer("", "1", "2", "3", "99")

    assert at(begun) == "household"
    assert "30" in begun.question.problem.text()


def test_backspace_and_alt_left_go_back(begun):
    answer("", "1", "2")
    assert at(begun) == "age_group"

    press(BACK)
    assert at(begun) == "sex"
    begun.asking.back()

    assert at(begun) == "consent"


def test_a_free_answer_is_written_in_kazakh_and_enter_goes_on(begun):
    answer("", "1", "2", "3", "5", "3", "14")
    assert at(begun) == "problem_other"
    assert begun.frame.letters.isVisible()

    write("Көше ұзын")
    press(ENTER)

    assert at(begun) == "proposal"
    assert begun.walk.interview.kept("/data/problem_other") == "Көше ұзын"


def test_the_language_of_the_form_changes_in_the_middle(begun):
    answer("", "1")
    kazakh = begun.question.label.text()
    answer("2")
    press(BACK)

    begun.asking.next_language()

    assert begun.question.label.text() != kazakh
    assert at(begun) == "sex"
    assert [row.isChecked() for row in begun.question.rows] == [False, True]


def test_a_language_is_chosen_with_the_mouse(begun):
    kazakh = begun.question.label.text()

    begun.frame.languages["ru"].click()

    assert begun.question.label.text() != kazakh
    assert begun.frame.languages["ru"].isChecked()
    assert not begun.frame.languages["kk"].isChecked()


def test_the_program_may_change_its_language_in_an_interview(begun):
    answer("", "1")
    kazakh, own = begun.question.label.text(), begun.frame.place.text()

    use_language("en")

    assert begun.question.label.text() == kazakh
    assert begun.frame.place.text() != own
    assert at(begun) == "sex"


def test_an_interview_goes_on_after_a_crash(qtbot, desk, jobs, wave, begun):
    answer("", "1", "2", "3")
    write("6")
    begun.keep()
    settle(qtbot, jobs)
    again = InterviewScreen(desk, jobs)
    show(qtbot, again)

    again.open(wave)
    settle(qtbot, jobs)

    assert at(again) == "household"
    assert again.question.input.text() == "6"
    assert again.walk.interview.kept("/data/person/sex") == "male"


def test_typing_is_kept_without_a_word(qtbot, desk, jobs, wave, begun):
    answer("", "1", "2", "3")
    write("7")

    def kept():
        draft = drafts.recall(desk, draft_key(wave)) or {"answers": {}}
        return draft["answers"].get("/data/person/household") == "7"

    qtbot.waitUntil(kept, timeout=2000)


def test_each_answer_is_kept_at_once(qtbot, desk, jobs, wave, begun):
    answer("", "1", "2")
    settle(qtbot, jobs)

    assert "/data/person/sex" in drafts.recall(desk, draft_key(wave))["answers"]


def test_esc_stops_for_now(qtbot, begun):
    with qtbot.waitSignal(begun.closed):
        press(Qt.Key.Key_Escape)

    assert begun.walk is None


def test_what_is_still_to_be_asked_is_shown_instead_of_the_end(begun):
    whole_interview()
    begun.walk.interview.answer("/data/person/sex", None)

    press(ENTER)

    assert at(begun) == "sex"
    assert begun.question.problem.isVisible()


def test_a_finished_interview_leaves_no_draft(qtbot, desk, jobs, wave, begun):
    whole_interview()
    press(ENTER)
    settle(qtbot, jobs)

    assert drafts.recall(desk, draft_key(wave)) is None


def test_the_summary_leads_back_to_a_question(begun):
    whole_interview()

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(ENTER)

    assert at(begun) == "sex"


def test_an_interview_can_be_thrown_away_and_taken_back(qtbot, desk, jobs, wave, begun, said):
    answer("", "1", "2")

    begun.throw_away()
    settle(qtbot, jobs)
    assert drafts.recall(desk, draft_key(wave)) is None
    assert said
    begun._take_back(begun._occasion)
    settle(qtbot, jobs)

    assert at(begun) == "age_group"


def test_who_is_rated_is_drawn_among_the_officials_of_the_wave(qtbot, desk, jobs):
    wave, officials = start_wave(desk, posts=POSTS, title="Екеуі")
    screen = InterviewScreen(desk, jobs)
    show(qtbot, screen)
    screen.open(wave)
    settle(qtbot, jobs)
    screen.start_page.okrug_input.set_value(OKRUG)
    drawn = screen.start_page.official()

    press(ENTER, widget=screen.asking)

    assert drawn[0] in map(str, officials)
    assert drawn[1] in screen.question.label.text()
    assert screen.walk.interview.to_answers()["/data/official"] == drawn[0]
