"""What asks, apart from what it is asked for: trials, forms about a person, what cannot be saved."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from sync.errors import UserError
from sync.language import mark
from tests.desktop.surveys.small import small_form
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, show, write
from tests.ui.trial_occasion import Trial
from ui.widgets.interviewer import Interviewer

ENTER = Qt.Key.Key_Return
FORM = small_form(
    "<bind nodeset='/data/who' type='string'/><bind nodeset='/data/age' type='int'/>",
    "<who/><age/>",
    "<input ref='/data/who'><label>Who?</label></input>"
    "<input ref='/data/age'><label>How old?</label></input>",
)


@dataclass(frozen=True, eq=False)
class Kept(Trial):
    """A form whose answers come into a list, unless something `refuses` them."""

    form: object = FORM
    log: list = field(default_factory=list)
    refuses: list = field(default_factory=list)

    def given(self):
        return {"/data/who": "Айгүл"}

    def beside(self):
        return {"village": "615647100"}

    def keep(self, body):
        self.log.append(("keep", body))

    def drop(self):
        self.log.append(("drop", None))

    def finish(self, values):
        if self.refuses:
            raise UserError(mark("Type a whole number, in digits."))
        self.log.append(("finish", values))
        return []


@pytest.fixture
def interviewer(qtbot, jobs):
    interviewer = Interviewer(jobs)
    show(qtbot, interviewer)
    return interviewer


def test_a_trial_begins_at_once_ends_with_words_and_writes_nothing(qtbot, jobs, interviewer, said):
    interviewer.hold(Trial(FORM, "Сынақ"))
    assert interviewer.frame.title.text() == "Сынақ"
    write("Болат")
    press(ENTER)
    write("30")
    press(ENTER)

    with qtbot.waitSignal(interviewer.closed):
        press(ENTER)

    settle(qtbot, jobs)
    assert len(said) == 1
    assert interviewer.walk is None


def test_what_an_occasion_gives_is_answered_before_the_first_question(interviewer):
    interviewer.hold(Kept())

    assert interviewer.question.input.toPlainText() == "Айгүл"


def test_what_stands_beside_the_answers_is_kept_with_them(qtbot, jobs, interviewer):
    occasion = Kept()
    interviewer.hold(occasion)

    press(ENTER)
    settle(qtbot, jobs)

    [(_, body)] = occasion.log
    assert body["village"] == "615647100"
    assert body["at"] == "/data/age"
    assert body["answers"] == {"/data/who": "Айгүл"}


def test_an_interview_that_cannot_be_saved_stays_as_it_stands(qtbot, jobs, interviewer, said):
    occasion = Kept(refuses=[True])
    interviewer.hold(occasion)
    press(ENTER)
    press(ENTER)
    press(ENTER)
    settle(qtbot, jobs)

    assert len(said) == 1
    assert interviewer.walk is not None
    assert interviewer.walk.interview.to_answers() == {"/data/who": "Айгүл"}
    occasion.refuses.clear()
    press(ENTER)
    settle(qtbot, jobs)

    assert occasion.log[-1] == ("finish", {"/data/who": "Айгүл"})


@pytest.mark.parametrize(
    ("draft", "there"),
    [
        ({"answers": {"/data/age": "41"}}, {"/data/age": "41"}),
        (
            {"answers": {"/data/age": "41"}, "at": "/data/age"},
            {"/data/who": "7", "/data/age": "41"},
        ),
    ],
    ids=["finished", "cut off"],
)
def test_what_a_finished_one_does_not_say_was_taken_away_and_what_one_cut_off_lacks_was_not_asked(
    interviewer, draft, there
):
    form = small_form("", "<who>7</who><age/>", "<input ref='/data/who'/><input ref='/data/age'/>")

    interviewer.hold(Trial(form, draft=draft))

    assert interviewer.walk.interview.to_answers() == there


def test_what_was_thrown_away_is_taken_back_after_the_screen_had_closed(
    qtbot, jobs, interviewer, said
):
    occasion = Kept()
    interviewer.hold(occasion)
    press(ENTER)
    write("41")
    with qtbot.waitSignal(interviewer.closed):
        interviewer.throw_away()

    with qtbot.waitSignal(interviewer.opened):
        interviewer._take_back(occasion)
    settle(qtbot, jobs)

    assert interviewer.question.input.text() == "41"
    assert occasion.log[-1][0] == "keep"
    assert occasion.log[-1][1]["answers"]["/data/age"] == "41"


def test_a_page_that_lacks_something_takes_the_cursor_and_keeps_the_first_question_away(
    interviewer,
):
    class Asks(Kept):
        def ready(self):
            return False

    page = QLineEdit()
    interviewer.hold(Asks(page=page, filled=False))
    assert page.hasFocus()

    press(ENTER)

    assert interviewer.walk is None
    assert page.isVisible()
