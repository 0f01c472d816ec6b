from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from sync.language import speak
from ui.widgets.status_line import StatusLine, SyncState, sentences, sign

NOW = datetime(2026, 11, 24, 12, 0).astimezone()


@pytest.fixture(autouse=True)
def english():
    speak("en")
    yield
    speak("kk")


def said(**state):
    return " ".join(sentences(SyncState(**state), NOW))


def test_all_is_said_in_words():
    words = said(waiting=7, photos_waiting=2, last_exchange=NOW.replace(hour=9, minute=14))

    assert words == (
        "Everything is saved here. 7 edits wait to be sent. 2 photos wait. Last sync today 09:14."
    )


def test_nothing_is_said_of_what_does_not_wait():
    assert said(last_exchange=NOW) == "Everything is saved here. Last sync today 12:00."


def test_one_is_told_from_many():
    assert "1 edit waits to be sent. 1 photo waits." in said(waiting=1, photos_waiting=1)


def test_a_laptop_that_never_exchanged_says_so():
    assert said() == "Everything is saved here. No sync yet."


def test_an_exchange_of_another_day_is_told_with_its_day():
    assert said(last_exchange=NOW - timedelta(days=1)).endswith("Last sync yesterday 12:00.")


def test_no_network_is_told_calmly():
    assert said(offline=True).endswith("The server is out of reach; work goes on.")


def test_the_time_of_the_last_save_is_told():
    assert said(saved_at=NOW.replace(hour=9, minute=20)).startswith("Saved here today 09:20.")


@pytest.mark.parametrize(
    ("state", "icon"),
    [
        (SyncState(), "cloud_ok"),
        (SyncState(waiting=1), "cloud_wait"),
        (SyncState(photos_waiting=1), "cloud_wait"),
        (SyncState(busy=True, waiting=1), "sync"),
        (SyncState(offline=True, waiting=1), "offline"),
        (SyncState(attention=1, offline=True), "warning"),
    ],
)
def test_the_sign_goes_with_the_words(state, icon):
    assert sign(state)[0] == icon


def test_an_exchange_is_asked_for_once(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)

    with qtbot.waitSignal(line.exchange):
        qtbot.mouseClick(line.exchange_button, Qt.MouseButton.LeftButton)
    line.show_state(SyncState(busy=True))

    assert not line.exchange_button.isEnabled()
    assert "Syncing with the server…" in line.words.accessibleName()


def test_words_without_room_are_cut_visibly_and_stay_whole_in_the_tip(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(500, 40)
    line.show()

    line.show_state(SyncState(waiting=7, photos_waiting=2, last_exchange=NOW))

    assert line.words.text().endswith("…")
    assert line.words.toolTip() == line.words.accessibleName()
    assert line.words.toolTip().endswith("12:00.")


def test_moments_in_other_zones_are_told_in_ours():
    at = NOW.replace(hour=9, minute=14).astimezone(UTC)

    assert said(last_exchange=at).endswith("today 09:14.")


def test_a_long_exchange_says_how_far_it_is():
    assert "Syncing with the server: 45 %." in said(busy=True, share=0.447)
    assert "Syncing with the server…" in said(busy=True)
