from datetime import date, datetime, timedelta
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt

from desktop.actions import records, review
from sync.errors import Stopped
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, returned_issue, seen_by, story
from tests.ui.keys import press, settle, show
from tests.ui.survey_waves import start_wave
from ui.dates import long_day, moment, near_day, waiting_for
from ui.deadlines import deadline
from ui.models.day import read_agenda
from ui.screens import today
from ui.screens.today import TodayScreen
from ui.translation import use_language

TODAY = date.today()  # noqa: DTZ011  # the screen's own day


def test_who_leaves_today_has_nothing_counted_and_has_it_anew_when_they_come_back(
    qtbot, desk, jobs, open_today, said
):
    screen, gate = open_today(desk), Event()
    jobs.read(screen, gate.wait, lambda _: None)
    record(desk, "issue", {"essence": "Су", "due_on": TODAY})
    screen.reload()
    [running] = screen.reading._awaited

    screen.hide()
    gate.set()
    settle(qtbot, jobs)
    with pytest.raises(Stopped):
        running.tell(1, 2)
    assert screen.agenda.due.count == 0
    assert said == []

    screen.show()
    settle(qtbot, jobs)
    assert screen.agenda.due.count == 1


@pytest.fixture
def open_today(qtbot, jobs):
    def open_today(desk):
        screen = TodayScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return open_today


def test_a_day_without_work_says_so(desk, open_today):
    screen = open_today(desk)

    assert screen.none.isVisible()
    assert "Айгүл" in screen.greeting.text()
    assert long_day(TODAY) in screen.day.text()


def test_who_does_not_want_to_wait_keeps_the_day_as_it_was_and_is_told_how_to_look_again(
    qtbot, desk, jobs, open_today, said
):
    handed = {"handed_on": TODAY - timedelta(days=40), "state": "handed_over"}
    record(desk, "issue", {"essence": "Су", **handed})
    screen = open_today(desk)
    assert not screen.reading.bar.isVisible()
    id = record(desk, "issue", {"essence": "Жол", **handed})
    extended = {"type": "extended", "done_on": TODAY, "until": TODAY + timedelta(days=3)}
    record(desk, "step", extended, id)

    def asked_slowly():
        gate = Event()
        jobs.read(screen, gate.wait, lambda _: None)  # whatever else is asked of the file before
        screen.reload()
        qtbot.waitUntil(screen.reading.bar.isVisible)
        return gate

    gate = asked_slowly()
    screen.reading.bar.stop_button.click()
    gate.set()
    settle(qtbot, jobs)

    assert not screen.reading.bar.isVisible()
    assert [task.title for task in screen.agenda.due.first] == ["Су"]
    assert "Бүгін" in said[-1]
    asked_slowly().set()
    settle(qtbot, jobs)
    assert screen.agenda.due.count == 2
    assert not screen.reading.bar.isVisible()


def test_the_day_is_read_once_when_the_screen_is_opened(
    qtbot, desk, jobs, open_today, monkeypatch
):
    reads = []

    def counted(desk, on, tell):
        reads.append(on)
        return read_agenda(desk, on, tell)

    monkeypatch.setattr(today, "read_agenda", counted)
    screen = open_today(desk)
    assert reads == [TODAY]

    screen.hide()
    screen.show()
    settle(qtbot, jobs)

    assert reads == [TODAY, TODAY]


def test_what_came_back_comes_first_and_enter_opens_it(qtbot, desk, open_today):
    record(desk, "issue", {"essence": "Жол", "due_on": TODAY})
    id = returned_issue(desk, {"essence": "Қай көшеде?\nТолығырақ"})
    screen = open_today(desk)
    opened = []
    screen.open_record.connect(lambda *what: opened.append(what))

    screen.rows[0].setFocus()
    press(Qt.Key.Key_Return)

    assert opened == [("issue", id)]
    assert "Қай көшеде?" in screen.rows[0].accessibleName()
    assert "Толығырақ" not in screen.rows[0].accessibleName()


