from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.actions import answers, drafts
from desktop.actions.answers import draft_key
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, show
from tests.ui.survey_waves import OKRUG, start_wave
from ui.screens.surveys import SurveysScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel


@pytest.fixture
def screen(qtbot, desk, jobs):
    def build():
        screen = SurveysScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


def words(widget):
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def test_without_a_survey_it_says_so(screen):
    assert screen().none.isVisible()


def test_a_running_survey_tells_its_progress_and_why_answers_wait(desk, screen):
    use_language("en")
    wave, _ = start_wave(desk)
    for _ in range(3):
        answers.finish(desk, wave, OKRUG, date(2026, 11, 24), {})

    told = words(screen())

    assert "3 of 10 were asked, 3 of them on this laptop." in told
    assert any("not known yet: sync first" in each for each in told)
    assert any("at least 4 others" in each for each in told)


def test_of_an_ended_survey_it_says_that_a_handful_stays_here(desk, screen):
    use_language("en")
    wave, _ = start_wave(desk, ended=True)
    for _ in range(4):
        answers.finish(desk, wave, OKRUG, date(2026, 11, 24), {})

    assert any("fewer than 5, and stay" in each for each in words(screen()))


def test_an_ended_survey_takes_no_interview(desk, screen):
    start_wave(desk, ended=True)

    assert screen().buttons == {}


def test_an_interview_takes_the_place_of_the_list_and_gives_it_back(qtbot, desk, jobs, screen):
    wave, _ = start_wave(desk)
    shown = screen()

    shown.buttons[wave].click()
    settle(qtbot, jobs)
    assert shown.interview.isVisible()
    shown.interview.leave()
    settle(qtbot, jobs)

    assert not shown.interview.isVisible()
    assert wave in shown.buttons


def test_enter_starts_the_survey_with_the_cursor(qtbot, desk, jobs, screen):
    wave, _ = start_wave(desk)
    shown = screen()
    shown.buttons[wave].setFocus()

    press(Qt.Key.Key_Return)
    settle(qtbot, jobs)

    assert shown.interview.isVisible()


def test_a_begun_interview_is_offered_to_go_on(desk, screen):
    use_language("en")
    wave, _ = start_wave(desk)
    drafts.keep(desk, draft_key(wave), {"okrug": OKRUG, "answers": {"/data/consent": "OK"}})

    assert screen().buttons[wave].text() == "Go on with the interview"


def test_the_words_change_with_the_language(qtbot, desk, jobs, screen):
    wave, _ = start_wave(desk)
    shown = screen()

    use_language("en")

    assert shown.buttons[wave].text() == "Start an interview"
