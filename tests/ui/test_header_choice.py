from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.ui.keys import show
from ui.widgets.header_choice import HeaderChoice


def test_a_box_with_nothing_to_choose_is_not_seen(qtbot):
    window = QWidget()
    header = HeaderChoice()
    QHBoxLayout(window).addWidget(header)
    show(qtbot, window)
    header.setVisible(True)  # its screen is in front
    assert not header.isVisible()

    header.set_choices([("one", "Сұрау")])
    assert header.isVisible()

    header.set_choices([])
    assert not header.isVisible()


def test_choices_that_come_to_another_screen_do_not_bring_it_to_the_front(qtbot):
    window = QWidget()
    header = HeaderChoice()
    QHBoxLayout(window).addWidget(header)
    show(qtbot, window)
    header.setVisible(False)

    header.set_choices([("one", "Сұрау")])

    assert not header.isVisible()
