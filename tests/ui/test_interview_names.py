"""Before an anonymous interview is saved, the interviewer sees who is blacked out of it."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import answers
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, show, write
from tests.ui.one_question import asking, given_held  # noqa: F401
from tests.ui.survey_waves import OKRUG, start_wave
from ui.screens.interview import InterviewScreen
from ui.translation import use_language

ENTER, F7 = Qt.Key.Key_Return, Qt.Key.Key_F7
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>T</h:title><model><instance><data id="t"><why/><more/></data></instance></model></h:head>
<h:body><input ref="/data/why"><label>Why?</label></input><input ref="/data/more"><label>More?</label></input>
</h:body></h:html>"""
SAID = "Мектеп директоры Оспанова Г.К. ақша жинайды"
BLACK = "Мектеп директоры ▇▇▇. ақша жинайды"


@pytest.fixture
def wave(desk):
    return start_wave(desk, posts=(), xform=XFORM)[0]


@pytest.fixture
def screen(qtbot, desk, jobs, wave):
    screen = InterviewScreen(desk, jobs)
    show(qtbot, screen)
    screen.open(wave)
    settle(qtbot, jobs)
    screen.start_page.okrug_input.set_value(OKRUG)
    screen.setFocus()
    press(ENTER)
    settle(qtbot, jobs)
    return screen


def say(*texts):
    for text in texts:
        write(text)
        press(ENTER)


def rows(screen):
    return [(row.title, row.badge) for row in screen.summary.list.rows.rows]


def test_the_summary_shows_what_is_kept_and_enter_goes_on(qtbot, desk, jobs, wave, screen):
    use_language("en")
    say(SAID, "Су жоқ")

    assert rows(screen) == [(BLACK, "Blacked out"), ("Су жоқ", "")]
    assert screen.summary.people.isVisible()
    assert screen.summary.people.text().startswith("1 answer")
    press(ENTER)
    settle(qtbot, jobs)
    [kept] = answers.of_wave(desk, wave)
    assert sorted(kept.values.values()) == sorted([BLACK, "Су жоқ"])


def test_f7_goes_to_the_answer_and_the_notice_is_gone_when_nobody_is_named(screen):
    say("Су жоқ", SAID)

    press(F7)
    assert screen.walk.at == "/data/more"
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    say("Директор ақша жинайды")

    assert screen.walk.step() is None
    assert not screen.summary.people.isVisible()
    press(F7)
    assert screen.walk.step() is None, "nobody is named"


def test_a_click_on_the_button_does_as_well(screen):
    say("Су жоқ", SAID)

    screen.summary.change_button.click()

    assert screen.walk.at == "/data/more"


@pytest.mark.parametrize("screened", [True, False])
def test_only_what_is_anonymous_is_screened(held, screened):
    form = asking("input")
    screen = held(form, screened=screened)
    say(SAID, "")

    titles = [title for title, _ in rows(screen)]
    assert titles[0] == (BLACK if screened else SAID)
    assert screen.summary.people.isVisible() is screened
