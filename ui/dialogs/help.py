"""The help: a page for each screen, read offline in the language spoken. F1 opens that of the screen in front."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QTextBrowser, QWidget

import resources
from sync.language import spoken, tr
from ui import theme
from ui.dialogs.tall import fitting

GENERAL = ("first", "keys")  # pages about no screen, first in the list
SCHEME = "help"  # of a link that leads to another page
SIZE = (920, 640)  # px at 100 %
INDENT, LINE = 20, 110.0  # px of a list; per cent of a line


@cache
def page(topic: str, language: str) -> str:
    """The Markdown of a page: resources/help/<language>/<topic>.md. Raises FileNotFoundError."""
    return resources.text("help", language, f"{topic}.md")


def title(topic: str, language: str) -> str:
    """The page's heading."""
    return page(topic, language).splitlines()[0].removeprefix("# ")


def _space(document: QTextDocument) -> None:
    """Room between paragraphs: Markdown comes without any. The heading is that of a page."""
    document.setIndentWidth(theme.grown(INDENT))
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        shape.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(0)
        shape.setBottomMargin(theme.grown(6 if block.textList() else 12))
        cursor.setBlockFormat(shape)
        if shape.headingLevel():
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            large = QTextCharFormat()
            large.setFontWeight(QFont.Weight.DemiBold)
            large.setProperty(QTextFormat.Property.FontSizeAdjustment, 2)
            cursor.mergeCharFormat(large)
        block = block.next()


class HelpDialog(QDialog):
    """Beside the work, not before it: it stays open while one goes on. `screens`: keys, as in the sidebar."""

    def __init__(self, screens: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics = [*GENERAL, *screens]
        self.topics, self.text = QListWidget(), QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setProperty("role", "help")
        self.topics.setProperty("role", "topics")
        self.topics.setFrameShape(QFrame.Shape.NoFrame)
        self.topics.setFixedWidth(theme.grown(280))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self.topics)
        row.addWidget(self.text, 1)
        self.topics.currentRowChanged.connect(self._turn)
        self.topics.itemActivated.connect(lambda _: self.text.setFocus())
        self.text.anchorClicked.connect(self._follow)
        self.topic = GENERAL[0]
        self.resize(fitting(self, *SIZE))
        self.retranslate()

    def show_topic(self, topic: str) -> None:
        """Turn to a page; the first one for a screen without help."""
        self.topic = topic if topic in self._topics else GENERAL[0]
        self.text.setMarkdown(page(self.topic, spoken()))
        _space(self.text.document())
        self.topics.setCurrentRow(self._topics.index(self.topic))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.setWindowTitle(tr("Help"))
        self.topics.setAccessibleName(tr("Pages of the help"))
        self.text.setAccessibleName(tr("Help"))
        topic = self.topic
        self.topics.clear()
        self.topics.addItems([title(one, spoken()) for one in self._topics])
        self.show_topic(topic)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _turn(self, row: int) -> None:
        if row >= 0 and self._topics[row] != self.topic:
            self.show_topic(self._topics[row])

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == SCHEME:
            self.show_topic(link.path())