def test_terms_are_told_in_words(desk, open_today):
    use_language("en")
    for days in (-2, 0, 1, 6):
        record(desk, "issue", {"essence": f"{days}", "due_on": TODAY + timedelta(days=days)})

    names = [row.accessibleName() for row in open_today(desk).rows][:4]

    assert [name.rpartition(", ")[2] for name in names] == [
        "2 days late",
        "due today",
        "1 day left",
        "6 days left",
    ]


def test_a_decision_opens_its_meeting(desk, open_today):
    meeting = record(desk, "meeting", {"title": "Диалог"})
    record(desk, "decision", {"text": "Құбырды жөндеу", "due_on": TODAY}, parent=meeting)
    screen = open_today(desk)
    opened = []
    screen.open_record.connect(lambda *what: opened.append(what))

    next(row for row in screen.rows if "Құбырды" in row.accessibleName()).click()

    assert opened == [("meeting", meeting)]


def test_a_defect_opens_its_inspection_and_says_how_grave_it_is(desk, open_today):
    seen = record(desk, "inspection", {"found": "Арық"})
    defect = {"text": "Қақпағы жоқ", "severity": "dangerous", "due_on": TODAY}
    record(desk, "defect", defect, parent=seen)
    screen = open_today(desk)
    opened = []
    screen.open_record.connect(lambda *what: opened.append(what))

    [row] = [row for row in screen.rows if "Қақпағы" in row.accessibleName()]
    row.click()

    assert "Ақау · Қауіпті" in row.accessibleName()
    assert opened == [("inspection", seen)]


def test_a_reviewer_is_led_to_the_queue(qtbot, desk, jobs, open_today):
    id = record(desk, "issue", story()["issues"][0])
    review.decide(desk, id, review.Decision.SEND)
    screen = open_today(seen_by(desk, "coordinator"))
    with qtbot.waitSignal(screen.open_screen) as asked:
        screen.queue_button.click()

    assert asked.args == ["review"]


def test_a_survey_that_runs_is_shown_with_its_progress(desk, open_today):
    start_wave(desk, title="Күзгі рейтинг", target=12)

    screen = open_today(desk)

    [row] = screen.rows
    assert "Күзгі рейтинг" in row.accessibleName()
    assert "0 / 12" in row.accessibleName()


def test_a_number_stays_on_the_line_of_its_word(desk, open_today):
    use_language("en")
    record(desk, "issue", {"essence": "Жол", "due_on": TODAY})

    screen = open_today(desk)

    assert screen.day.text().endswith(" · 1\N{NO-BREAK SPACE}deadline is near or past")


def test_what_is_recorded_meanwhile_appears(qtbot, desk, jobs, open_today):
    screen = open_today(desk)

    jobs.write(partial(records.save, desk, "issue", {"essence": "Жаңа мәселе"}))

    qtbot.waitUntil(lambda: len(screen.rows) == 1)


def test_rows_are_high_enough_for_their_words(desk, open_today):
    for number in range(9):
        record(desk, "issue", {"essence": f"Мәселе {number}", "due_on": TODAY})

    screen = open_today(desk)

    assert all(row.height() >= row.layout().totalMinimumSize().height() for row in screen.rows)
    assert all(row.height() >= 44 for row in screen.rows)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "24 қараша, сейсенбі"),
        ("ru", "Вторник, 24 ноября"),
        ("en", "Tuesday, 24 November"),
    ],
)
def test_a_day_is_said_as_in_the_language(qapp, language, words):
    use_language(language)

    assert long_day(date(2026, 11, 24)) == words


def test_moments_and_waits_are_said_in_words(qapp):
    use_language("en")
    now = datetime(2026, 11, 24, 15, 0).astimezone()

    assert moment(now - timedelta(hours=5, minutes=46), now) == "today 09:14"
    assert near_day(date(2026, 11, 25), date(2026, 11, 24)) == "tomorrow"
    assert waiting_for(now - timedelta(days=3, hours=2), now) == "3 days"
    assert waiting_for(now - timedelta(minutes=2), now) == "just now"


@pytest.mark.parametrize(
    ("days", "tone"),
    [(-1, "danger"), (0, "danger"), (1, "warning"), (3, "warning"), (4, "neutral")],
)
def test_a_near_term_has_its_own_tone(qapp, days, tone):
    assert deadline(TODAY + timedelta(days=days), TODAY).tone == tone
