"""Frames that ask what they hold for its size only when they are seen."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.scrolled import LateSplitter, scrolled


def restyle(frame):
    QApplication.sendEvent(frame, QEvent(QEvent.Type.StyleChange))


def test_an_area_asks_for_sizes_at_another_style_once_it_is_seen_and_not_before(qtbot):
    asked = []

    class Page(QWidget):
        def sizeHint(self):
            asked.append(self)
            return QSize(50, 50)

    area = scrolled(Page())
    qtbot.addWidget(area)
    asked.clear()

    restyle(area)
    assert asked == []

    area.show()
    qtbot.waitExposed(area)
    asked.clear()
    restyle(area)
    assert asked


def test_a_splitter_hears_of_another_style_once_it_is_seen_and_not_before(qtbot):
    heard = []

    class Hearing(LateSplitter):
        def changeEvent(self, event):
            heard.append(event.type())
            super().changeEvent(event)

    splitter = Hearing(Qt.Orientation.Horizontal, childrenCollapsible=False)
    qtbot.addWidget(splitter)
    heard.clear()

    restyle(splitter)
    assert QEvent.Type.StyleChange not in heard

    splitter.show()
    qtbot.waitExposed(splitter)
    heard.clear()
    restyle(splitter)
    assert heard == [QEvent.Type.StyleChange]
