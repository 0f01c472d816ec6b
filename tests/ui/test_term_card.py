"""The clocks of an issue on its page, and in the list."""

from datetime import date, timedelta

import pytest

from desktop.actions import records
from desktop.actions.terms import clocks
from sync.working_days import WHOLE_YEAR, Entry, calendar
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import settle, show
from ui.screens.issues import IssuesScreen
from ui.translation import use_language
from ui.widgets.record_rows import badges

TODAY = date.today()  # noqa: DTZ011  # the screen's own day
LONG_AGO = TODAY - timedelta(days=45)


@pytest.fixture
def open_issue(qtbot, desk, jobs):
    use_language("en")
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)

    def build(**values):
        id = record(desk, "issue", {"essence": "Су жоқ", **values})
        screen.open_record(id)
        settle(qtbot, jobs)
        return screen, id

    return build


def test_an_issue_without_terms_has_no_card(open_issue):
    screen, _ = open_issue()

    assert screen.terms.isHidden()


def test_our_term_stands_alone_until_it_is_handed_over(open_issue):
    screen, _ = open_issue(due_on=TODAY)

    assert [one.words for one in screen.terms.badges] == ["due today"]
    assert screen.terms.button.isHidden()


def test_a_term_says_how_it_was_reckoned_when_asked(open_issue):
    screen, _ = open_issue(due_on=TODAY, handed_to="Әкімдік", handed_on=LONG_AGO)
    assert screen.terms.lines == []

    screen.terms.button.click()

    assert screen.terms.lines[0] == "APPC: 15 working days"
    assert any("Working days: 15" in line for line in screen.terms.lines)
    assert screen.terms.badges[1].words.endswith("late")


def test_it_is_said_in_the_language_spoken_now(open_issue):
    screen, _ = open_issue(handed_on=LONG_AGO)
    screen.terms.button.click()
    use_language("kk")
    screen.terms.retranslate()

    assert screen.terms.lines[0] == "ӘРПК: 15 жұмыс күні"


def test_a_step_that_extends_it_is_asked_for_its_day_and_moves_the_term(
    qtbot, desk, jobs, open_issue
):
    screen, id = open_issue(handed_on=LONG_AGO)
    screen.steps.restore([{"id": str(id), "values": {"type": "extended"}}])
    assert screen.steps.form.fields["until"].isVisible()
    assert not screen.steps.form.fields["body"].isVisible()
    assert not screen.editor.save()

    decided = LONG_AGO + timedelta(days=10)
    record(desk, "step", {"type": "extended", "done_on": decided, "until": TODAY}, parent=id)
    jobs.recorded.emit([])
    screen.open_record(id)
    settle(qtbot, jobs)
    assert clocks(desk, [records.show(desk, id)])[id].term.due >= TODAY
    assert not screen.terms.badges[0].words.endswith("late")


def test_a_reply_is_shown_as_an_answer(qtbot, desk, jobs, open_issue):
    screen, id = open_issue(handed_on=LONG_AGO)
    record(desk, "step", {"type": "reply", "done_on": TODAY}, parent=id)
    screen.open_record(id)
    settle(qtbot, jobs)

    assert [one.words for one in screen.terms.badges] == ["Answered"]


def test_a_day_that_cannot_be_reckoned_from_is_told(open_issue):
    screen, _ = open_issue(handed_on="1999-01-01")

    assert not screen.terms.isHidden()
    assert screen.terms.button.isHidden()


def test_the_list_says_how_near_the_nearest_day_is(qtbot, jobs, open_issue):
    screen, _ = open_issue(due_on=TODAY + timedelta(days=2), handed_on=LONG_AGO)
    screen.reload()
    settle(qtbot, jobs)

    model = screen.list.model
    line = model.index(0, 0).data(model.LineRole)
    assert line.term.tone == "danger"
    assert line.term.words in [words for words, _, _ in badges(line)]


def test_days_that_the_coordinator_moves_are_shown_at_once(qtbot, desk, jobs, open_issue):
    screen, id = open_issue(handed_on=LONG_AGO)
    before = screen.editor.page.clocks.term.due

    moved = {"day": before.isoformat(), "sort": "day_off", "said": "№ 700"}
    record(seen_by(desk, "coordinator"), "calendar_day", moved)
    screen.open_record(id)
    settle(qtbot, jobs)

    assert screen.editor.page.clocks.term.due == calendar(
        (Entry(before, "day_off"), Entry(before, WHOLE_YEAR))
    ).here_or_next(before)
