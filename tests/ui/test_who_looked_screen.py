"""The page “Who looked”: in words, as it was told last, filtered, and when the list was altered."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import who_looked
from sync.audit import NOT_YOURS
from tests.gallery_who_looked import DISTRICT, some, told
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import press, settle, show
from ui.models.looked_table import COUNT, WHAT, WHERE, WHO
from ui.screens import screens_for
from ui.screens.who_looked import LEAST, ROW, WhoLookedScreen
from ui.translation import use_language


@pytest.fixture
def opened(qtbot, jobs, tmp_path):
    """The screen of somebody whose file holds these rows."""
    desks = []

    def opened(role="coordinator", rows=(), **more):
        use_language("en")
        desks.append(make_desk(tmp_path / role, role))
        if rows:
            told(desks[-1], rows, **more)
        screen = WhoLookedScreen(desks[-1], jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    yield opened
    for desk in desks:
        close(desk)


def column(screen, number):
    rows = range(screen.model.rowCount())
    return [screen.model.index(row, number).data() for row in rows]


def test_each_row_says_who_did_what_and_how_often_and_no_name_of_the_code(opened):
    screen = opened(rows=some())

    assert "Took records out as a file: Issue" in column(screen, WHAT)
    assert "A code for a laptop was made (a.beisenova)" in column(screen, WHAT)
    assert "Something that this program does not know yet" in column(screen, WHAT)
    assert "Looked what is held about a person" in column(screen, WHAT)
    assert "Дәурен Оспанов" in column(screen, WHO)
    assert {"42 records", "3 letters", "214 answers", ""} <= set(column(screen, COUNT))
    assert {"The region", "Sozak District"} <= set(column(screen, WHERE))
    said = " ".join(" ".join(column(screen, each)) for each in range(5))
    assert "_" not in said
    whole = screen.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Something that this program does not know yet" in whole


def test_a_leader_has_no_column_of_districts_and_it_says_of_which_moment_it_is(opened):
    screen = opened("leader", some(districts=(DISTRICT,)))

    assert screen.table.isColumnHidden(WHERE)
    assert "As the server told it today" in screen.told.text()


def test_before_the_server_has_told_it_says_so_and_a_filter_without_rows_says_so_too(
    opened, qtbot, jobs
):
    screen = opened()
    assert screen.none.isVisible()
    assert "has not told" in screen.none.sentence.text()

    told(screen._desk, some())
    screen.reload()
    settle(qtbot, jobs)
    screen.who.set_value("zh.omarov")
    screen.act.set_value("enrolled")
    screen._filter()
    settle(qtbot, jobs)
    assert "Nothing of that kind" in screen.none.sentence.text()


def test_it_is_filtered_by_person_and_by_act(opened, qtbot, jobs):
    screen = opened(rows=some(3))
    screen.who.set_value("a.beisenova")
    screen._filter()
    settle(qtbot, jobs)
    assert set(column(screen, WHO)) == {"a.beisenova"}

    screen.act.set_value("exported")
    screen._filter()
    settle(qtbot, jobs)
    assert set(column(screen, WHAT)) == {"Took records out as a file: Issue"}
    assert len(column(screen, WHAT)) == 3


def test_a_hundred_rows_are_shown_and_more_by_a_button(opened, qtbot, jobs):
    screen = opened(rows=some(20))
    assert screen.model.rowCount() == who_looked.PAGE
    assert screen.more_button.isVisible()

    screen.more_button.click()
    settle(qtbot, jobs)
    screen.more_button.click()
    settle(qtbot, jobs)
    assert screen.model.rowCount() == 13 * 20
    assert not screen.more_button.isVisible()


def test_that_the_list_was_altered_is_said_until_somebody_has_read_it(opened, qtbot, jobs):
    screen = opened(rows=some())
    assert not screen.notice.isVisible()
    told(screen._desk, known="another")
    screen.reload()
    settle(qtbot, jobs)
    assert screen.notice.isVisible()
    assert "was altered" in screen.doubts.text()
    assert "up to row 13" in screen.doubts.text()

    screen.read_button.click()
    settle(qtbot, jobs)
    assert not screen.notice.isVisible()
    assert who_looked.doubts(screen._desk) == []


def test_who_may_look_no_more_sees_that_and_nothing_of_what_stood_there(
    opened, qtbot, jobs, monkeypatch
):
    screen = opened(rows=some(20))
    told(screen._desk, known="another")
    told(screen._desk, some(20))
    screen.reload()
    settle(qtbot, jobs)
    shown = [screen.notice, screen.more_button, screen.table, screen.none]
    assert [part.isVisible() for part in shown] == [True, True, True, False]
    monkeypatch.setattr(who_looked, "may_look", lambda _: False)

    screen.reload()
    settle(qtbot, jobs)

    assert screen.none.sentence.text() == NOT_YOURS
    assert [part.isVisible() for part in shown] == [False, False, False, True]
    assert screen.model.rowCount() == 0


def test_a_low_window_leaves_the_table_some_rows_and_the_page_scrolls(opened, qtbot, jobs):
    screen = opened(rows=some(2))
    told(screen._desk, known="another")
    told(screen._desk, some(2))
    screen.reload()
    settle(qtbot, jobs)
    screen.resize(1000, 300)

    qtbot.waitUntil(lambda: screen.table.height() == LEAST * ROW)
    assert screen.notice.isVisible()


def test_without_a_line_the_button_says_so_and_what_was_told_stays(opened, qtbot, jobs, said):
    screen = opened(rows=some())

    screen.ask_button.click()
    settle(qtbot, jobs)

    assert len(said) == 1
    assert screen.ask_button.isEnabled()
    assert screen.model.rowCount() == 13


def test_keys_lead_through_the_page(opened):
    screen = opened(rows=some(20))
    screen.ask_button.setFocus()
    met = []
    for _ in range(5):
        press(Qt.Key.Key_Tab)
        met.append(screen.window().focusWidget())

    assert {screen.who, screen.act, screen.table, screen.more_button} <= set(met)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_words_change_with_the_language(opened, qtbot, jobs, language):
    screen = opened(rows=some())
    use_language(language)
    settle(qtbot, jobs)

    words = {"kk": "Жазбалар файлға шығарылды: Мәселе", "ru": "Записи выгружены в файл: Проблема",
             "en": "Took records out as a file: Issue"}  # fmt: skip
    qtbot.waitUntil(lambda: words[language] in column(screen, WHAT))


def test_only_leaders_and_coordinators_have_the_page():
    with_it = {
        role
        for role in ("activist", "leader", "coordinator", "analyst", "integrity_officer",
                     "administrator")
        if any(one.key == "who_looked" for one in screens_for(role))
    }  # fmt: skip

    assert with_it == {"leader", "coordinator"}
