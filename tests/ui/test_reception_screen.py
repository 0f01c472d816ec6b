"""The reception as a queue: a visitor takes a line and two Enters; the whole form stays near."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.actions import drafts, records
from desktop.actions.slip import save_slip
from sync.errors import UserError
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import press, settle, show, write
from ui.dialogs.preview import PreviewDialog
from ui.screens import line_keeper, reception_day, reception_line
from ui.screens.reception import ReceptionScreen
from ui.translation import use_language

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
BABATA = "615633300"
TODAY = date.today()  # noqa: DTZ011  # the screen's own day


@pytest.fixture
def open_screen(qtbot, jobs, desk):
    held = []  # as the window holds them

    def build(who=None):
        screen = ReceptionScreen(who or desk, jobs)
        held.append(screen)
        show(qtbot, screen)
        settle(qtbot, jobs)
        screen.setFocus()
        return screen

    return build


@pytest.fixture
def screen(open_screen):
    return open_screen()


def kept(desk):
    return sorted(records.list_records(desk, "reception"), key=lambda row: row["created"])


def in_field(screen):
    return next(name for name, field in screen.day.quick.fields.items() if field.has_cursor())


def choose(letters):
    """What is typed is found in the list, Enter takes it."""
    write(letters)
    press(ENTER)


def test_the_screen_begins_at_the_line_with_todays_day(screen):
    assert in_field(screen) == "essence"
    assert screen.day.day == TODAY


def test_enter_writes_the_visitor_down_at_once_with_time_day_and_who_received(
    qtbot, jobs, desk, screen
):
    before = datetime.now().astimezone().replace(second=0, microsecond=0)
    write("Жер телімі")
    press(ENTER)
    settle(qtbot, jobs)

    [row] = kept(desk)
    assert (row["essence"], row["received_on"], row["received_by"], row["form"], row["state"]) == (
        "Жер телімі",
        TODAY,
        desk.person.name,
        "personal",
        "open",
    )
    at = datetime.combine(TODAY, row["received_at"]).astimezone()
    assert before <= at <= datetime.now().astimezone()
    assert row["visitor_type"] == "individual"
    assert in_field(screen) == "village"
    assert screen.day.list.rows.rows[0].title == "Жер телімі"


def test_a_visitor_takes_few_fields_and_the_next_enter_begins_another(qtbot, jobs, desk, screen):
    write("Су жоқ")
    press(ENTER)
    choose("бабата")
    press(TAB)
    choose("су")
    assert in_field(screen) == "category"
    press(ENTER)
    assert in_field(screen) == "essence"
    assert screen.day.quick.blank()
    write("Жол")
    press(ENTER)
    press(ENTER)
    settle(qtbot, jobs)

    first, second = kept(desk)
    assert (first["essence"], first["village"]) == ("Су жоқ", BABATA)
    assert first["category"]
    assert (second["essence"], second["village"]) == ("Жол", None)
    assert len(screen.day.list.rows.rows) == 2


def test_an_empty_line_writes_nobody_down_and_says_what_is_wanted(qtbot, jobs, desk, screen):
    use_language("en")
    press(ENTER)
    settle(qtbot, jobs)

    assert kept(desk) == []
    assert screen.day.quick.words.text() == "Write in a few words what they came with."


def test_what_is_typed_after_the_first_enter_goes_to_the_same_visitor(qtbot, jobs, desk, screen):
    write("Су")
    press(ENTER)
    settle(qtbot, jobs)
    screen.day.quick.go_to("due_on")
    write("1.12.2026")
    press(ENTER)
    settle(qtbot, jobs)

    [row] = kept(desk)
    assert row["due_on"] == date(2026, 12, 1)
    assert row["essence"] == "Су"


def test_two_enters_are_enough_also_where_one_went_back_to_the_first_field(
    qtbot, jobs, desk, screen
):
    write("Су")
    press(ENTER)
    screen.day.quick.go_to("essence")
    press(ENTER)

    assert in_field(screen) == "essence"
    assert screen.day.quick.blank()


def test_no_name_is_kept_or_asked_for_without_a_consent(qtbot, jobs, desk, screen):
    fields = screen.day.quick.fields
    assert not fields["applicant"].isVisible()
    assert not fields["phone"].isVisible()
    write("Су")
    press(ENTER)
    screen.day.quick.set_values({"consent_way": "signed"})
    assert fields["applicant"].isVisible()
    fields["applicant"].focus()
    write("Нұрлан Қасымов")
    press(ENTER)
    settle(qtbot, jobs)

    [row] = kept(desk)
    assert (row["applicant"], row["consent_way"], row["consent_on"]) == (
        "Нұрлан Қасымов",
        "signed",
        TODAY,
    )
    assert row["consent_text"]

    write("Жол")
    screen.day.quick.set_values({"consent_way": "signed", "applicant": "Айжан"})
    screen.day.quick.set_values({"consent_way": None})
    press(ENTER, widget=fields["essence"].input)
    settle(qtbot, jobs)
    assert kept(desk)[1]["applicant"] is None


def test_a_wrong_phone_is_told_at_its_field_and_nothing_is_saved(qtbot, jobs, desk, screen):
    write("Су")
    screen.day.quick.set_values({"consent_way": "signed"})
    screen.day.quick.fields["phone"].focus()
    write("12")
    press(ENTER)
    settle(qtbot, jobs)

    assert kept(desk) == []
    assert in_field(screen) == "phone"
    assert screen.day.quick.fields["phone"].problem.text()


def test_on_an_outreach_reception_the_village_stays_for_the_next(qtbot, jobs, desk, screen):
    screen.day.how.set_value("outreach")
    write("Су")
    press(ENTER)
    choose("бабата")
    press(ENTER)
    write("Жол")
    press(ENTER)
    settle(qtbot, jobs)

    assert [row["village"] for row in kept(desk)] == [BABATA, BABATA]
    assert {row["form"] for row in kept(desk)} == {"outreach"}
    assert in_field(screen) == "category"


def test_what_is_typed_and_not_saved_outlives_a_crash(qtbot, jobs, desk, open_screen):
    screen = open_screen()
    write("Жарық жоқ")
    qtbot.waitUntil(lambda: drafts.recall(desk, reception_line.DRAFT) is not None)
    settle(qtbot, jobs)

    again = open_screen()
    assert again.day.quick.values()["essence"] == "Жарық жоқ"
    press(ENTER)
    settle(qtbot, jobs)
    assert [row["essence"] for row in kept(desk)] == ["Жарық жоқ"]
    assert drafts.recall(desk, reception_line.DRAFT) is None
    del screen


def test_a_line_that_was_written_down_goes_on_as_the_same_visitor_after_a_crash(
    qtbot, jobs, desk, open_screen
):
    before = open_screen()
    write("Жарық жоқ")
    press(ENTER)
    settle(qtbot, jobs)
    before.day.quick.go_to("due_on")
    write("1.12")
    qtbot.waitUntil(lambda: drafts.recall(desk, reception_line.DRAFT) is not None)
    screen = open_screen()
    screen.day.line.next()
    settle(qtbot, jobs)

    [row] = kept(desk)
    assert row["due_on"] == date(TODAY.year, 12, 1)


def test_a_visitor_that_could_not_be_saved_comes_back_into_the_line(
    qtbot, jobs, desk, screen, monkeypatch, said
):
    def refuse(*_):
        raise UserError("The disk is full.")

    monkeypatch.setattr(line_keeper.records, "save", refuse)
    write("Су жоқ")
    screen.day.line.next()
    settle(qtbot, jobs)
    settle(qtbot, jobs)

    assert screen.day.quick.values()["essence"] == "Су жоқ"
    assert "The disk is full." in said
    monkeypatch.undo()
    screen.day.line.next()
    settle(qtbot, jobs)
    assert [row["essence"] for row in kept(desk)] == ["Су жоқ"]


def test_where_the_next_one_is_in_the_line_it_comes_back_after_that(
    qtbot, jobs, desk, open_screen, monkeypatch
):
    screen = open_screen()

    def refuse(*_):
        raise UserError("The disk is full.")

    monkeypatch.setattr(line_keeper.records, "save", refuse)
    write("Су жоқ")
    screen.day.line.next()
    write("Жол")
    settle(qtbot, jobs)
    monkeypatch.undo()
    settle(qtbot, jobs)
    assert screen.day.quick.values()["essence"] == "Жол"

    again = open_screen()  # also after a crash
    assert again.day.quick.values()["essence"] == "Жол"
    again.day.line.next()
    assert again.day.quick.values()["essence"] == "Су жоқ"
    again.day.line.next()
    settle(qtbot, jobs)
    assert [row["essence"] for row in kept(desk)] == ["Жол", "Су жоқ"]
    assert drafts.recall(desk, reception_line.DRAFT) is None


def test_days_are_turned_by_keys_and_the_line_is_for_days_that_came(qtbot, jobs, desk, screen):
    record(desk, "reception", {"essence": "кеше", "received_on": TODAY - timedelta(1)})
    press(Qt.Key.Key_Left, ALT)
    settle(qtbot, jobs)
    assert [row.title for row in screen.day.list.rows.rows] == ["кеше"]
    assert screen.day.quick.isVisible()
    screen.setFocus()
    write("кеше ұмытылды")
    press(ENTER)
    settle(qtbot, jobs)
    [late] = [row for row in kept(desk) if row["essence"] == "кеше ұмытылды"]
    assert (late["received_on"], late["received_at"]) == (TODAY - timedelta(1), None)

    press(Qt.Key.Key_Right, ALT)
    press(Qt.Key.Key_Right, ALT)
    settle(qtbot, jobs)
    assert screen.day.day == TODAY + timedelta(1)
    assert not screen.day.quick.isVisible()
    assert screen.day.today_button.isVisible()


def test_a_program_that_was_left_open_overnight_writes_down_for_the_new_day(
    qtbot, jobs, desk, screen, monkeypatch
):
    monkeypatch.setattr(reception_day, "_today", lambda: TODAY + timedelta(1))
    write("Таңғы келуші")
    press(ENTER)
    settle(qtbot, jobs)

    [row] = kept(desk)
    assert row["received_on"] == TODAY + timedelta(1)
    assert screen.day.day == TODAY + timedelta(1)


def test_down_and_enter_open_the_whole_form_and_esc_comes_back(qtbot, jobs, desk, screen):
    id = record(desk, "reception", {"essence": "Су", "received_on": TODAY})
    screen.day.reload()
    settle(qtbot, jobs)

    press(Qt.Key.Key_Down)
    assert screen.day.list.hasFocus()
    press(Qt.Key.Key_Escape)
    assert in_field(screen) == "essence"
    press(Qt.Key.Key_Down)
    press(ENTER)
    settle(qtbot, jobs)

    assert screen.shown.isVisible()
    assert screen.shown.editor.page.id == id
    press(Qt.Key.Key_F6, widget=QApplication.focusWidget() or screen)
    assert screen.day.isVisible()


def test_the_slip_is_one_key_for_who_is_in_the_line_or_was_last(
    qtbot, jobs, desk, screen, monkeypatch, tmp_path, said
):
    asked = []

    def choose_name(_parent, _title, name, _kinds):
        asked.append(name)
        return str(tmp_path / f"{len(asked)}.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_name)
    slips = []
    monkeypatch.setattr(
        "desktop.actions.slip.save_slip",
        lambda *told: slips.append(told) or save_slip(*told),
    )

    def look_and_save():
        press(Qt.Key.Key_T, CTRL)
        settle(qtbot, jobs)
        for preview in screen.findChildren(PreviewDialog):
            preview.save_buttons["pdf"].click()
            settle(qtbot, jobs)
            qtbot.waitUntil(lambda: screen.findChildren(PreviewDialog) == [])
            screen.activateWindow()  # as every window manager does by itself
            qtbot.waitUntil(screen.isActiveWindow)

    look_and_save()
    assert slips == asked == []

    use_language("ru")
    write("Су")
    press(ENTER)
    settle(qtbot, jobs)
    look_and_save()
    screen.day.line.next()
    use_language("en")
    settle(qtbot, jobs)
    look_and_save()

    [row] = kept(desk)
    assert [(told[1], told[2]) for told in slips] == [(row["id"], "ru"), (row["id"], "kk")]
    assert (tmp_path / "2.pdf").read_bytes().startswith(b"%PDF")


def test_the_slip_of_the_whole_form_is_the_same_key(qtbot, jobs, desk, screen):
    id = record(desk, "reception", {"essence": "Су", "received_on": TODAY})
    screen.open_record(id)
    settle(qtbot, jobs)
    screen.shown.editor.form.focus_first()

    press(Qt.Key.Key_T, CTRL)
    settle(qtbot, jobs)

    [preview] = screen.findChildren(PreviewDialog)
    assert preview.view.count == 1
    preview.reject()


def test_the_paper_stays_at_its_key(qtbot, jobs, desk, screen, monkeypatch):
    papers = []
    monkeypatch.setattr(reception_day, "ask_paper", lambda *told: papers.append(told[3]))
    monkeypatch.setattr(reception_day, "ask_register", lambda *_: papers.append("register"))
    write("Су")
    press(ENTER)
    settle(qtbot, jobs)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)

    assert papers == [kept(desk)[0]["id"], "register"]


def test_a_visitor_says_when_by_whom_and_how_near_the_term_is(qtbot, jobs, desk, screen):
    use_language("en")
    for essence, more in (
        ("ашық", {"due_on": TODAY, "received_at": "10:05", "received_by": "Серік"}),
        ("жабық", {"due_on": TODAY, "state": "closed"}),
        ("мерзімсіз", {}),
    ):
        record(desk, "reception", {"essence": essence, "received_on": TODAY, **more})
    screen.day.reload()
    settle(qtbot, jobs)

    told = {row.title: row for row in screen.day.list.rows.rows}
    assert (told["ашық"].when, told["ашық"].badge) == ("10:05", "due today")
    assert told["ашық"].below.endswith("Серік")
    assert told["жабық"].badge == "Closed"
    assert told["мерзімсіз"].badge == "no term"
    assert screen.day.told.text() == "3 visitors · 2 wait for an outcome"


def test_a_visitor_of_another_laptop_appears_while_one_types(qtbot, jobs, desk, screen):
    write("Су")
    values = {"essence": "басқа", "received_on": TODAY.isoformat()}
    jobs.write(lambda: records.save(desk, "reception", values))
    settle(qtbot, jobs)

    assert [row.title for row in screen.day.list.rows.rows] == ["басқа"]
    assert screen.day.quick.values()["essence"] == "Су"


def test_a_coordinator_is_asked_for_the_village_which_tells_the_district(
    qtbot, jobs, desk, open_screen
):
    screen = open_screen(seen_by(desk, "coordinator"))
    if not screen.day.writes:
        pytest.skip("a coordinator writes no visitors")
    write("Су")
    press(ENTER)
    assert in_field(screen) == "village"
    assert screen.day.quick.fields["village"].problem.text()
    assert kept(desk) == []


def test_who_may_not_write_sees_the_day_without_a_line(open_screen, desk):
    screen = open_screen(seen_by(desk, "analyst"))

    assert not screen.day.quick.isVisible()
    assert screen.day.list.hasFocus() or screen.day.none.isVisible()


def test_the_line_is_told_in_the_language_spoken_now(screen):
    use_language("ru")

    assert screen.day.quick.next_button.text() == "Следующий посетитель"
    assert screen.tabs.tabText(1) == "Журнал"
    assert "Enter" in screen.day.quick.words.text()
    assert screen.day.how.text() == "Личный приём"


def test_the_register_is_not_made_before_it_is_looked_at(screen):
    assert screen._register is None
    assert screen.pages.count() == 1
