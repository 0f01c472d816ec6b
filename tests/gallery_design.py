"""The visual language on one page: type, colours, icons, and what people press and fill in."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

import resources
from sync.language import tr
from ui import theme
from ui.icons import Picture
from ui.palette import RADIUS, SPACE, TARGET, TONES, TYPE, contrast
from ui.widgets.badges import REVIEW, ReviewBadge
from ui.widgets.cards import Card, Figure
from ui.widgets.date_inputs import DateInput
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.notices import SIGNS
from ui.widgets.rows import TaskRow

SAMPLE = "Ауыл тұрғыны су туралы айтты — ӘҒҚҢӨҰҮҺІ"
ROLES = ("title", "figure", "heading", "section", "lead", "strong", "", "muted", "hint", "error")
GROUNDS = ("ground", "side", "surface", "hover", "pressed", "selection")
WIDE = 1366  # px


def design(app) -> Iterator[tuple[str, object]]:
    """(name, picture) of the one page."""
    from tests.gallery import discard

    page = QWidget()
    columns = QGridLayout(page)
    columns.setContentsMargins(24, 24, 24, 24)
    columns.setSpacing(16)
    for at, card in enumerate((_type(), _colours(), _pressed(), _filled(), _told(), _icons())):
        card.body.addStretch(1)
        columns.addWidget(card, at // 2, at % 2)
    page.setFixedWidth(round(WIDE * max(1.0, theme.scale())))
    page.show()
    page.findChildren(QPushButton, "focused")[0].setFocus()
    app.processEvents()
    page.resize(page.sizeHint())
    app.processEvents()
    picture = page.grab()
    discard(page)
    yield "design", picture


def _type() -> Card:
    card = Card("Typography", "document")
    for role in ROLES:
        row = QHBoxLayout()
        row.addWidget(PlainLabel(role or "body", "hint"), 1)
        row.addWidget(PlainLabel("1 248" if role == "figure" else SAMPLE[:29], role), 4)
        card.add(row)
    sizes = ", ".join(f"{name} {pixels}" for name, pixels in TYPE.items())
    radii = ", ".join(str(pixels) for pixels in RADIUS.values())
    card.add(PlainLabel(f"{sizes} px · {SPACE} px · {TARGET} px · {radii} px", "hint", wrap=True))
    return card


def _colours() -> Card:
    card = Card("Colours", "sun")
    grid = QGridLayout()
    for at, ground in enumerate(GROUNDS):
        grid.addWidget(_Swatch(ground, ground, "text"), at // 3, at % 3)
    for at, tone in enumerate(TONES):
        grid.addWidget(_Swatch(tone, f"{tone}_soft", tone), 2 + at // 3, at % 3)
    for at, ground in enumerate(("accent", "accent_hover", "accent_pressed")):
        grid.addWidget(_Swatch(ground, ground, "on_accent"), 4, at)
    card.add(grid)
    return card


def _pressed() -> Card:
    card = Card("Buttons", "keyboard")
    for kind in ("primary", "", "quiet", "danger", "chip"):
        row = QHBoxLayout()
        for state in ("usual", "focused", "off", "checked"):
            button = QPushButton(tr("Save"))
            button.setProperty("kind", kind)
            if state == "focused" and not kind:
                button.setObjectName("focused")
            button.setDisabled(state == "off")
            button.setCheckable(state == "checked")
            button.setChecked(state == "checked")
            row.addWidget(button)
        card.add(row)
    card.add(TaskRow(Picture("issues"), SAMPLE, SAMPLE, ReviewBadge("returned")))
    bar = QProgressBar(textVisible=False)
    bar.setValue(40)
    card.add(bar)
    return card


def _filled() -> Card:
    card = Card("Fields", "edit")
    line, empty, off = QLineEdit(SAMPLE), QLineEdit(), QLineEdit(SAMPLE)
    empty.setPlaceholderText(tr("Search"))
    off.setDisabled(True)
    choice = QComboBox()
    choice.addItems([SAMPLE])
    for field in (line, empty, off, choice, DateInput()):
        card.add(field)
    row = QHBoxLayout()
    for box in (QCheckBox(tr("Yes")), QRadioButton(tr("No"))):
        box.setChecked(True)
        row.addWidget(box)
    card.add(row)
    card.add(PlainLabel(tr("This is missing."), "error"))
    return card


def _told() -> Card:
    card = Card("States", "info")
    row = QHBoxLayout()
    for state in list(REVIEW)[:4]:
        row.addWidget(ReviewBadge(state))
    row.addStretch(1)
    card.add(row)
    for tone in ("info", "success", "warning", "danger"):
        notice = QFrame()
        notice.setProperty("notice", tone)
        inside = QHBoxLayout(notice)
        inside.addWidget(Picture(SIGNS[tone], tone))
        inside.addWidget(PlainLabel(SAMPLE, wrap=True), 1)
        card.add(notice)
    below = QHBoxLayout()
    below.addWidget(Figure("47,5", "%"))
    below.addWidget(EmptyState("today", SAMPLE))
    card.add(below)
    return card


def _icons() -> Card:
    card = Card("Icons", "photo")
    grid = QGridLayout()
    names = sorted(Path(one.name).stem for one in resources.entry("icons").iterdir())
    for at, name in enumerate(names):
        cell = QVBoxLayout()
        cell.addWidget(Picture(name, "text"), 0, Qt.AlignmentFlag.AlignHCenter)
        grid.addLayout(cell, at // 12, at % 12)
    card.add(grid)
    return card


class _Swatch(QWidget):
    """A colour under words, and how clear they are on it."""

    def __init__(self, name: str, ground: str, ink: str) -> None:
        super().__init__()
        self._words = (name, f"{contrast(theme.colour(ink), theme.colour(ground)):.1f} : 1")
        self._ground, self._ink = theme.colour(ground), theme.colour(ink)
        self.setMinimumHeight(round(48 * theme.scale()))

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._ground))
        painter.setPen(QColor(self._ink))
        for part, words in enumerate(self._words):
            half = self.rect().adjusted(8, 4, -8, -self.height() // 2)
            painter.drawText(
                half.translated(0, part * self.height() // 2 - 2 * part),
                Qt.AlignmentFlag.AlignVCenter,
                words,
            )
        painter.end()
