"""How interviews were held, as a coordinator sees it; and an officer who opens whose they are."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.actions import quality
from sync.errors import UserError
from tests.gallery_quality import table
from tests.told_waves import EACH, rows, take
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import press, settle, show, write
from ui.models.count_table import NAME, OWN, OWN_SHARE, REST, CountTable, SheetRows
from ui.screens import screens_for
from ui.screens.quality import NONE, TABLE, WAVE, QualityScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

ENTER = Qt.Key.Key_Return


@pytest.fixture
def coordinator(desk):
    use_language("en")
    return seen_by(desk, "coordinator")


@pytest.fixture
def wave(coordinator):
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    ended = date.today() - timedelta(days=9)  # noqa: DTZ011
    return record(coordinator, "wave", {"title": "Күз", "form": str(form), "ends_on": ended})


@pytest.fixture
def opened(qtbot, jobs):
    """The screen of somebody."""

    def opened(desk):
        screen = QualityScreen(desk, jobs)
        qtbot.addWidget(screen.header)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return opened


def words(screen):
    return "\n".join(each.text() for each in screen.findChildren(PlainLabel) if each.isVisible())


@pytest.fixture
def says(qtbot):
    """Wait until all of this stands on the screen: what was put there is seen a moment later."""

    def says(screen, *texts):
        qtbot.waitUntil(lambda: all(text in words(screen) for text in texts))

    return says


def test_before_a_wave_has_ended_it_says_so(opened, coordinator):
    assert opened(coordinator).pages.currentIndex() == NONE


def test_flags_stand_in_words_under_numbers_and_districts(says, opened, coordinator, wave):
    take(coordinator, wave, rows())

    screen = opened(coordinator)

    assert screen.pages.currentIndex() == WAVE
    assert 3 <= len(screen.cards) <= 8
    assert " · " in screen.cards[0].whose.text()
    says(screen, "never a proof", "People tire", "repeat those of another laptop")


def test_a_flag_opens_the_counts_that_it_is_made_of(qtbot, jobs, opened, coordinator, wave):
    take(coordinator, wave, rows())
    screen = opened(coordinator)
    reasons = [reason for card in screen.cards for reason in card.reasons]
    card = next(one for one in reasons if "Short interviews" in one.text.text())

    card.button.setFocus()
    press(Qt.Key.Key_Space)

    model = card.table.model()
    lines = [
        [model.index(row, column).data() for column in (NAME, OWN, REST)]
        for row in range(model.rowCount())
    ]
    assert lines[0][0] == "<5 minutes"
    assert sum(int(own) for _, own, _ in lines) >= 25
    assert int(lines[4][2]) > int(lines[4][1])
    assert card.button.text() == "Hide the counts"
    press(Qt.Key.Key_Space)
    assert card.table.isHidden()


def test_without_flags_it_says_that_nothing_was_found(says, opened, coordinator, wave):
    take(coordinator, wave, rows()[-EACH:])

    says(opened(coordinator), "Nothing to look at again was found.")


def test_the_words_change_with_the_language(qtbot, jobs, says, opened, coordinator, wave):
    take(coordinator, wave, rows())
    screen = opened(coordinator)

    use_language("kk")
    settle(qtbot, jobs)

    says(screen, "дәлел емес", "Адам шаршайды")


def test_without_a_line_it_says_why(qtbot, jobs, opened, coordinator, wave, said):
    screen = opened(coordinator)

    screen.ask_button.click()
    settle(qtbot, jobs)

    assert said
    assert screen.ask_button.isEnabled()


# a table from another program


@pytest.fixture
def checked(qtbot, jobs, opened, coordinator, tmp_path):
    screen = opened(coordinator)
    screen.pages.setCurrentIndex(TABLE)
    screen.table.open(table(tmp_path / "data.csv"))
    settle(qtbot, jobs)
    screen.table.check_button.click()
    settle(qtbot, jobs)
    return screen


def flag_cards(screen):
    return [
        widget
        for place in range(screen.table._flags.count())
        if hasattr(widget := screen.table._flags.itemAt(place).widget(), "reasons")
    ]


def test_columns_are_guessed_and_flags_show_their_rows(checked):
    assert checked.table.who.value() == "interviewer"
    assert checked.table.where.value() == "okrug"
    assert checked.table.minutes.value() == "minutes"
    card = flag_cards(checked)[0]
    assert card.whose.text() == "Сұхбат алушы 4"
    straight = next(one for one in card.reasons if "One mark" in one.text.text())

    straight.toggle()

    model = straight.table.model()
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Row"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "interviewer"
    assert model.rowCount() >= 10
    assert {model.index(row, 2).data() for row in range(model.rowCount())} == {"Сұхбат алушы 4"}
    assert {model.index(row, 9).data() for row in range(model.rowCount())} == {"4"}


def test_a_table_without_the_column_of_who_asked_is_asked_for_it(qtbot, jobs, checked, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    checked.table.open(path)
    settle(qtbot, jobs)

    checked.table.check()

    assert checked.table.who_row.problem.isVisible()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00bad", b"a,a\n1,2\n"])
def test_a_bad_table_is_told_in_words(qtbot, jobs, checked, tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    checked.table.open(path)
    settle(qtbot, jobs)
    checked.table.who.set_value("a")
    checked.table.check()
    settle(qtbot, jobs)

    assert checked.table.said.text()
    assert flag_cards(checked) == []


def test_back_leads_to_the_surveys(qtbot, jobs, checked):
    checked.table.back_button.click()
    settle(qtbot, jobs)

    assert checked.pages.currentIndex() != TABLE


# whose it is


def test_an_officer_types_number_and_reason_and_reads_whose_it_is(
    qtbot, jobs, opened, desk, wave, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        quality,
        "who_is",
        lambda _, wave, number, why: asked.append((wave, number, why)) or "aidana",
    )
    screen = opened(seen_by(desk, "officer"))

    screen.whose.number.setFocus()
    write("3F0A-91C4")
    screen.whose.reason.setFocus()
    write("Forty in one evening")
    press(ENTER)
    settle(qtbot, jobs)

    assert asked == [(wave, "3F0A-91C4", "Forty in one evening")]
    assert screen.whose.answer.text().endswith("aidana")


def test_why_a_card_is_not_opened_is_said_in_its_place(
    qtbot, jobs, opened, desk, wave, monkeypatch
):
    def refuse(*_):
        raise UserError("Not with this laptop.")

    monkeypatch.setattr(quality, "who_is", refuse)
    screen = opened(seen_by(desk, "officer"))

    screen.whose.button.click()
    settle(qtbot, jobs)

    assert screen.whose.answer.text() == "Not with this laptop."


def test_a_coordinator_has_no_card_and_an_officer_no_flags(opened, desk, coordinator, wave):
    assert not opened(coordinator).whose.isVisible()
    assert not opened(seen_by(desk, "officer")).ask_button.isVisible()


def test_it_is_given_to_who_checks_and_who_opens_alone():
    given = {
        role
        for role in ("activist", "leader", "coordinator", "analyst", "integrity_officer")
        if "quality" in {screen.key for screen in screens_for(role)}
    }

    assert given == {"coordinator", "integrity_officer"}


def test_tables_obey_qts_rules(qtmodeltester, coordinator, wave):
    take(coordinator, wave, rows())
    lines = quality.look(coordinator, wave).flags[0].made_of
    qtmodeltester.check(counts := CountTable(lines))
    qtmodeltester.check(SheetRows(["a", "b"], {2: ["1", "2"]}, [2]))

    assert counts.index(0, OWN_SHARE).data() != ""
