"""Frames that ask what they hold for its size only when they are seen.

Asked for its size, a page has all below it dressed by the style sheet, and what has been dressed is dressed
again with each parent that its page is given: a form was dressed six times before anybody saw it, which took
two thirds of the making of a screen.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QVBoxLayout, QWidget


def scrolled(page: QWidget) -> QScrollArea:
    """An area around a page that is still empty, which scrolls down where it has no room.

    Fill the page afterwards: with what it holds by then, it is dressed.
    """
    area = _Area(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class _Area(QScrollArea):
    seen = False

    def event(self, event: QEvent) -> bool:
        """Another parent is another style to Qt, and then it asks for sizes."""
        if event.type() == QEvent.Type.StyleChange and not self.seen:
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.seen = True
        super().showEvent(event)


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

    seen = False

    def event(self, event: QEvent) -> bool:
        """As above."""
        if event.type() == QEvent.Type.StyleChange and not self.seen:
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.seen = True
        super().showEvent(event)


def bring_into_view(whole: QWidget) -> None:
    """Scroll to it while it has the cursor, and above all to that: Qt does so for Tab alone."""
    page, now = whole.parentWidget(), QApplication.focusWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if page is not None and now is not None and whole.isAncestorOf(now):
        page.ensureWidgetVisible(whole, 0, 12)
        page.ensureWidgetVisible(now, 0, 60)
