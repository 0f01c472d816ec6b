"""Badges, cards, empty states, lists of rows, photos: what shows and takes nothing."""

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sync.language import mark
from sync.records.states import ReviewState
from sync.vocabulary import choices
from tests.ui.keys import press, show
from ui.dialogs.tall import button_row
from ui.icons import Picture
from ui.translation import use_language
from ui.widgets.badges import REVIEW, Badge, ReviewBadge
from ui.widgets.cards import Card, Figure
from ui.widgets.empty_state import WIDE, EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.thumbnails import ThumbnailStrip

ROWS = [ListRow(number, f"Ауыл {number}", "Созақ", "24 қар.", "Жіберілді") for number in range(9)]


@pytest.fixture
def pane(qtbot):
    pane = ListPane()
    show(qtbot, pane)
    pane.resize(300, 200)
    pane.show_rows(ROWS)
    return pane


def test_a_label_shows_markup_as_it_is(qtbot):
    label = PlainLabel("<b>Айгүл</b>")
    qtbot.addWidget(label)

    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_badge_tells_its_state_to_those_who_do_not_see_it(qtbot):
    badge = Badge("3 days left", "warning", "clock")
    qtbot.addWidget(badge)

    assert badge.accessibleName() == "3 days left"
    assert badge.sizeHint().width() > badge.fontMetrics().horizontalAdvance("3 days left")


def test_a_badge_follows_the_language(qtbot):
    badge = ReviewBadge("returned")
    qtbot.addWidget(badge)
    use_language("en")
    assert badge.words == "Returned"

    use_language("kk")

    assert badge.words == "Қайтарылды"
    assert badge.accessibleName() == "Қайтарылды"


def test_every_state_of_review_has_its_tone_and_icon():
    assert set(REVIEW) == {state.value for state in ReviewState}
    assert set(REVIEW) == {choice.key for choice in choices("review_state")}


def test_a_state_that_a_newer_program_knows_is_shown_as_it_is(qtbot):
    badge = ReviewBadge("archived")
    qtbot.addWidget(badge)

    assert badge.words == "archived"
    badge.grab()


def test_an_empty_place_says_what_to_do(qtbot):
    empty = EmptyState("issues", mark("No issues here."), mark("New issue"))
    show(qtbot, empty)

    with qtbot.waitSignal(empty.clicked):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)

    needed = empty.sentence.heightForWidth(empty.sentence.width())
    assert empty.sentence.height() >= needed


def test_without_words_there_is_no_button(qtbot):
    empty = EmptyState("issues", mark("No issues here."))
    show(qtbot, empty)

    assert not empty.button.isVisible()


def test_a_card_holds_what_it_is_given_under_its_title(qtbot):
    card = Card(mark("Ratings"), "ratings")
    card.add(Figure("4,2", "of 5"))
    show(qtbot, card)
    use_language("en")

    assert card.heading.text() == "Ratings"
    assert card.body.itemAt(0).widget().accessibleName() == "4,2 of 5"


def test_the_rows_are_walked_through_and_opened_by_keys(qtbot, pane):
    pane.setFocus()
    chosen, opened = [], []
    pane.chosen.connect(chosen.append)
    pane.opened.connect(opened.append)

    pane.choose(0)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    assert chosen == [0, 1]
    assert opened == [1]


def test_what_is_chosen_and_the_scroll_survive_new_rows(qtbot, pane):
    pane.choose(5)
    scrolled = pane.verticalScrollBar().value()
    chosen = []
    pane.chosen.connect(chosen.append)

    pane.show_rows([ListRow("new", "Жаңа"), *ROWS])

    assert pane.current_key() == 5
    assert pane.verticalScrollBar().value() == scrolled > 0
    assert chosen == []


def test_a_row_that_is_gone_is_no_longer_chosen(pane):
    pane.choose(5)

    pane.show_rows(ROWS[:5])

    assert pane.current_key() is None
    assert not pane.choose(5)


def test_steps_end_at_the_first_and_last_row(pane):
    pane.choose(1)
    pane.step(-5)
    assert pane.current_key() == 0

    pane.step(100)

    assert pane.current_key() == 8


