"""What stands above and below a record's form: which it is, what was said, what can be done."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.actions.paper_kinds import has_paper
from desktop.actions.records import Row
from desktop.actions.titles import tag, title
from desktop.actions.whole import ON_THE_SERVER
from sync.language import tr
from sync.records import KINDS
from sync.records.base import Record, field_map
from sync.records.numbered import number_field
from ui.icons import icon
from ui.models.comments import Said
from ui.widgets.badges import ReviewBadge
from ui.widgets.field_marks import comment_mark
from ui.widgets.labels import PlainLabel
from ui.widgets.letter_bar import LetterBar
from ui.widgets.more_button import MoreButton
from ui.widgets.slip_button import SlipButton
from ui.widgets.tips import tip


class RecordHeader(QFrame):
    """The record's title, its number or tag, where it stands, and whether it is saved."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "top")
        self.title, self.below = CutLabel(role="heading"), CutLabel(role="hint")
        self.badge = ReviewBadge()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.below)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.addLayout(words, 1)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.print_button = QToolButton()
        self.print_button.setIcon(icon("print", "muted"))
        row.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.slip = SlipButton()
        row.addWidget(self.slip, 0, Qt.AlignmentFlag.AlignVCenter)
        self.more = MoreButton()
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_record(self, kind: str, row: Row | None, *, dirty: bool) -> None:
        """`row` is None for a record that is not saved yet."""
        self.print_button.setVisible(row is not None and has_paper(kind))
        self.print_button.setToolTip(tip(f"{tr('Print')} (Ctrl+P)"))
        self.print_button.setAccessibleName(tr("Print"))
        self.title.setText(title(row) if row else tr("New: {kind}", kind=tr(KINDS[kind].label)))
        self.badge.setVisible(row is not None)
        if row is not None:
            self.badge.show_state(row["review"])
        self.slip.show_for(row)
        self.below.setText(self._says(kind, row, dirty=dirty))

    def _says(self, kind: str, row: Row | None, *, dirty: bool) -> str:
        parts = [tag(row)] if row and number_field(KINDS[kind]) else []
        if row is not None and row["bare"]:
            parts.append(tr(ON_THE_SERVER))
        elif dirty or row is None:
            parts.append(tr("Not saved yet; what you type is kept"))
        elif row["unsent"]:
            parts.append(tr("Saved here. Waits to be sent."))
        else:
            parts.append(tr("Saved here and on the server."))
        return " · ".join(parts)


class CutLabel(PlainLabel):
    """One line that gives way: it ends in … where there is no room, and says all as a tip."""

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's own name
        """Show as much as fits."""
        self._whole = text
        self._cut()

    def sizeHint(self) -> QSize:
        """As long as all of it."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width()
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        super().setText(cut)
        self.setToolTip(tip(self._whole if cut != self._whole else ""))
        self.setAccessibleName(self._whole)


class ReturnedNote(QWidget):
    """On top of a returned record: all that was said. And what was typed before, given back."""

    chosen = Signal(str)  # the field of a comment
    thrown_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._returned = QFrame()
        self._returned.setProperty("notice", "warning")
        self._head = PlainLabel()
        self._head.setProperty("role", "strong")
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        box = QVBoxLayout(self._returned)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(self._head)
        box.addLayout(self._said)
        self._kept = QFrame()
        self._kept.setProperty("notice", "info")
        self._kept_words = PlainLabel()
        self._kept_words.setWordWrap(True)
        self.throw_button = QPushButton()
        self.throw_button.setProperty("kind", "quiet")
        self.throw_button.clicked.connect(self.thrown_away)
        line = QHBoxLayout(self._kept)
        line.addWidget(self._kept_words, 1)
        line.addWidget(self.throw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._returned)
        layout.addWidget(self._kept)
        self._comments: list[Said] = []
        self._record: type[Record] = Record
        self._questions: Mapping[str, str] = {}
        self.buttons: list[QPushButton] = []
        for part in (self._kept, self):  # shown before it has a window, it would be one
            part.hide()
        self.show_comments([], Record)
        self.show_kept(False)

    def show_comments(
        self,
        comments: Sequence[Said],
        record: type[Record],
        questions: Mapping[str, str] | None = None,
    ) -> None:
        """The comments of the last return; a button at each goes to its field, or to a question of
        a form: `questions` are their words by name."""
        self._comments, self._record = list(comments), record
        self._questions = questions or {}
        while (item := self._said.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for comment in self._comments:
            self._said.addWidget(self._line(comment))
        self._returned.setVisible(bool(self._comments))
        self._head.setText(tr("Returned to be put right"))
        self._show_self()

    def show_kept(self, kept: bool) -> None:
        """Whether what stands in the form is more than what was saved."""
        self._kept_words.setText(tr("What you typed last time and did not save is here again."))
        self.throw_button.setText(tr("Throw it away"))
        self._kept.setVisible(kept)
        self._show_self()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_comments(self._comments, self._record, self._questions)
            self.show_kept(not self._kept.isHidden())
        super().changeEvent(event)

    def _line(self, said: Said) -> QWidget:
        known = field_map(self._record)
        name = said.about
        mark = comment_mark(said, framed=False)
        words = known[name].words() if name in known else self._questions.get(name, "")
        if words:
            button = QPushButton(words)
            button.setProperty("kind", "quiet")
            button.setIcon(icon("edit"))
            button.clicked.connect(partial(self.chosen.emit, name))
            self.buttons.append(button)
            mark.row.addWidget(button)
        return mark

    def _show_self(self) -> None:
        self.setVisible(not self._returned.isHidden() or not self._kept.isHidden())


class ActionBar(QFrame):
    """Save, and send for review; or why neither is possible."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "bottom")
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "hint")
        self.save_button, self.send_button = QPushButton(), QPushButton()
        self.send_button.setProperty("kind", "primary")
        self.send_button.setIcon(icon("send", "on_accent"))
        self.letters = LetterBar()
        self._bare = False  # nothing can be typed
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        row.addWidget(self.letters)
        row.addWidget(self.words, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.send_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letters give way where there is no room for them beside the buttons."""
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Without the letters: the window must not grow for them."""
        hint = super().minimumSizeHint()
        if self.letters.isVisibleTo(self):
            hint.setWidth(hint.width() - self.letters.sizeHint().width())
        return hint

    def _make_room(self) -> None:
        buttons = self.save_button.sizeHint().width() + self.send_button.sizeHint().width()
        room = self.width() > self.letters.sizeHint().width() + buttons + 96
        self.letters.setVisible(room and not self._bare)

    def show_state(
        self, *, dirty: bool, sendable: bool, returned: bool, closed: bool, bare: bool = False
    ) -> None:
        """`closed`: the rules close the record, or parts of it, for this person. `bare`: its words are
        on the server, and until they are here nothing can be written over them."""
        self._bare = bare
        self.save_button.setEnabled(dirty)
        self.send_button.setVisible(sendable)
        self.save_button.setText(tr("Save"))
        again = tr("Correct and send again")
        self.send_button.setText(again if returned else tr("Send for review"))
        why = tr("Decided: only how it is handled may still change.") if closed else ""
        self.words.setText(tr("It can be changed when it is here whole.") if bare else why)
        self._make_room()
