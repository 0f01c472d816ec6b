"""Cards made anew while they get their place: what goes meanwhile is asked for nothing any more."""

import pytest
import shiboken6
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.flow_layout import FlowLayout


class Making(QPushButton):
    """Does once, where its own place changes, what it was told."""

    act = staticmethod(lambda: None)

    def resizeEvent(self, event):
        super().resizeEvent(event)
        act, self.act = self.act, lambda: None
        act()


@pytest.fixture(name="card")
def given_card(qtbot):
    """A widget with a row of four, of which the first acts where it becomes wider."""
    card = QWidget()
    qtbot.addWidget(card)
    card.setLayout(FlowLayout(4))
    card.first, *card.rest = (
        Making("one"),
        *(QPushButton(word) for word in ("two", "three", "four")),
    )
    for button in (card.first, *card.rest):
        card.layout().addWidget(button)
    card.resize(600, 60)
    card.show()
    qtbot.waitExposed(card)
    return card


def widen(qtbot, card):
    before = card.first.width()
    card.first.setText("one, and many more words than before")
    qtbot.waitUntil(lambda: card.first.width() > before)


def test_one_that_goes_while_others_get_their_place_is_left_out(qtbot, card):
    gone, *others = card.rest
    card.first.act = lambda: shiboken6.delete(gone)

    widen(qtbot, card)

    assert card.layout().count() == 3
    qtbot.waitUntil(lambda: others[0].x() == card.first.geometry().right() + 1 + 4)


def test_a_row_may_be_made_anew_while_it_gets_its_place(qtbot, card):
    made = [QPushButton(word) for word in ("five", "six", "seven")]

    def make_anew():
        for button in card.rest:
            shiboken6.delete(button)
        for button in made:
            card.layout().addWidget(button)

    card.first.act = make_anew

    widen(qtbot, card)

    qtbot.waitUntil(lambda: made[0].x() == card.first.geometry().right() + 1 + 4)
    assert [card.layout().itemAt(at).widget() for at in range(4)] == [card.first, *made]
