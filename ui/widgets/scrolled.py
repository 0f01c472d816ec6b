"""Frames that ask what they hold for its size only when they are seen.

Asked for its size, a page has all below it dressed by the style sheet, and what has been dressed is dressed
again with each parent that its page is given: a form was dressed six times before anybody saw it, which took
two thirds of the making of a screen.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QVBoxLayout, QWidget


def scrolled(page: QWidget) -> QScrollArea:
    """An area around a page that is still empty, which scrolls down where it has no room.

    Fill the page afterwards: with what it holds by then, it is dressed.
    """
    area = QScrollArea(widgetResizable=True)
    _Undressed(area)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class Place(QWidget):
    """Where a page will stand: put it into a stack or a splitter while it is empty."""

    page: QWidget | None = None

    def hold(self, page: QWidget) -> QWidget:
        """From now on the page stands here; it is given back."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self.page = page
        return page


class LateSplitter(QSplitter):
    """As QSplitter. Add places that are still empty."""

    def __init__(self, *given: Any, **set_to: Any) -> None:
        super().__init__(*given, **set_to)
        _Undressed(self)


class _Undressed(QObject):
    """Until a frame is seen it hears of no other style: another parent is one to Qt, and then it asks for
    sizes. Afterwards nothing of what the frame hears comes by here."""

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        frame.installEventFilter(self)

    def eventFilter(self, frame: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            frame.removeEventFilter(self)
        return event.type() == QEvent.Type.StyleChange


def bring_into_view(whole: QWidget) -> None:
    """Scroll to it while it has the cursor, and above all to that: Qt does so for Tab alone."""
    page, now = whole.parentWidget(), QApplication.focusWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if page is not None and now is not None and whole.isAncestorOf(now):
        page.ensureWidgetVisible(whole, 0, 12)
        page.ensureWidgetVisible(now, 0, 60)
