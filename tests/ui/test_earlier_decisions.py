"""The next meeting checks what earlier ones decided, before anything else is written."""

from datetime import date

import pytest

from desktop.actions import records
from desktop.actions.earlier_decisions import earlier_decisions
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import settle, show
from ui.screens.meetings import MeetingsScreen
from ui.widgets.two_panes import READABLE

MEETING = story()["meeting"] | {"held_on": "2026-10-01"}
HERE = MEETING["village"]
DECISION = {"responsible": "ТҮКШ бөлімі", "state": "open"}


@pytest.fixture
def elsewhere(desk):
    return next(
        code
        for code, one in desk.pack.villages.items()
        if one.district == desk.person.district and code != HERE
    )


@pytest.fixture
def decided(desk):
    """Make a meeting with one decision: decided(text, village, due_on) → its id."""

    def build(text, village=HERE, due_on="2026-10-20", held_on="2026-10-01", **more):
        meeting = record(desk, "meeting", MEETING | {"village": village, "held_on": held_on})
        values = DECISION | {"text": text, "due_on": due_on} | more
        return record(desk, "decision", values, parent=meeting)

    return build


@pytest.fixture
def screen(qtbot, desk, jobs):
    screen = MeetingsScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def begun(qtbot, jobs, screen):
    """A new meeting in the same village."""

    def build(**more):
        screen.begin()
        settle(qtbot, jobs)
        screen.editor.form.set_values(MEETING | {"held_on": "2026-11-01"} | more)
        screen.editor.form.edited.emit()
        settle(qtbot, jobs)
        return screen.earlier

    return build


def texts(found):
    return [one.decision["text"] for one in found]


def test_open_decisions_of_the_village_come_first_then_what_is_late_in_the_district(
    desk, decided, elsewhere
):
    decided("Кейінгі мерзім", due_on="2026-12-20")
    decided("Жақын мерзім", due_on="2026-10-20")
    decided("Басқа ауылда кешіккен", village=elsewhere, due_on="2026-10-10")
    decided("Басқа ауылда уақыты бар", village=elsewhere, due_on="2026-12-10")
    decided("Орындалған", state="done")
    decided("Келесі жиналыстан кейін", held_on="2026-11-20", due_on="2026-11-25")

    found = earlier_decisions(desk, desk.person.district, HERE, date(2026, 11, 1))

    assert texts(found) == ["Жақын мерзім", "Кейінгі мерзім", "Басқа ауылда кешіккен"]
    assert [one.here for one in found] == [True, True, False]


def test_a_meeting_does_not_check_its_own(qtbot, desk, jobs, screen, decided):
    id = decided("Су құбырын жөндеу")
    [meeting] = records.list_records(desk, "meeting")

    screen.open_record(meeting["id"])
    settle(qtbot, jobs)

    assert screen.earlier.isHidden()
    assert records.show(desk, id)["state"] == "open"


def test_a_new_meeting_shows_them_as_soon_as_it_has_a_village(qtbot, jobs, screen, decided, begun):
    decided("Су құбырын жөндеу")
    screen.begin()
    settle(qtbot, jobs)

    assert screen.earlier.isHidden()

    card = begun()

    assert card.isVisible()
    assert len(card.rows) == 1


def test_one_button_closes_a_decision_at_once_and_can_take_it_back(
    qtbot, desk, jobs, decided, begun
):
    id = decided("Су құбырын жөндеу")
    card = begun()

    card.rows[0].buttons[0].click()
    settle(qtbot, jobs)

    assert records.show(desk, id)["state"] == "done"
    assert [button.text() for button in card.rows[0].buttons] == ["Қайта ашу"]

    card.rows[0].buttons[0].click()
    settle(qtbot, jobs)

    assert records.show(desk, id)["state"] == "open"
    assert len(card.rows[0].buttons) == 2


def test_what_was_closed_is_not_asked_by_the_meeting_after(qtbot, jobs, decided, begun):
    decided("Су құбырын жөндеу")
    decided("Жол шамдары", due_on="2026-10-25")
    begun().rows[0].buttons[1].click()
    settle(qtbot, jobs)

    card = begun(held_on="2026-11-08")

    assert texts(card._shown) == ["Жол шамдары"]


def test_they_need_no_more_room_than_a_record_has_beside_a_list(decided, begun):
    decided("Су құбырын жөндеу және мектепке баратын жолды асфальттау", due_on="2026-10-20")

    assert begun().minimumSizeHint().width() < READABLE - 48