def test_a_row_is_told_whole_to_those_who_do_not_see_it(pane):
    told = pane.rows.data(pane.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)

    assert told == "Ауыл 0, Созақ, 24 қар., Жіберілді"


def test_the_rows_are_a_model_that_qt_accepts(qtmodeltester, pane):
    qtmodeltester.check(pane.rows)


def test_fifty_thousand_rows_cost_what_is_seen_of_them(qtbot, pane):
    rows = [ListRow(number, f"Ауыл {number}") for number in range(50_000)]

    def drawn(count):
        begun = time.process_time()
        pane.show_rows(rows[:count])
        pane.grab()
        return time.process_time() - begun

    few, many = min(drawn(1000) for _ in range(3)), min(drawn(50_000) for _ in range(3))

    assert many < 20 * few + 2  # fifty times the rows; seconds of a busy machine to spare


def test_photos_are_shown_small_and_opened(qtbot):
    strip = ThumbnailStrip()
    strip.show_names([("a", "Көпір"), ("b", "Құбыр")])
    show(qtbot, strip)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#AA3311"))

    strip.show_image("a", image)
    strip.show_image("unknown", image)
    strip.buttons["a"].setFocus()
    with qtbot.waitSignal(strip.opened) as opened:
        press(Qt.Key.Key_Return)

    assert opened.args == ["a"]
    assert strip.buttons["a"].accessibleName() == "Көпір"
    assert strip.buttons["a"].icon().availableSizes()[0].width() == 128


def test_a_photo_that_is_gone_is_no_longer_shown(qtbot):
    strip = ThumbnailStrip()
    show(qtbot, strip)
    strip.show_names([("a", "Көпір"), ("b", "Құбыр")])
    kept = strip.buttons["b"]

    strip.show_names([("b", "Құбыр"), ("c", "Жол")])

    assert list(strip.buttons) == ["b", "c"]
    assert strip.buttons["b"] is kept
    places = [button.x() for button in strip.buttons.values()]
    assert all(left <= right for left, right in pairwise(places))


def test_no_word_of_an_empty_place_stands_alone_on_its_last_line(qtbot):
    use_language("en")
    empty = EmptyState("issues", mark("Choose a record on the left, or begin another one."))
    show(qtbot, empty)
    label = empty.sentence
    letters, wrap = QFontMetrics(label.font()), Qt.TextFlag.TextWordWrap

    def high(wide):
        return letters.boundingRect(0, 0, wide, 0, wrap, label.text()).height()

    assert high(label.width()) == high(WIDE) > letters.height()
    assert label.width() <= letters.horizontalAdvance(label.text()) * 0.7


def test_of_an_empty_place_without_words_nothing_is_seen(qtbot):
    empty = EmptyState("issues", mark("No issues here."))
    show(qtbot, empty)
    empty.say("")

    assert empty.sentence.text() == ""
    assert not any(part.isVisible() for part in empty.findChildren(Picture))


def test_buttons_that_have_no_room_in_one_row_stand_in_two_and_none_is_cut(qtbot):
    page, buttons = QWidget(), [QPushButton(words) for words in ("Save for the person", "Close")]
    row = button_row(*buttons)
    column = QVBoxLayout(page)
    column.addLayout(row)
    column.addStretch(1)
    wide = row.sizeHint().width()
    show(qtbot, page)
    for room, tops in ((wide, 1), (wide - 20, 2)):
        page.setFixedWidth(room + 2 * column.contentsMargins().left())
        column.activate()
        assert len({one.y() for one in buttons}) == tops
        assert all(one.width() >= one.sizeHint().width() for one in buttons)
        assert buttons[-1].geometry().right() == row.geometry().right()


def test_a_button_that_comes_later_stands_where_it_belongs(qtbot):
    page, first, last = QWidget(), QPushButton("Save"), QPushButton("Cancel")
    row = button_row(first, last)
    page.setLayout(row)
    row.insert(1, QPushButton("Preview"))
    show(qtbot, page)

    assert [row.itemAt(at).widget().text() for at in range(3)] == ["Save", "Preview", "Cancel"]
