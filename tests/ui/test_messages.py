import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QPushButton, QWidget

from ui import messages
from ui.messages import Action
from ui.widgets.notices import MOST, Notices


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(800, 500)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def notices(window):
    notices = Notices(window)
    messages.show_with(notices.post)
    return notices


def words(notices):
    return [notice.message.words for notice in notices.shown]


def test_what_was_said_before_there_was_a_window_waits_for_it(window):
    messages.warn("The disk is nearly full.")

    notices = Notices(window)
    messages.show_with(notices.post)

    assert words(notices) == ["The disk is nearly full."]


def test_what_is_said_between_two_windows_waits_for_the_second(notices, window):
    messages.stop_showing(notices.post)
    messages.tell("Locked.")
    second = Notices(window)

    messages.show_with(second.post)

    assert words(notices) == []
    assert words(second) == ["Locked."]


def test_a_message_lies_inside_the_window_and_takes_no_focus(window, notices):
    messages.say("Saved here.")

    assert window.rect().contains(notices.geometry())
    assert not notices.isWindow()
    assert notices.shown[0].isVisible()


def test_long_words_are_wrapped_and_not_cut(window, notices):
    messages.warn("Nothing is lost. " * 20)

    notice = notices.shown[0]
    assert notice.words.height() >= notice.words.heightForWidth(notice.words.width())
    assert window.rect().contains(notices.geometry())


def test_what_must_be_read_stays_and_the_rest_goes_by_itself(notices):
    messages.say("Saved here.")
    messages.warn("The server is away.")
    saved, away = notices.shown

    assert saved.timer.isActive()
    assert not away.timer.isActive()
    saved.timer.timeout.emit()

    assert words(notices) == ["The server is away."]


def test_a_message_is_closed_by_its_cross(qtbot, notices):
    messages.fail("The file is damaged.")

    qtbot.mouseClick(notices.shown[0].closed, Qt.MouseButton.LeftButton)

    assert words(notices) == []
    assert not notices.isVisible()


def test_a_button_does_what_it_says_and_closes_the_message(qtbot, notices):
    done = []
    messages.tell("Deleted.", Action("Undo", lambda: done.append("undone")))

    qtbot.mouseClick(notices.shown[0].button, Qt.MouseButton.LeftButton)

    assert done == ["undone"]
    assert words(notices) == []


def test_the_same_words_are_not_shown_twice(notices):
    messages.warn("The server is away.")
    messages.warn("The server is away.")

    assert words(notices) == ["The server is away."]


def test_passing_messages_give_way_and_warnings_never(notices):
    messages.warn("First warning.")
    for number in range(MOST + 1):
        messages.say(f"Saved {number}.")
    for number in range(MOST):
        messages.warn(f"Warning {number}.")

    assert words(notices) == ["First warning.", "Warning 0.", "Warning 1.", "Warning 2."]


def test_messages_stay_at_the_lower_edge_when_the_window_grows(qtbot, window, notices):
    messages.warn("The server is away.")

    window.resize(1000, 700)
    qtbot.waitUntil(lambda: notices.y() > 500)

    assert window.rect().contains(notices.geometry())


def test_markup_in_a_message_is_shown_as_it_is(notices):
    messages.warn("<b>Name</b>")

    assert notices.shown[0].words.textFormat() == Qt.TextFormat.PlainText


def test_two_messages_at_once_are_both_whole(window, notices):
    messages.warn("Nothing is lost. " * 12)
    messages.fail("The disk is full. " * 12, Action("Make room", bool))

    for notice in notices.shown:
        assert notice.words.height() >= notice.words.heightForWidth(notice.words.width())
        assert notices.rect().contains(notice.geometry())
    first, second = notices.shown
    assert first.geometry().bottom() < second.geometry().top()
    assert window.rect().contains(notices.geometry())


def test_what_is_said_about_the_same_takes_the_place_of_what_was_said(notices):
    messages.warn("The disk is full.", about=messages.SAVING)
    messages.warn("The server is away.")

    messages.say("Saved here.", about=messages.SAVING)

    assert words(notices) == ["The server is away.", "Saved here."]


def test_messages_lie_above_the_bar_with_the_buttons(qtbot, window, notices):
    bars = [QFrame(window), QFrame(window)]
    for bar, top in zip(bars, (440, 380), strict=True):
        bar.setProperty("bar", "bottom")
        bar.setGeometry(0, top, 800, 60)
    bars[0].show()
    messages.warn("The server is away.")
    assert 300 < notices.geometry().bottom() < 440

    bars[1].show()
    messages.warn("The disk is full.")

    assert notices.geometry().bottom() < 380


@pytest.fixture
def low(window):
    """A field, a list, and a button, where messages lie."""
    made = [QLineEdit(window), QListWidget(window), QPushButton("Save", window)]
    made[1].addItems(["Су", "Жол", "Газ"] * 6)
    for widget, place in zip(made, ((50, 430), (50, 100), (300, 430)), strict=True):
        widget.setGeometry(*place, 240, 40 if place[1] > 400 else 390)
        widget.show()
    window.activateWindow()
    return made


def nobody_is_anywhere(qtbot, window):
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    if (widget := QApplication.focusWidget()) is not None:
        widget.clearFocus()


def covers(notices, window, widget):
    place = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
    return notices.geometry().intersects(place)


def test_a_message_never_lies_over_the_field_in_which_one_types(qtbot, window, notices, low):
    field, _, button = low
    nobody_is_anywhere(qtbot, window)
    messages.warn("The server is away.")
    assert covers(notices, window, field)

    field.setFocus()
    assert not covers(notices, window, field)

    button.setFocus()
    assert not covers(notices, window, button)
    messages.say("Saved here.")
    assert not covers(notices, window, button)


def test_in_a_list_it_leaves_the_row_that_is_chosen(qtbot, window, notices, low):
    _, rows, _ = low
    qtbot.waitUntil(window.isActiveWindow)
    rows.setCurrentRow(1)
    rows.setFocus()
    messages.warn("The server is away.")
    assert notices.y() > 250  # at the lower edge, over other rows

    rows.setCurrentRow(17)
    rows.scrollToBottom()
    messages.warn("The disk is full.")
    assert notices.geometry().bottom() < 250


def test_the_main_button_of_a_page_is_not_covered(qtbot, window, notices, low):
    nobody_is_anywhere(qtbot, window)
    button = low[2]
    button.setProperty("kind", "primary")

    messages.say("Saved here.")
    assert not covers(notices, window, button)

    notices.clear()
    button.setEnabled(False)
    messages.say("Saved here.")
    assert notices.y() > 250
